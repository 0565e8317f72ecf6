// The side of HexView that draws: what a frame shows, and which parts of it are drawn again.
#include "ui/hex/device_pixels.h"
#include "ui/hex/hex_view.h"

#include <QPaintEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace octavo::ui {

using core::Offset;

int HexView::toDevice(int logical) const {
    return static_cast<int>(std::lround(logical * scale_));
}

QRect HexView::toLogical(const QRect& device) const {
    const QRectF exact(device.x() / scale_, device.y() / scale_, device.width() / scale_,
                       device.height() / scale_);
    return exact.toAlignedRect();
}

void HexView::repaintRows(Offset firstRow, Offset lastRow) {
    const int rows = layout_.touchedRows(toDevice(viewport()->height()));
    const auto from = static_cast<int>(std::clamp<Offset>(firstRow - topRow_, 0, rows));
    const auto to = static_cast<int>(std::clamp<Offset>(lastRow - topRow_, -1, rows - 1));
    if (from > to) {
        return;
    }
    const int top = std::max(layout_.rowTop(from), layout_.headerHeight());
    const int height = layout_.rowTop(to + 1) - top;
    const QRect place = toLogical({0, top, 1, height});
    const QRect band(0, place.top(), viewport()->width(), place.height());
    const QRect shown = band.intersected(viewport()->rect());
    if (painting_ == nullptr || !QRegion(shown).subtracted(*painting_).isEmpty()) {
        viewport()->update(shown);
    }
}

void HexView::repaintHeader() {
    const QRect place = toLogical({0, 0, 1, layout_.headerHeight()});
    viewport()->update(0, 0, viewport()->width(), place.height());
}

void HexView::repaintGutter() {
    const QRect place = toLogical({0, layout_.headerHeight(), layout_.offsetSpan().right(), 1});
    const int left = place.left() - horizontalScrollBar()->value();
    viewport()->update(left, place.top(), place.width(), viewport()->height());
}

HexFrame HexView::frame() {
    QFont hintFont = QWidget::font();
    hintFont.setPixelSize(std::max(1, toDevice(QFontInfo(hintFont).pixelSize())));
    HexFrame frame{.model = model_,
                   .layout = layout_,
                   .font = gridFont_,
                   .theme = theme_,
                   .codec = codec_,
                   .topRow = topRow_,
                   .width = toDevice(viewport()->width()),
                   .height = toDevice(viewport()->height()),
                   .left = toDevice(horizontalScrollBar()->value()),
                   .selection = cursor_.selection(),
                   .pane = cursor_.pane(),
                   .insertMode = cursor_.insertMode(),
                   .preedit = preedit_,
                   .hasFocus = hasFocus(),
                   .hasDocument = document_ != nullptr,
                   .onlyDifferences = onlyDifferences_,
                   .tag = tag_,
                   .hint = hint(),
                   .hintFont = hintFont};
    gatherMatches(frame);
    return frame;
}

QString HexView::hint() const {
    if (document_ == nullptr) {
        return tr("No document is open.");
    }
    if (model_.length() > 0) {
        return {};
    }
    const bool readOnly = document_->document().accessMode() == core::AccessMode::ReadOnly;
    return readOnly ? tr("This document is empty.")
                    : tr("This document is empty. Type hex digits to add bytes.");
}

void HexView::paintEvent(QPaintEvent* event) {
    if (scale_ != devicePixelRatioF()) {
        updateFont();
    }
    // What is in memory comes in this very frame.
    painting_ = &event->region();
    feed_.feed();
    painting_ = nullptr;
    QPainter painter(viewport());
    const QRegion clip = useDevicePixels(painter, event->region(), scale_);
    painter_.paint(painter, frame(), clip);
}

}  // namespace octavo::ui
