#include "app/settings.h"

#include "ui/hex/text_codec.h"

#include <QSettings>

#include <algorithm>
#include <iterator>

namespace octavo::app {

namespace {

const QString kTheme = QStringLiteral("view/theme");
const QString kFontFamily = QStringLiteral("view/gridFontFamily");
const QString kFontPixels = QStringLiteral("view/gridFontPixels");
const QString kScrollTogether = QStringLiteral("view/scrollTogether");
const QString kToolBar = QStringLiteral("view/toolBar");
const QString kInspector = QStringLiteral("inspector/shown");
const QString kInspectorOrder = QStringLiteral("inspector/bigEndian");
const QString kInspectorWidth = QStringLiteral("inspector/width");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kGoToHistory = QStringLiteral("goTo/history");
const QString kRecent = QStringLiteral("files/recent");

// Of a format, below the group of its grid.
const QString kGroup = QStringLiteral("group");
const QString kBytesPerRow = QStringLiteral("bytesPerRow");
const QString kCells = QStringLiteral("cells");
const QString kBigEndian = QStringLiteral("bigEndian");
const QString kEncoding = QStringLiteral("encoding");
const QString kRelativeOffsets = QStringLiteral("relativeOffsets");
const QString kDecimalOffsets = QStringLiteral("decimalOffsets");

QString formatKey(Grid grid, const QString& key) {
    return (grid == Grid::First ? QStringLiteral("view/") : QStringLiteral("secondView/")) + key;
}

constexpr int kSmallestFont = 6;
constexpr int kLargestFont = 72;
constexpr int kWidestInspector = 4096;

QString nameOf(ThemeChoice theme) {
    switch (theme) {
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::HighContrast:
        return QStringLiteral("contrast");
    case ThemeChoice::Auto:
        break;
    }
    return QStringLiteral("auto");
}

ThemeChoice themeNamed(const QString& name) {
    for (const ThemeChoice theme :
         {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast})
        if (name == nameOf(theme))
            return theme;
    return ThemeChoice::Auto;
}

}  // namespace

Settings::Settings(std::unique_ptr<QSettings> store, QObject* parent)
    : QObject(parent), store_(std::move(store)) {
    if (store_)
        load();
}

Settings::~Settings() = default;

void Settings::load() {
    theme_ = themeNamed(store_->value(kTheme).toString());
    toolBarShown_ = store_->value(kToolBar, true).toBool();
    inspectorShown_ = store_->value(kInspector).toBool();
    if (store_->value(kInspectorOrder).toBool())
        inspectorOrder_ = core::ByteOrder::Big;
    inspectorWidth_ = std::clamp(store_->value(kInspectorWidth).toInt(), 0, kWidestInspector);
    geometry_ = store_->value(kGeometry).toByteArray();
    const QString family = store_->value(kFontFamily).toString();
    const int pixels = store_->value(kFontPixels).toInt();
    if (!family.isEmpty() && pixels >= kSmallestFont && pixels <= kLargestFont) {
        QFont font(family);
        font.setPixelSize(pixels);
        gridFont_ = font;
    }
    loadGridFormat(Grid::First);
    loadGridFormat(Grid::Second);
    scrollTogether_ = store_->value(kScrollTogether, true).toBool();
    goToHistory_ = store_->value(kGoToHistory).toStringList();
    // Percent-encoded, as a name may be any bytes.
    for (const QString& entry : store_->value(kRecent).toStringList()) {
        const std::string path = QByteArray::fromPercentEncoding(entry.toLatin1()).toStdString();
        if (!path.empty() && recent_.size() < kMostRecentFiles)
            recent_.push_back(path);
    }
}

void Settings::loadGridFormat(Grid grid) {
    ui::HexFormat& format = formats_[static_cast<std::size_t>(grid)];
    const auto value = [&](const QString& key, const QVariant& usual = {}) {
        return store_->value(formatKey(grid, key), usual);
    };
    const int group = value(kGroup, format.group).toInt();
    if (std::ranges::find(ui::HexFormat::kGroups, group) != std::end(ui::HexFormat::kGroups))
        format.group = group;
    const int bytes = value(kBytesPerRow, format.bytesPerRow).toInt();
    if (bytes >= 0 && bytes <= ui::HexFormat::kMostBytesPerRow)
        format.bytesPerRow = bytes;
    const std::string kind = value(kCells).toString().toStdString();
    format.kind = ui::cellKindNamed(kind).value_or(format.kind);
    if (value(kBigEndian).toBool())
        format.order = core::ByteOrder::Big;
    const std::string encoding = value(kEncoding).toString().toStdString();
    if (const std::optional<ui::TextCodec> codec = ui::TextCodec::named(encoding))
        format.encoding = codec->name();
    if (value(kDecimalOffsets).toBool())
        format.offsets = ui::OffsetBase::Decimal;
    format.relativeOffsets = value(kRelativeOffsets).toBool();
}

void Settings::store(const QString& key, const QVariant& value) {
    if (store_)
        store_->setValue(key, value);
}

void Settings::setTheme(ThemeChoice theme) {
    theme_ = theme;
    store(kTheme, nameOf(theme));
    emit themeChanged();
}

void Settings::setGridFont(const std::optional<QFont>& font) {
    gridFont_ = font;
    if (gridFont_)
        gridFont_->setPixelSize(std::clamp(gridFont_->pixelSize(), kSmallestFont, kLargestFont));
    store(kFontFamily, gridFont_ ? gridFont_->family() : QString());
    store(kFontPixels, gridFont_ ? gridFont_->pixelSize() : 0);
    emit gridFontChanged();
}

void Settings::setGridFormat(const ui::HexFormat& format, Grid grid) {
    formats_[static_cast<std::size_t>(grid)] = format;
    const auto keep = [&](const QString& key, const QVariant& value) {
        store(formatKey(grid, key), value);
    };
    keep(kGroup, format.group);
    keep(kBytesPerRow, format.bytesPerRow);
    keep(kCells, QString::fromLatin1(ui::factsOf(format.kind).name));
    keep(kBigEndian, format.order == core::ByteOrder::Big);
    keep(kEncoding, QString::fromStdString(format.encoding));
    keep(kRelativeOffsets, format.relativeOffsets);
    keep(kDecimalOffsets, format.offsets == ui::OffsetBase::Decimal);
    emit gridFormatChanged();
}

void Settings::setScrollTogether(bool together) {
    if (together == scrollTogether_)
        return;
    scrollTogether_ = together;
    store(kScrollTogether, together);
    emit scrollTogetherChanged();
}

void Settings::setToolBarShown(bool shown) {
    if (shown == toolBarShown_)
        return;
    toolBarShown_ = shown;
    store(kToolBar, shown);
    emit toolBarShownChanged();
}

void Settings::setInspectorShown(bool shown) {
    if (shown == inspectorShown_)
        return;
    inspectorShown_ = shown;
    store(kInspector, shown);
    emit inspectorChanged();
}

void Settings::setInspectorOrder(core::ByteOrder order) {
    if (order == inspectorOrder_)
        return;
    inspectorOrder_ = order;
    store(kInspectorOrder, order == core::ByteOrder::Big);
    emit inspectorChanged();
}

void Settings::setInspectorWidth(int width) {
    inspectorWidth_ = width;
    store(kInspectorWidth, width);
}

void Settings::setGeometry(const QByteArray& geometry) {
    geometry_ = geometry;
    store(kGeometry, geometry);
}

void Settings::addRecentFile(const std::string& path) {
    std::erase(recent_, path);
    recent_.insert(recent_.begin(), path);
    if (recent_.size() > kMostRecentFiles)
        recent_.resize(kMostRecentFiles);
    storeRecentFiles();
}

void Settings::clearRecentFiles() {
    recent_.clear();
    storeRecentFiles();
}

void Settings::storeRecentFiles() {
    QStringList entries;
    for (const std::string& path : recent_)
        entries << QString::fromLatin1(
            QByteArray::fromStdString(path).toPercentEncoding(QByteArrayLiteral("/ ")));
    store(kRecent, entries);
    emit recentFilesChanged();
}

void Settings::setGoToHistory(const QStringList& expressions) {
    goToHistory_ = expressions;
    store(kGoToHistory, expressions);
}

void Settings::save() {
    if (store_)
        store_->sync();
}

}  // namespace octavo::app
