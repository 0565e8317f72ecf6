#include "app/format_menus.h"

#include "ui/hex/text_codec.h"

#include <QAction>
#include <QCoreApplication>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>

#include <algorithm>
#include <iterator>
#include <optional>

namespace octavo::app {

using ui::CellKind;
using ui::HexFormat;

namespace {

struct KindEntry {
    CellKind kind;
    const char* text;
};

/// A line stands before each further number of bytes.
const KindEntry kKinds[] = {
    {CellKind::Hex8, QT_TRANSLATE_NOOP("FormatMenus", "&Hexadecimal bytes")},
    {CellKind::Unsigned8, QT_TRANSLATE_NOOP("FormatMenus", "&Decimal bytes")},
    {CellKind::Signed8, QT_TRANSLATE_NOOP("FormatMenus", "Signed bytes")},
    {CellKind::Octal8, QT_TRANSLATE_NOOP("FormatMenus", "&Octal bytes")},
    {CellKind::Binary8, QT_TRANSLATE_NOOP("FormatMenus", "&Binary bytes")},
    {CellKind::Hex16, QT_TRANSLATE_NOOP("FormatMenus", "16 bits, hexadecimal")},
    {CellKind::Unsigned16, QT_TRANSLATE_NOOP("FormatMenus", "16 bits, unsigned")},
    {CellKind::Signed16, QT_TRANSLATE_NOOP("FormatMenus", "16 bits, signed")},
    {CellKind::Hex32, QT_TRANSLATE_NOOP("FormatMenus", "32 bits, hexadecimal")},
    {CellKind::Unsigned32, QT_TRANSLATE_NOOP("FormatMenus", "32 bits, unsigned")},
    {CellKind::Signed32, QT_TRANSLATE_NOOP("FormatMenus", "32 bits, signed")},
    {CellKind::Float32, QT_TRANSLATE_NOOP("FormatMenus", "32 bits, floating point")},
    {CellKind::Hex64, QT_TRANSLATE_NOOP("FormatMenus", "64 bits, hexadecimal")},
    {CellKind::Unsigned64, QT_TRANSLATE_NOOP("FormatMenus", "64 bits, unsigned")},
    {CellKind::Signed64, QT_TRANSLATE_NOOP("FormatMenus", "64 bits, signed")},
    {CellKind::Float64, QT_TRANSLATE_NOOP("FormatMenus", "64 bits, floating point")},
};
static_assert(std::size(kKinds) == ui::kCellKinds);

constexpr int kRowLengths[] = {8, 16, 24, 32, 48, 64};

/// By their registered names.
constexpr const char* kEncodings[] = {
    "US-ASCII",   "ISO-8859-1", "windows-1252", "ISO-8859-15", "windows-1250", "ISO-8859-2",
    "ISO-8859-7", "KOI8-R",     "windows-1251", "IBM866",      "IBM437",       "IBM850",
    "IBM037",     "UTF-8",      "UTF-16LE",     "UTF-16BE",
};

}  // namespace

FormatMenus::FormatMenus(FormatChoice& choice, QWidget* window)
    : QObject(window)
    , choice_(choice)
    , window_(window)
    , cells_(new QMenu(tr("&Cells"), window))
    , rows_(new QMenu(tr("B&ytes in a row"), window))
    , encodings_(new QMenu(tr("T&ext"), window)) {
    fillCells();
    fillRows();
    fillEncodings();
}

void FormatMenus::add(QMenu& menu, const QString& text, const IsChosen& isChosen,
                      const Choose& choose) {
    QAction* const action = menu.addAction(text);
    action->setCheckable(true);
    const auto follow = [this, action, isChosen] {
        action->setChecked(isChosen(choice_.format()));
    };
    follow();
    connect(&choice_, &FormatChoice::changed, action, follow);
    connect(action, &QAction::triggered, this, [this, choose, follow] {
        choice_.change(choose);
        follow();  // what is chosen already stays so
    });
}

void FormatMenus::fillCells() {
    int bytes = 1;
    for (const KindEntry& entry : kKinds) {
        const CellKind kind = entry.kind;
        if (ui::factsOf(kind).bytes != bytes)
            cells_->addSeparator();
        bytes = ui::factsOf(kind).bytes;
        add(
            *cells_, QCoreApplication::translate("FormatMenus", entry.text),
            [kind](const HexFormat& format) { return format.kind == kind; },
            [kind](HexFormat& format) { format.kind = kind; });
    }
    cells_->addSeparator();
    add(
        *cells_, tr("Bi&g end first"),
        [](const HexFormat& format) { return format.order == core::ByteOrder::Big; },
        [](HexFormat& format) {
            format.order = format.order == core::ByteOrder::Big ? core::ByteOrder::Little
                                                                : core::ByteOrder::Big;
        });
}

void FormatMenus::fillRows() {
    add(
        *rows_, tr("As &many as fit"),
        [](const HexFormat& format) { return format.bytesPerRow == HexFormat::kFitWidth; },
        [](HexFormat& format) { format.bytesPerRow = HexFormat::kFitWidth; });
    rows_->addSeparator();
    for (const int length : kRowLengths)
        add(
            *rows_, window_->locale().toString(length),
            [length](const HexFormat& format) { return format.bytesPerRow == length; },
            [length](HexFormat& format) { format.bytesPerRow = length; });
    rows_->addSeparator();
    add(
        *rows_, tr("&Other…"),
        [](const HexFormat& format) {
            return format.bytesPerRow != HexFormat::kFitWidth &&
                   std::ranges::find(kRowLengths, format.bytesPerRow) == std::end(kRowLengths);
        },
        [this](HexFormat& format) { format.bytesPerRow = askedBytesPerRow(format.bytesPerRow); });
}

void FormatMenus::fillEncodings() {
    for (const char* const name : kEncodings) {
        const std::optional<ui::TextCodec> codec = ui::TextCodec::named(name);
        // A name that this ICU does not have is left to "Other".
        if (!codec)
            continue;
        if (codec->name() == "UTF-8")
            encodings_->addSeparator();
        add(
            *encodings_, codec->label(),
            [known = codec->name()](const HexFormat& format) { return format.encoding == known; },
            [known = codec->name()](HexFormat& format) { format.encoding = known; });
    }
    encodings_->addSeparator();
    const auto isListed = [](const std::string& encoding) {
        return std::ranges::any_of(kEncodings, [&](const char* name) { return encoding == name; });
    };
    add(
        *encodings_, tr("&Other…"),
        [isListed](const HexFormat& format) { return !isListed(format.encoding); },
        [this](HexFormat& format) { format.encoding = askedEncoding(format.encoding); });
}

int FormatMenus::askedBytesPerRow(int now) {
    bool given = false;
    const int bytes =
        QInputDialog::getInt(window_, tr("Bytes in a row"), tr("&Bytes in a row:"),
                             std::max(HexFormat::kFewestBytesPerRow, now),
                             HexFormat::kFewestBytesPerRow, HexFormat::kMostBytesPerRow, 1, &given);
    return given ? bytes : now;
}

std::string FormatMenus::askedEncoding(const std::string& now) {
    QStringList names;
    for (const std::string& name : ui::singleByteEncodings())
        names << QString::fromStdString(name);
    const int current = static_cast<int>(names.indexOf(QString::fromStdString(now)));
    bool given = false;
    const QString name =
        QInputDialog::getItem(window_, tr("Encoding of the text"), tr("&Encoding:"), names,
                              std::max(0, current), false, &given);
    return given ? name.toStdString() : now;
}

}  // namespace octavo::app
