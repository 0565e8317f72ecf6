#include "app/settings.h"

#include "ui/hex/text_codec.h"

#include <QSettings>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace octavo::app {

namespace {

const QString kTheme = QStringLiteral("view/theme");
const QString kFontFamily = QStringLiteral("view/gridFontFamily");
const QString kFontPixels = QStringLiteral("view/gridFontPixels");
const QString kGroup = QStringLiteral("view/group");
const QString kBytesPerRow = QStringLiteral("view/bytesPerRow");
const QString kCells = QStringLiteral("view/cells");
const QString kBigEndian = QStringLiteral("view/bigEndian");
const QString kEncoding = QStringLiteral("view/encoding");
const QString kRelativeOffsets = QStringLiteral("view/relativeOffsets");
const QString kDecimalOffsets = QStringLiteral("view/decimalOffsets");
const QString kToolBar = QStringLiteral("view/toolBar");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kRecent = QStringLiteral("files/recent");

constexpr int kSmallestFont = 6;
constexpr int kLargestFont = 72;

QString nameOf(ThemeChoice theme) {
    switch (theme) {
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::Auto:
        break;
    }
    return QStringLiteral("auto");
}

ThemeChoice themeNamed(const QString& name) {
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark})
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
    geometry_ = store_->value(kGeometry).toByteArray();
    const QString family = store_->value(kFontFamily).toString();
    const int pixels = store_->value(kFontPixels).toInt();
    if (!family.isEmpty() && pixels >= kSmallestFont && pixels <= kLargestFont) {
        QFont font(family);
        font.setPixelSize(pixels);
        gridFont_ = font;
    }
    loadGridFormat();
    // Percent-encoded, as a name may be any bytes.
    for (const QString& entry : store_->value(kRecent).toStringList()) {
        const std::string path = QByteArray::fromPercentEncoding(entry.toLatin1()).toStdString();
        if (!path.empty() && recent_.size() < kMostRecentFiles)
            recent_.push_back(path);
    }
}

void Settings::loadGridFormat() {
    const int group = store_->value(kGroup, gridFormat_.group).toInt();
    if (std::ranges::find(ui::HexFormat::kGroups, group) != std::end(ui::HexFormat::kGroups))
        gridFormat_.group = group;
    const int bytes = store_->value(kBytesPerRow, gridFormat_.bytesPerRow).toInt();
    if (bytes >= 0 && bytes <= ui::HexFormat::kMostBytesPerRow)
        gridFormat_.bytesPerRow = bytes;
    const std::string kind = store_->value(kCells).toString().toStdString();
    gridFormat_.kind = ui::cellKindNamed(kind).value_or(gridFormat_.kind);
    if (store_->value(kBigEndian).toBool())
        gridFormat_.order = core::ByteOrder::Big;
    const std::string encoding = store_->value(kEncoding).toString().toStdString();
    if (const std::optional<ui::TextCodec> codec = ui::TextCodec::named(encoding))
        gridFormat_.encoding = codec->name();
    if (store_->value(kDecimalOffsets).toBool())
        gridFormat_.offsets = ui::OffsetBase::Decimal;
    gridFormat_.relativeOffsets = store_->value(kRelativeOffsets).toBool();
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

void Settings::setGridFormat(const ui::HexFormat& format) {
    gridFormat_ = format;
    store(kGroup, format.group);
    store(kBytesPerRow, format.bytesPerRow);
    store(kCells, QString::fromLatin1(ui::factsOf(format.kind).name));
    store(kBigEndian, format.order == core::ByteOrder::Big);
    store(kEncoding, QString::fromStdString(format.encoding));
    store(kRelativeOffsets, format.relativeOffsets);
    store(kDecimalOffsets, format.offsets == ui::OffsetBase::Decimal);
    emit gridFormatChanged();
}

void Settings::setToolBarShown(bool shown) {
    if (shown == toolBarShown_)
        return;
    toolBarShown_ = shown;
    store(kToolBar, shown);
    emit toolBarShownChanged();
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

void Settings::save() {
    if (store_)
        store_->sync();
}

}  // namespace octavo::app
