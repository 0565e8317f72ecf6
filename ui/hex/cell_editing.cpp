#include "ui/hex/cell_editing.h"

#include "ui/hex/hex_keys.h"
#include "ui/hex/hex_view.h"

#include <QLocale>

#include <algorithm>

namespace octavo::ui {

using core::Offset;

namespace {

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

CellEditing::CellEditing(HexView& view, HexCursor& cursor, HexTyping& typing)
    : view_(view), cursor_(cursor), typing_(typing) {}

bool CellEditing::isWanted() const {
    return cursor_.pane() == HexPane::Hex && factsOf(view_.format().kind).bitsPerDigit == 0;
}

bool CellEditing::isBegunBy(const QString& text) {
    return !text.isEmpty() &&
           (text.front().isDigit() || QStringLiteral("+-.iInN").contains(text.front()));
}

void CellEditing::open(const QString& text) {
    finish();
    if (!typing_.mayEdit()) {
        return;
    }
    const Offset start = cursor_.caret() - cursor_.caret() % view_.format().cellBytes();
    view_.setCaret(start);
    // Not the viewport's: for a screen reader it is a child of the grid, beside the cells.
    auto* const field = new CellEditor(&view_);
    field->installEventFilter(&view_);
    field_ = field;
    start_ = start;
    replaces_ = text.isEmpty();
    shown_ = replaces_ ? shownValue(start) : QString();
    QFont font = view_.gridFont();
    font.setPixelSize(QFontInfo(font).pixelSize());
    field->setFont(font);
    field->setText(replaces_ ? shown_ : text);
    if (replaces_) {
        field->selectAll();
    }
    connect(field, &CellEditor::committed, this, &CellEditing::leave);
    connect(field, &CellEditor::cancelled, this, &CellEditing::close);
    place();
    if (field_ != nullptr) {
        field->show();
        field->setFocus();
    }
}

/// What a whole cell shows; nothing where it is not known.
QString CellEditing::shownValue(Offset start) const {
    const HexFormat& format = view_.format();
    const core::Extent cell{start, std::min<Offset>(format.cellBytes(), cursor_.length() - start)};
    const std::optional<core::Bytes> bytes = view_.knownBytes(cell);
    if (!bytes || cell.length < format.cellBytes()) {
        return {};
    }
    const CellText value = cellText(format.kind, format.order, *bytes);
    return QString::fromLatin1(value.view().data(), qsizetype(value.view().size())).trimmed();
}

void CellEditing::place() {
    if (field_ == nullptr) {
        return;
    }
    const QRect cell = view_.placeOf(start_).intersected(view_.viewport()->rect());
    if (cell.isEmpty()) {
        finish();
    } else {
        field_->setGeometry(cell.adjusted(-2, -1, 2, 1).translated(view_.viewport()->pos()));
    }
}

void CellEditing::follow(const core::DocumentEvent& event) {
    if (field_ == nullptr) {
        return;
    }
    const int cellBytes = view_.format().cellBytes();
    const Offset by = event.newLength - event.replaced.length;
    if (event.replaced.end() <= start_ && by % cellBytes == 0) {
        start_ += by;
    } else if (event.replaced.offset < start_ + cellBytes && by != 0) {
        close();
    }
}

void CellEditing::noteCaretMoved() {
    const Offset caret = cursor_.caret();
    if (field_ != nullptr && caret - caret % view_.format().cellBytes() != start_) {
        finish();
    }
}

void CellEditing::close() {
    CellEditor* const field = field_;
    if (field == nullptr) {
        return;
    }
    // It may be within an event of its own, and losing the focus must not commit.
    field_ = nullptr;
    field->disconnect(this);
    // Hidden with the focus it would pass that on by Tab, which the grid takes for its own.
    if (field->hasFocus()) {
        view_.setFocus();
    }
    field->hide();
    field->deleteLater();
}

/// The value of the field, written to its cell. False where it is none.
bool CellEditing::write(bool movesCaret) {
    const HexFormat& format = view_.format();
    const QString text = field_->text().trimmed();
    // What was not touched is no edit: a NaN has more bits than its name.
    if (replaces_ && text == shown_) {
        close();
        if (movesCaret) {
            view_.setCaret(start_ +
                           std::min<Offset>(format.cellBytes(), cursor_.length() - start_));
        }
        return true;
    }
    const std::optional<core::Bytes> bytes =
        parseCell(format.kind, format.order, text.toStdString());
    if (!bytes) {
        return false;
    }
    close();
    typing_.putCell(start_, *bytes, replaces_, movesCaret);
    return true;
}

void CellEditing::finish() {
    if (field_ != nullptr && !write(false)) {
        // Left for something else, what is no value is dropped.
        close();
    }
}

void CellEditing::leave(CellEditor::Leave leave) {
    if (leave == CellEditor::Leave::Stay) {
        return finish();
    }
    const Offset start = start_;
    if (!write(leave == CellEditor::Leave::Next)) {
        field_->tellFault(rangeText(view_.format().kind, view_.locale()));
        return;
    }
    const CaretSpace space{cursor_.length(), view_.bytesPerRow(), view_.fullRows(),
                           view_.format().cellBytes()};
    switch (leave) {
    case CellEditor::Leave::Next:
    case CellEditor::Leave::Stay:
        view_.showCaret();
        break;
    case CellEditor::Leave::Previous:
        view_.setCaret(movedCaret(HexMove::Left, start, space, false));
        break;
    case CellEditor::Leave::Up:
        view_.setCaret(movedCaret(HexMove::Up, start, space, false));
        break;
    case CellEditor::Leave::Down:
        view_.setCaret(movedCaret(HexMove::Down, start, space, false));
        break;
    }
}

}  // namespace octavo::ui
