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

// ---- The field over a cell

/// `text` is what was typed first; none: the value that stands there, to be changed.
void HexView::openCellEditor(const QString& text) {
    finishTyping();
    if (!typing_.mayEdit()) {
        return;
    }
    const Offset start = caret() - caret() % format_.cellBytes();
    cursor_.moveTo(start);
    showCaret();
    // Not the viewport's: for a screen reader it is a child of the grid, beside the cells.
    auto* const editor = new CellEditor(this);
    editor->installEventFilter(this);
    cellEditor_ = editor;
    cell_ = {start, text.isEmpty() ? shownValue(start) : QString(), text.isEmpty()};
    QFont font = font_;
    font.setPixelSize(QFontInfo(font_).pixelSize());
    editor->setFont(font);
    editor->setText(text.isEmpty() ? cell_.shown : text);
    if (text.isEmpty()) {
        editor->selectAll();
    }
    connect(editor, &CellEditor::committed, this, &HexView::commitCell);
    connect(editor, &CellEditor::cancelled, this, &HexView::closeCellEditor);
    placeCellEditor();
    if (cellEditor_ != nullptr) {
        editor->show();
        editor->setFocus();
    }
}

/// What a whole cell shows; nothing where it is not known.
QString HexView::shownValue(Offset start) const {
    const core::Extent cell{start, std::min<Offset>(format_.cellBytes(), cursor_.length() - start)};
    const std::optional<core::Bytes> bytes = knownBytes(cell);
    if (!bytes || cell.length < format_.cellBytes()) {
        return {};
    }
    const CellText value = cellText(format_.kind, format_.order, *bytes);
    return QString::fromLatin1(value.view().data(), qsizetype(value.view().size())).trimmed();
}

/// Over its cell, wherever that has gone; a cell that is out of sight takes the value.
void HexView::placeCellEditor() {
    if (cellEditor_ == nullptr) {
        return;
    }
    const QRect cell = visualRect(model_.indexOf(cell_.start)).intersected(viewport()->rect());
    if (cell.isEmpty()) {
        finishTyping();
    } else {
        cellEditor_->setGeometry(cell.adjusted(-2, -1, 2, 1).translated(viewport()->pos()));
    }
}

/// An edit of somebody else moves the cell, or makes another one of it.
void HexView::moveCellEditor(const core::DocumentEvent& event) {
    if (cellEditor_ == nullptr) {
        return;
    }
    const Offset by = event.newLength - event.replaced.length;
    if (event.replaced.end() <= cell_.start && by % format_.cellBytes() == 0) {
        cell_.start += by;
    } else if (event.replaced.offset < cell_.start + format_.cellBytes() && by != 0) {
        closeCellEditor();
    }
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

/// The value of the field, written to its cell. False where it is none.
bool HexView::writeCell(bool movesCaret) {
    const QString text = cellEditor_->text().trimmed();
    const CellInEditing cell = cell_;
    // What was not touched is no edit: a NaN has more bits than its name.
    if (cell.replaces && text == cell.shown) {
        closeCellEditor();
        if (movesCaret) {
            setCaret(cell.start +
                     std::min<Offset>(format_.cellBytes(), cursor_.length() - cell.start));
        }
        return true;
    }
    const std::optional<core::Bytes> bytes =
        parseCell(format_.kind, format_.order, text.toStdString());
    if (!bytes) {
        return false;
    }
    closeCellEditor();
    typing_.putCell(cell.start, *bytes, cell.replaces, movesCaret);
    return true;
}

void HexView::finishTyping() {
    if (cellEditor_ != nullptr && !writeCell(false)) {
        // Left for something else, what is no value is dropped.
        closeCellEditor();
    }
}

void HexView::commitCell(CellEditor::Leave leave) {
    if (leave == CellEditor::Leave::Stay) {
        return finishTyping();
    }
    const Offset start = cell_.start;
    if (!writeCell(leave == CellEditor::Leave::Next)) {
        cellEditor_->tellFault(rangeText(format_.kind, locale()));
        return;
    }
    const CaretSpace space{cursor_.length(), layout_.bytesPerRow(), fullRows(),
                           layout_.cellBytes(HexPane::Hex)};
    switch (leave) {
    case CellEditor::Leave::Next:
    case CellEditor::Leave::Stay:
        break;
    case CellEditor::Leave::Previous:
        setCaret(movedCaret(HexMove::Left, start, space, false));
        break;
    case CellEditor::Leave::Up:
        setCaret(movedCaret(HexMove::Up, start, space, false));
        break;
    case CellEditor::Leave::Down:
        setCaret(movedCaret(HexMove::Down, start, space, false));
        break;
    }
    showCaret();
}

}  // namespace octavo::ui
