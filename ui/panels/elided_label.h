// A label whose text makes place where room is short, with dots for what is left out; it may become
// as narrow as `leastWidth`. The whole text is for its tool tip, which is the owner's.
//
// Thread rule: GUI thread.
#pragma once

#include <QLabel>

namespace octavo::ui {

class ElidedLabel : public QLabel {
public:
    ElidedLabel(Qt::TextElideMode mode, int leastWidth, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::TextElideMode mode_;
    int leastWidth_;
};

}  // namespace octavo::ui
