// A few choices side by side in one frame, exactly one of them chosen: a labelled switch.
//
// Keyboard: Tab enters at the chosen segment, the arrow keys choose. Each segment is a button with
// its own name for screen readers.
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

signals:
    /// The user chose another segment.
    void chosen(int segment);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* group_;
};

}  // namespace octavo::ui
