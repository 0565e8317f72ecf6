#include "ui/hex/hex_view.h"

#include "ui/hex/hex_accessible.h"
#include "ui/style/fixed_font.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

constexpr int kMarksAfterMs = 100;

}  // namespace

HexView::HexView(QWidget* parent)
    : QAbstractItemView(parent)
    , cursor_(this)
    , feed_(model_)
    , typing_(model_, cursor_)
    , cellEditing_(*this, cursor_, typing_)
    , mouse_(cursor_)
    , theme_(Theme::light())
    , bar_(new MarkedScrollBar(this)) {
    // First of all: Qt keeps the interface it makes at the first event it tells of.
    HexAccessible::install();
    font_ = defaultGridFont();
    setModel(&model_);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(true);
    setAttribute(Qt::WA_InputMethodEnabled);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setVerticalScrollBar(bar_);
    bar_->installEventFilter(this);
    setAccessibleName(tr("Bytes"));
    setAccessibleDescription(tr("The bytes of the document as hex digits and as text. Tab changes "
                                "between the two."));
    connectParts();
    updateFont();
}

HexView::~HexView() {
    forgetDocument();
}

void HexView::connectParts() {
    connect(&cursor_, &HexCursor::selectionChanged, this, &HexView::noteCursorMoved);
    connect(&cursor_, &HexCursor::paneChanged, this, [this] {
        dropPreedit();
        repaintRows(layout_.rowOf(caret()), layout_.rowOf(caret()));
        updateMicroFocus();
        HexAccessible::announceCaret(*this);
        emit activePaneChanged(activePane());
    });
    connect(&cursor_, &HexCursor::insertModeChanged, this, [this] {
        repaintRows(layout_.rowOf(caret()), layout_.rowOf(caret()));
        emit insertModeChanged(insertMode());
    });
    connect(&jumps_, &JumpHistory::changed, this, &HexView::jumpsChanged);
    connect(&feed_, &HexFeed::progressed, this, &HexView::noteProgress);
    marksSoon_.setSingleShot(true);
    marksSoon_.setInterval(kMarksAfterMs);
    connect(&marksSoon_, &QTimer::timeout, this, &HexView::updateMarks);
    connect(bar_, &MarkedScrollBar::fineDragged, this, [this](int pixels) {
        moveTop(mapper_.moved(topRow_, pixels));
        tellOffsetAtBar();
    });
    connect(bar_, &MarkedScrollBar::resized, this, &HexView::scheduleMarks);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &HexView::handleBarAction);
}

// ---- Document

void HexView::forgetDocument() {
    if (document_ != nullptr) {
        document_->disconnect(this);
    }
    tracked_.setDocument(nullptr);
    jumps_.setDocument(nullptr);
    document_ = nullptr;
    typing_.setDocument(nullptr);
    feed_.setDocument(nullptr);
}

void HexView::setDocument(EditorDocument* document) {
    forgetDocument();
    document_ = document;
    match_.reset();
    dropPreedit();
    mouse_.release();
    autoScroll_.stop();
    cursor_.setLength(0);
    // First the feed: when the view hears of an edit, the model has made it already.
    feed_.setDocument(document);
    cellEditing_.close();
    typing_.setDocument(document);
    tracked_.setDocument(document);
    jumps_.setDocument(document);
    if (document != nullptr) {
        connect(document, &EditorDocument::contentChanged, this, &HexView::noteContentChanged);
        connect(document, &EditorDocument::stateChanged, this, [this] {
            scheduleMarks();
            if (document_->document().length() == 0) {
                viewport()->update();  // the hint tells of the mode
            }
        });
        connect(document, &EditorDocument::aboutToClose, this, [this] { setDocument(nullptr); });
    }
    scheduleMarks();
    firstRowsDue_ = document != nullptr;
    topRow_ = 0;
    layout_.setCut(0);
    cursor_.setLength(model_.length());
    tracked_.track(cursor_.selection());
    updateLayout();
    viewport()->update();
    noteProgress();
}

void HexView::noteContentChanged(const core::DocumentEvent& event) {
    cellEditing_.follow(event);
    const bool sameLength = cursor_.length() == model_.length();
    HexSelection now = tracked_.selection();
    now.digit = cursor_.selection().digit;
    cursor_.follow(model_.length(), now);
    if (!sameLength) {
        updateLayout();
        viewport()->update();
    }
    if (match_) {
        setHighlightedMatch(tracked_.match());
    }
}

void HexView::noteProgress() {
    if (firstRowsDue_ && isFullyLoaded()) {
        firstRowsDue_ = false;
        // Not from within a paint event or the caller's setDocument().
        QMetaObject::invokeMethod(this, &HexView::firstRowsShown, Qt::QueuedConnection);
    }
}

bool HexView::isFullyLoaded() const {
    return document_ == nullptr || feed_.isComplete();
}

// ---- Look

void HexView::setTheme(const Theme& theme) {
    theme_ = theme;
    viewport()->update();
}

QFont HexView::defaultGridFont() {
    QFont size;
    size.setPixelSize(13);
    return fixedFont(size);
}

void HexView::setTag(const QString& tag) {
    tag_ = tag;
    repaintHeader();
}

void HexView::setOnlyDifferences(bool only) {
    onlyDifferences_ = only;
    viewport()->update();
}

void HexView::setGridFont(const QFont& font) {
    font_ = font;
    updateFont();
}

QFont HexView::gridFont() const {
    return font_;
}

void HexView::setFormat(const HexFormat& format) {
    finishTyping();
    format_ = format;
    // Digits of other cells are other ones.
    HexSelection selection = cursor_.selection();
    selection.digit = 0;
    cursor_.setSelection(selection);
    codec_ = TextCodec::named(format.encoding).value_or(TextCodec());
    typing_.setFormat(format_, codec_);
    updateLayout();
    updateGeometry();
    viewport()->update();
}

void HexView::updateFont() {
    scale_ = devicePixelRatioF();
    gridFont_ = GridFont(font_, scale_);
    updateLayout();
    updateGeometry();
    viewport()->update();
}

int HexView::wantedBytesPerRow() const {
    return format_.bytesPerRow == HexFormat::kFitWidth
               ? HexLayout::bytesThatFit(gridFont_.metrics(), model_.length(), format_,
                                         toDevice(viewport()->width()))
               : format_.fixedRow();
}

void HexView::updateLayout() {
    const int bytesPerRow = wantedBytesPerRow();
    const int cut = std::min(layout_.cut(), gridFont_.metrics().rowHeight - 1);
    layout_ = HexLayout(gridFont_.metrics(), model_.length(), bytesPerRow, format_);
    if (bytesPerRow != model_.bytesPerRow()) {
        feed_.setBytesPerRow(bytesPerRow);
        topRow_ = layout_.rowOf(topOffset_);
        viewport()->update();
    }
    mapper_ = ScrollMapper(layout_.rowCount(), fullRows());
    updateScrollBars();
    layout_.setCut(cut);
    settling_ = true;
    moveTop(topRow_, cut);
    settling_ = false;
    cellEditing_.place();
}

void HexView::updateScrollBars() {
    const int width = static_cast<int>(std::ceil(layout_.contentWidth() / scale_));
    // Before the view has its size nothing can be told, and a bar that went again would cost the
    // first frame a second one.
    const int past = hasSize_ ? std::max(0, width - viewport()->width()) : 0;
    horizontalScrollBar()->setRange(0, past);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(8);
    // The bar may move its value along, which is not where the view is to go.
    settingRange_ = true;
    verticalScrollBar()->setRange(0, mapper_.range());
    verticalScrollBar()->setPageStep(mapper_.pageStep());
    verticalScrollBar()->setSingleStep(1);
    settingRange_ = false;
}

QSize HexView::sizeHint() const {
    const int height = layout_.headerHeight() + 24 * layout_.metrics().rowHeight;
    return toLogical({0, 0, layout_.contentWidth(), height}).size() +
           QSize(verticalScrollBar()->sizeHint().width(), 0);
}

// ---- Position

Offset HexView::topRow() const {
    return topRow_;
}

void HexView::setTopRow(Offset row) {
    moveTop(row);
}

void HexView::setTopOffset(Offset offset) {
    topOffset_ = std::clamp<Offset>(offset, 0, model_.length());
    const Offset row = layout_.rowOf(topOffset_);
    moveTop(row, row == topRow_ ? topCut() : 0);
}

int HexView::fullRows() const {
    return layout_.fullRows(toDevice(viewport()->height()));
}

/// `cut` pixels of the row are scrolled away; none of the last one that can be at the top.
void HexView::moveTop(Offset row, int cut) {
    const Offset top = std::clamp<Offset>(row, 0, mapper_.lastTop());
    const bool otherRow = top != topRow_;
    const int shownCut = top < mapper_.lastTop() ? cut : 0;
    const bool moved = otherRow || shownCut != topCut();
    topRow_ = top;
    layout_.setCut(shownCut);
    // Rows of another length, and back again, begin with the same byte.
    if (layout_.rowOf(topOffset_) != topRow_) {
        topOffset_ = topRow_ * layout_.bytesPerRow();
    }
    feed_.show(topRow_, layout_.touchedRows(toDevice(viewport()->height())));
    mirrorCaret();
    verticalScrollBar()->setValue(mapper_.valueFor(topRow_));
    if (moved) {
        cellEditing_.place();
        if (!preedit_.isEmpty()) {
            updateMicroFocus();
        }
        viewport()->update();
        if (otherRow && !settling_) {
            emit scrolled();
        }
    }
}

void HexView::showCaret() {
    const Offset row = layout_.rowOf(caret());
    if (row < topRow_ || (row == topRow_ && topCut() > 0)) {
        moveTop(row);
    } else if (row - topRow_ >= fullRows()) {
        moveTop(row - fullRows() + 1);
    }
    const PixelSpan cell = layout_.cell(activePane(), layout_.columnOf(caret()));
    const int left = static_cast<int>(std::floor(cell.left / scale_));
    const int right = static_cast<int>(std::ceil(cell.right() / scale_));
    QScrollBar* const bar = horizontalScrollBar();
    bar->setValue(std::max(std::min(bar->value(), left), right - viewport()->width()));
}

Offset HexView::caret() const {
    return cursor_.caret();
}

int HexView::caretDigit() const {
    return cursor_.selection().digit;
}

void HexView::setCaret(Offset offset, bool extendSelection) {
    cursor_.moveTo(offset, extendSelection);
    showCaret();
}

void HexView::jumpTo(Extent extent) {
    // What is on the screen anyway is no jump.
    const Offset row = layout_.rowOf(std::min(extent.offset, cursor_.length()));
    if (row < topRow_ || row - topRow_ >= fullRows()) {
        jumps_.note(caret());
    }
    showPlace(extent);
}

void HexView::goBack() {
    if (const std::optional<Offset> place = jumps_.goBack(caret())) {
        showPlace({*place, 0});
    }
}

void HexView::goForward() {
    if (const std::optional<Offset> place = jumps_.goForward(caret())) {
        showPlace({*place, 0});
    }
}

void HexView::showPlace(Extent extent) {
    HexSelection selection;
    selection.anchor = extent.end();
    selection.caret = extent.offset;
    cursor_.setSelection(selection);
    const Offset row = layout_.rowOf(caret());
    const Offset margin = std::min(2, fullRows() / 4);
    if (row < topRow_ + std::min(margin, topRow_) || row >= topRow_ + fullRows() - margin) {
        moveTop(row - fullRows() / 3);
    }
    showCaret();
}

Extent HexView::selection() const {
    return cursor_.selection().extent();
}

std::optional<core::Bytes> HexView::knownBytes(Extent extent) const {
    core::Bytes bytes;
    if (intersection(extent, model_.windowExtent()) != extent) {
        return std::nullopt;
    }
    for (Offset at = extent.offset; at < extent.end(); ++at) {
        const int byte = model_.knownByte(at);
        if (byte < 0) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<core::Byte>(byte));
    }
    return bytes;
}

void HexView::setSelection(Extent extent) {
    HexSelection selection;
    selection.select(extent);
    cursor_.setSelection(selection);
}

void HexView::selectAll() {
    setSelection({0, cursor_.length()});
}

void HexView::clearSelection() {
    cursor_.moveTo(caret(), false, caretDigit());
}

HexPane HexView::activePane() const {
    return cursor_.pane();
}

void HexView::setActivePane(Pane pane) {
    cursor_.setPane(pane);
}

bool HexView::insertMode() const {
    return cursor_.insertMode();
}

void HexView::setInsertMode(bool insert) {
    cursor_.setInsertMode(insert);
}

void HexView::pasteBytes(core::ByteSpan bytes) {
    typing_.paste(bytes);
    showCaret();
}

void HexView::pasteContent(const core::Content& content) {
    typing_.paste(content);
    showCaret();
}

void HexView::eraseSelection() {
    typing_.eraseSelection();
    showCaret();
}

void HexView::eraseToEnd() {
    setSelection({caret(), cursor_.length() - caret()});
    eraseSelection();
}

void HexView::noteCursorMoved(const HexSelection& before) {
    const HexSelection& now = cursor_.selection();
    tracked_.track(now);
    if (!cursor_.isFollowing()) {
        cellEditing_.noteCaretMoved();
        dropPreedit();
    }
    const Offset caretRow = layout_.rowOf(now.caret);
    repaintRows(caretRow, caretRow);
    repaintRows(layout_.rowOf(before.caret), layout_.rowOf(before.caret));
    const bool selects = before.extent() != now.extent() && (!before.isEmpty() || !now.isEmpty());
    if (selects) {
        // Where the anchor stays, only what the caret passed over looks different.
        const bool sameAnchor = before.anchor == now.anchor;
        const Offset from = sameAnchor ? std::min(before.caret, now.caret)
                                       : std::min(before.extent().offset, now.extent().offset);
        const Offset to = sameAnchor ? std::max(before.caret, now.caret)
                                     : std::max(before.extent().end(), now.extent().end());
        repaintRows(layout_.rowOf(from), layout_.rowOf(to));
    }
    if (layout_.columnOf(before.caret) != layout_.columnOf(now.caret)) {
        repaintHeader();
    }
    if (format_.relativeOffsets && before.caret != now.caret) {
        repaintGutter();
    }
    mirrorCaret();
    updateMicroFocus();
    if (before.caret != now.caret) {
        HexAccessible::announceCaret(*this);
        emit caretMoved(now.caret);
    }
    if (selects) {
        emit selectionMoved(now.extent());
    }
}

/// Tells Qt's own idea of a current cell, for those who look at the view as an item view.
void HexView::mirrorCaret() {
    selectionModel()->setCurrentIndex(model_.indexOf(caret()), QItemSelectionModel::NoUpdate);
}

}  // namespace octavo::ui
