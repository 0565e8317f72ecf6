// A scroll bar that shows where in the document something stands: matches on its right side,
// changes on its left, bookmarks across it, so that the side tells them apart where the colour does
// not.
//
// Dragged with Shift, the slider stays where it is and the mouse counts rows instead, until it is
// let go.
//
// Thread rule: GUI thread.
#pragma once

#include <QScrollBar>

#include <cstdint>
#include <vector>

namespace octavo::ui {

class MarkedScrollBar final : public QScrollBar {
    Q_OBJECT

public:
    enum Mark : std::uint8_t { Match = 1, Changed = 2, Inserted = 4, Deleted = 8, Bookmark = 16 };

    explicit MarkedScrollBar(QWidget* parent = nullptr);

    /// How many places it can mark one below the other.
    int slotCount() const { return height(); }
    /// The marks of each slot, from the top; empty for none.
    void setMarks(std::vector<std::uint8_t> marks);
    const std::vector<std::uint8_t>& marks() const { return marks_; }

signals:
    void resized();
    /// The mouse has moved so many pixels down in a drag with Shift.
    void fineDragged(int pixels);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    std::vector<std::uint8_t> marks_;
    bool isFine_ = false;
    int lastY_ = 0;
};

}  // namespace octavo::ui
