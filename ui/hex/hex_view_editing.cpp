// The side of HexView that types: digits and characters at once, other values in a field over
// their cell.
#include "ui/hex/hex_view.h"

#include <QLocale>

#include <algorithm>

namespace octavo::ui {

using core::Offset;

namespace {

/// What a value can begin with.
bool beginsValue(QChar character) {
    return character.isDigit() || QStringLiteral("+-.iInN").contains(character);
}

/// Which values a cell can have.
QString rangeText(CellKind kind, const QLocale& locale) {
    const CellKindFacts& facts = factsOf(kind);
    const auto most = ~quint64{0} >> (64 - 8 * facts.bytes);
    switch (kind) {
    case CellKind::Float32:
    case CellKind::Float64:
        return HexView::tr("A floating-point number, inf or nan is wanted.");
    case CellKind::Signed8:
    case CellKind::Signed16:
    case CellKind::Signed32:
    case CellKind::Signed64:
        return HexView::tr("A number from %1 to %2 is wanted.")
            .arg(locale.toString(-static_cast<qint64>(most / 2) - 1), locale.toString(most / 2));
    default:
        return HexView::tr("A number from %1 to %2 is wanted.")
            .arg(locale.toString(0), locale.toString(most));
    }
}

}  // namespace

bool HexView::type(const QString& text) {
    if (activePane() == HexPane::Text) {
        typing_.typeText(text);
        showCaret();
        return true;
    }
    if (isTypedAsValue()) {
        const bool begins = !text.isEmpty() && beginsValue(text.front());
        if (begins) {
            openCellEditor(text);
        }
        return begins;
    }
    const int base = 1 << factsOf(format_.kind).bitsPerDigit;
    bool taken = false;
    for (const QChar character : text) {
        const int digit = hexDigitValue(character.unicode());
        if (digit >= 0 && digit < base) {
            typing_.typeDigit(digit);
            taken = true;
        }
    }
    if (taken) {
        showCaret();
    }
    return taken;
}

bool HexView::isTypedAsValue() const {
    return activePane() == HexPane::Hex && factsOf(format_.kind).bitsPerDigit == 0;
}

/// `text` is what was typed first; none: the value that stands there, to be changed.
void HexView::openCellEditor(const QString& text) {
    closeCellEditor();
    if (!typing_.mayEdit()) {
        return;
    }
    const Offset start = caret() - caret() % format_.cellBytes();
    cursor_.moveTo(start);
    showCaret();
    const std::optional<core::Bytes> bytes =
        knownBytes({start, std::min<Offset>(format_.cellBytes(), cursor_.length() - start)});
    auto* const editor = new CellEditor(viewport());
    cellEditor_ = editor;
    QFont font = font_;
    font.setPixelSize(QFontInfo(font_).pixelSize());
    editor->setFont(font);
    // Over the whole cell; what is typed may be longer than what fits.
    const QRect cell = caretRect().adjusted(-2, -1, 2, 1);
    editor->setGeometry(cell);
    if (!text.isEmpty()) {
        editor->setText(text);
    } else if (bytes && Offset(bytes->size()) == format_.cellBytes()) {
        const CellText value = cellText(format_.kind, format_.order, *bytes);
        editor->setText(
            QString::fromLatin1(value.view().data(), qsizetype(value.view().size())).trimmed());
        editor->selectAll();
    }
    connect(editor, &CellEditor::committed, this, &HexView::commitCell);
    connect(editor, &CellEditor::cancelled, this, &HexView::closeCellEditor);
    editor->show();
    editor->setFocus();
}

void HexView::closeCellEditor() {
    CellEditor* const editor = cellEditor_;
    if (editor == nullptr) {
        return;
    }
    // It may be within an event of its own, and losing the focus must not commit.
    cellEditor_ = nullptr;
    editor->disconnect(this);
    // Hidden with the focus it would pass that on by Tab, which the grid takes for its own.
    if (editor->hasFocus()) {
        setFocus();
    }
    editor->hide();
    editor->deleteLater();
}

void HexView::commitCell(CellEditor::Leave leave) {
    const QString text = cellEditor_->text().trimmed();
    const std::optional<core::Bytes> bytes =
        parseCell(format_.kind, format_.order, text.toStdString());
    if (!bytes) {
        // Left for something else, what is no value is dropped.
        if (leave == CellEditor::Leave::Stay) {
            closeCellEditor();
        } else {
            cellEditor_->tellFault(rangeText(format_.kind, locale()));
        }
        return;
    }
    closeCellEditor();
    const Offset before = caret();
    typing_.putCell(*bytes);
    const CaretSpace space{cursor_.length(), layout_.bytesPerRow(), fullRows(),
                           layout_.cellBytes(HexPane::Hex)};
    switch (leave) {
    case CellEditor::Leave::Next:
        break;  // where typing has put it
    case CellEditor::Leave::Stay:
        setCaret(before);
        break;
    case CellEditor::Leave::Previous:
        setCaret(movedCaret(HexMove::Left, before, space, false));
        break;
    case CellEditor::Leave::Up:
        setCaret(movedCaret(HexMove::Up, before, space, false));
        break;
    case CellEditor::Leave::Down:
        setCaret(movedCaret(HexMove::Down, before, space, false));
        break;
    }
    showCaret();
}

}  // namespace octavo::ui
