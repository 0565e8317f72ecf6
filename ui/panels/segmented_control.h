// A few choices side by side in one frame, exactly one of them chosen: a labelled switch.
//
// Keyboard: Tab enters at the chosen segment, the arrow keys choose. Each segment is a button with
// its own name for screen readers. Folded, for where there is no room for all, the chosen one is
// left and opens the choices as a menu.
// Thread rule: GUI thread.
#pragma once

#include <QWidget>

class QAbstractButton;
class QButtonGroup;

namespace octavo::ui {

class SegmentedControl final : public QWidget {
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget* parent = nullptr);

    /// Adds a segment at the end and returns its number; the first is chosen from the start.
    int addSegment(const QString& text, const QString& toolTip = {});
    int current() const;
    /// Chooses without telling chosen().
    void setCurrent(int segment);
    void setFolded(bool folded);
    bool isFolded() const { return isFolded_; }
    /// What it takes unfolded, folded or not.
    int fullWidth() const;

    QSize sizeHint() const override;

signals:
    /// The user chose another segment.
    void chosen(int segment);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showSegments();
    void openMenu();

    QButtonGroup* group_;
    bool isFolded_ = false;
};

}  // namespace octavo::ui
