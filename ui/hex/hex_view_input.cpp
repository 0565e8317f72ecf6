// The side of HexView that keys, mouse, wheel and input methods talk to.
#include "ui/hex/hex_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QTimerEvent>
#include <QToolTip>

#include <algorithm>

namespace octavo::ui {

using core::Offset;

namespace {

constexpr int kAutoScrollMs = 40;

/// True for keys that type: the characters of AltGr too, but no shortcuts.
bool isTyping(const QKeyEvent& event) {
    const bool shortcut = event.modifiers().testFlag(Qt::ControlModifier) ||
                          event.modifiers().testFlag(Qt::AltModifier) ||
                          event.modifiers().testFlag(Qt::MetaModifier);
    return !shortcut && !event.text().isEmpty() && event.text().front().isPrint();
}

}  // namespace

bool HexView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // Our keys come to us, whatever single-key shortcuts the window has.
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (takenKey(key) || isTyping(key)) {
            event->accept();
            return true;
        }
    }
    return QAbstractItemView::event(event);
}

bool HexView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == verticalScrollBar() && event->type() == QEvent::Wheel) {
        // A step of the bar is many rows in a large document; the wheel counts rows everywhere.
        scrollByWheel(static_cast<const QWheelEvent&>(*event));
        event->accept();
        return true;
    }
    if (watched == cellEditing_.field() && event->type() == QEvent::Wheel) {
        // The view itself would leave it to its viewport, which the field does not lie in.
        wheelEvent(static_cast<QWheelEvent*>(event));
        return true;
    }
    return QAbstractItemView::eventFilter(watched, event);
}

// ---- Keys

/// What the key means here; nothing where it is left to the window.
std::optional<HexKey> HexView::takenKey(const QKeyEvent& event) const {
    const std::optional<HexKey> key = hexKeyFor(event.key(), event.modifiers());
    // With nothing to clear, Escape may close a bar of the window.
    const bool idle =
        key && ((key->kind == HexKey::Kind::ClearSelection && selection().isEmpty()) ||
                (key->kind == HexKey::Kind::EditValue && !cellEditing_.isWanted()));
    return idle ? std::nullopt : key;
}

void HexView::keyPressEvent(QKeyEvent* event) {
    if (const std::optional<HexKey> key = takenKey(*event)) {
        handleKey(*key);
        event->accept();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        event->accept();
    } else {
        event->setAccepted(isTyping(*event) && type(event->text()));
    }
}

void HexView::handleKey(const HexKey& key) {
    switch (key.kind) {
    case HexKey::Kind::Move:
        handleMove(key);
        return;
    case HexKey::Kind::SwitchPane:
        setActivePane(activePane() == HexPane::Hex ? HexPane::Text : HexPane::Hex);
        break;
    case HexKey::Kind::ToggleInsert:
        setInsertMode(!insertMode());
        break;
    case HexKey::Kind::Backspace:
        typing_.backspace();
        break;
    case HexKey::Kind::BackDigit:
        typing_.backDigit();
        break;
    case HexKey::Kind::Delete:
        typing_.eraseForward();
        break;
    case HexKey::Kind::EditValue:
        cellEditing_.open({});
        return;
    case HexKey::Kind::ClearSelection:
        clearSelection();
        return;
    }
    showCaret();
}

void HexView::handleMove(const HexKey& key) {
    const CaretSpace space{cursor_.length(), layout_.bytesPerRow(), fullRows(),
                           activePane() == HexPane::Hex ? layout_.cellBytes(HexPane::Hex)
                                                        : codec_.unitBytes()};
    const bool page = key.move == HexMove::PageUp || key.move == HexMove::PageDown;
    const Offset row = layout_.rowOf(caret());
    const bool caretShown = row >= topRow_ && row - topRow_ < fullRows();
    if (page && caretShown) {
        // The caret keeps its place on the screen.
        const Offset by = key.move == HexMove::PageUp ? -fullRows() : fullRows();
        moveTop(mapper_.moved(topRow_, by));
    }
    if (!key.extend && (key.move == HexMove::DocumentStart || key.move == HexMove::DocumentEnd)) {
        jumps_.note(caret());
    }
    // Without Shift, an arrow at a selection goes to its near end.
    const core::Extent selected = selection();
    if (!key.extend && !selected.isEmpty() && key.move == HexMove::Left) {
        setCaret(selected.offset);
    } else if (!key.extend && !selected.isEmpty() && key.move == HexMove::Right) {
        setCaret(selected.end());
    } else {
        setCaret(movedCaret(key.move, caret(), space, key.extend), key.extend);
    }
}

bool HexView::type(const QString& text) {
    if (activePane() == HexPane::Text) {
        typing_.typeText(text);
        showCaret();
        return true;
    }
    if (cellEditing_.isWanted()) {
        const bool begins = CellEditing::isBegunBy(text);
        if (begins) {
            cellEditing_.open(text);
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

void HexView::finishTyping() {
    cellEditing_.finish();
}

// ---- Input methods

void HexView::inputMethodEvent(QInputMethodEvent* event) {
    // What is committed takes the place of what was composed.
    setPreedit({});
    if (!event->commitString().isEmpty()) {
        type(event->commitString());
    }
    if (document_ != nullptr) {
        setPreedit(Preedit::of(*event));
    }
    event->accept();
}

void HexView::setPreedit(const Preedit& preedit) {
    if (preedit.text.isEmpty() && preedit_.isEmpty()) {
        return;
    }
    preedit_ = preedit;
    repaintRows(layout_.rowOf(caret()), layout_.rowOf(caret()));
    updateMicroFocus();
}

/// The method forgets it as well.
void HexView::dropPreedit() {
    if (!preedit_.isEmpty()) {
        setPreedit({});
        QGuiApplication::inputMethod()->reset();
    }
}

QVariant HexView::inputMethodQuery(Qt::InputMethodQuery query) const {
    switch (query) {
    case Qt::ImEnabled:
        return true;
    case Qt::ImCursorRectangle:
        return caretRect();
    case Qt::ImHints:
        return static_cast<int>(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    default:
        // Not the item view's: it asks the current cell's editor.
        return QAbstractScrollArea::inputMethodQuery(
            query);  // NOLINT(bugprone-parent-virtual-call)
    }
}

// ---- Mouse

HexHit HexView::hitAt(const QPoint& position, std::optional<Pane> pane) const {
    const int x = toDevice(position.x() + horizontalScrollBar()->value());
    const int y = toDevice(position.y());
    HexHit hit = pane ? layout_.hitInPane(*pane, x, y) : layout_.hit(x, y);
    hit.row += topRow_;
    return hit;
}

void HexView::press(QMouseEvent* event, int clicks) {
    event->accept();
    const QPoint position = event->position().toPoint();
    if (event->button() != Qt::LeftButton || document_ == nullptr ||
        toDevice(position.y()) < layout_.headerHeight()) {
        return;
    }
    dragPosition_ = position;
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    mouse_.press(layout_, hitAt(position), extend, clicks);
}

void HexView::mousePressEvent(QMouseEvent* event) {
    const QPoint position = event->position().toPoint();
    const bool third =
        sinceDoubleClick_.isValid() &&
        sinceDoubleClick_.elapsed() < QApplication::doubleClickInterval() &&
        (position - doubleClickPosition_).manhattanLength() < QApplication::startDragDistance();
    sinceDoubleClick_.invalidate();
    press(event, third ? 3 : 1);
}

void HexView::mouseDoubleClickEvent(QMouseEvent* event) {
    sinceDoubleClick_.start();
    doubleClickPosition_ = event->position().toPoint();
    press(event, 2);
}

void HexView::mouseMoveEvent(QMouseEvent* event) {
    event->accept();
    if (mouse_.isDragging() && event->buttons().testFlag(Qt::LeftButton)) {
        dragTo(event->position().toPoint());
    }
}

void HexView::dragTo(const QPoint& position) {
    dragPosition_ = position;
    mouse_.drag(layout_, hitAt(position, mouse_.pane()));
    const Offset shownRow = layout_.rowAt(toDevice(position.y()));
    if (shownRow >= 0 && shownRow < fullRows()) {
        autoScroll_.stop();
    } else if (!autoScroll_.isActive()) {
        autoScroll_.start(kAutoScrollMs, this);
    }
}

void HexView::timerEvent(QTimerEvent* event) {
    if (event->timerId() != autoScroll_.timerId()) {
        QAbstractItemView::timerEvent(event);
        return;
    }
    // The farther out, the faster.
    const Offset shownRow = layout_.rowAt(toDevice(dragPosition_.y()));
    const Offset by = shownRow < 0 ? shownRow : std::max<Offset>(0, shownRow - fullRows() + 1);
    moveTop(mapper_.moved(topRow_, by));
    dragTo(dragPosition_);
}

void HexView::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
    if (event->button() == Qt::LeftButton) {
        mouse_.release();
        autoScroll_.stop();
    }
}

void HexView::contextMenuEvent(QContextMenuEvent* event) {
    event->accept();
    if (document_ == nullptr) {
        return;
    }
    QPoint position = event->pos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        showCaret();
        position = caretRect().bottomLeft();
    } else {
        const HexHit hit = hitAt(position);
        const core::Extent row = layout_.rowExtent(std::min(hit.row, layout_.rowCount() - 1));
        const Offset offset = row.offset + std::min<Offset>(hit.column, row.length);
        if (hit.area == HexHit::Area::Cell && hit.row >= topRow_ && !selection().contains(offset)) {
            cursor_.setPane(hit.pane);
            cursor_.moveTo(offset);
        }
    }
    emit contextMenuWanted(viewport()->mapToGlobal(position));
}

// ---- Wheel and bars

void HexView::wheelEvent(QWheelEvent* event) {
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomByWheel(*event);
    } else {
        scrollByWheel(*event);
    }
    event->accept();
}

void HexView::zoomByWheel(const QWheelEvent& event) {
    // A touch pad sends angles as well, so that notches are the one unit of zooming.
    const int notches = -zoomWheel_.takeAngle(event.angleDelta().y(), 1);
    if (notches != 0) {
        emit zoomWanted(notches);
    }
}

void HexView::scrollByWheel(const QWheelEvent& event) {
    const QPoint pixels = event.pixelDelta();
    if (pixels.isNull()) {
        // A notch is whole rows; a wheel that sends parts of one scrolls by as much.
        const int notch = QApplication::wheelScrollLines() * layout_.metrics().rowHeight;
        scrollByPixels(wheel_.takeAngle(event.angleDelta().y(), notch));
    } else {
        const double exact = pixelRest_ - pixels.y() * scale_;
        const int whole = static_cast<int>(exact);
        pixelRest_ = exact - whole;
        scrollByPixels(whole);
    }
    const int across = !pixels.isNull() ? pixels.x() : event.angleDelta().x() / 4;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - across);
}

/// Device pixels, down positive. In rows and what is left of one, however far down it is.
void HexView::scrollByPixels(int pixels) {
    if (pixels == 0) {
        return;
    }
    const int rowHeight = layout_.metrics().rowHeight;
    const int from = topCut() + pixels;
    const int rows = from >= 0 ? from / rowHeight : -((rowHeight - 1 - from) / rowHeight);
    const bool pastStart = topRow_ + std::min(rows, 0) < 0;
    moveTop(mapper_.moved(topRow_, rows), pastStart ? 0 : from - rows * rowHeight);
}

void HexView::handleBarAction(int action) {
    Offset top = topRow_;
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
        top = mapper_.moved(top, 1);
        break;
    case QAbstractSlider::SliderSingleStepSub:
        top = mapper_.moved(top, -1);
        break;
    case QAbstractSlider::SliderPageStepAdd:
        top = mapper_.moved(top, fullRows());
        break;
    case QAbstractSlider::SliderPageStepSub:
        top = mapper_.moved(top, -fullRows());
        break;
    case QAbstractSlider::SliderToMinimum:
        top = 0;
        break;
    case QAbstractSlider::SliderToMaximum:
        top = mapper_.lastTop();
        break;
    default:
        return;  // dragged: scrollContentsBy() takes the bar's value
    }
    moveTop(top);
    verticalScrollBar()->setSliderPosition(mapper_.valueFor(topRow_));
}

/// While the bar is dragged, a tool tip beside it says where the view is.
void HexView::tellOffsetAtBar() {
    QScrollBar* const bar = verticalScrollBar();
    if (!bar->isSliderDown()) {
        return;
    }
    const Offset offset = topRow_ * layout_.bytesPerRow();
    const QString text = format_.offsets == OffsetBase::Decimal
                             ? locale().toString(static_cast<qlonglong>(offset))
                             : QStringLiteral("0x") + QString::number(offset, 16).toUpper();
    QToolTip::showText(QCursor::pos(), text, bar);
}

void HexView::scrollContentsBy(int dx, int) {
    const int value = verticalScrollBar()->value();
    if (!settingRange_ && value != mapper_.valueFor(topRow_)) {
        moveTop(mapper_.topFor(value));
        tellOffsetAtBar();
    }
    if (dx != 0) {
        cellEditing_.place();
        viewport()->update();
    }
}

}  // namespace octavo::ui
