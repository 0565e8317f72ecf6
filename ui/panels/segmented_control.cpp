#include "ui/panels/segmented_control.h"

#include "ui/style/paint.h"
#include "ui/style/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace octavo::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kPadding = 12;

QFont chosenFont(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

/// One segment; its neighbours' frame is the control's.
class Segment final : public QAbstractButton {
public:
    explicit Segment(const QString& label, QWidget* parent) : QAbstractButton(parent) {
        setText(label);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    // As wide as it is when chosen, so that choosing moves nothing.
    QSize sizeHint() const override {
        const QFontMetrics metrics(chosenFont(font()));
        return {metrics.horizontalAdvance(text()) + 2 * kPadding, kHeight};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || isDown())
            painter.fillPath(insideFrame(), theme.selection);
        else if (underMouse() && isEnabled())
            painter.fillPath(insideFrame(), theme.caretRow);
        painter.setPen(!isEnabled() ? theme.zeroByte : isChecked() ? theme.text : theme.dimText);
        if (isChecked())
            painter.setFont(chosenFont(font()));
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus())
            paintPanel(painter, QRectF(rect()).adjusted(2, 2, -2, -2), QColor(), theme.accent, 1.5,
                       3);
    }

private:
    /// This segment without the control's frame and its round corners.
    QPainterPath insideFrame() const {
        const QRectF frame = QRectF(parentWidget()->rect()).translated(-pos());
        QPainterPath inside;
        inside.addRoundedRect(frame.adjusted(1, 1, -1, -1), kCornerRadius - 0.5,
                              kCornerRadius - 0.5);
        QPainterPath own;
        own.addRect(rect());
        return inside.intersected(own);
    }
};

}  // namespace

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent), group_(new QButtonGroup(this)) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(1, 0, 1, 0);
    layout->setSpacing(1);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(group_, &QButtonGroup::idToggled, this, [this](int segment, bool checked) {
        // Tab stops at the chosen one alone, from either side.
        group_->button(segment)->setFocusPolicy(checked ? Qt::StrongFocus : Qt::ClickFocus);
        if (checked && !signalsBlocked())
            emit chosen(segment);
    });
}

int SegmentedControl::addSegment(const QString& text, const QString& toolTip) {
    auto* const segment = new Segment(text, this);
    segment->setToolTip(toolTip);
    segment->setAccessibleName(text);
    segment->setAccessibleDescription(toolTip);
    const int number = static_cast<int>(group_->buttons().size());
    const QSignalBlocker blocker(this);
    group_->addButton(segment, number);
    segment->setFocusPolicy(Qt::ClickFocus);
    segment->setChecked(number == 0);
    layout()->addWidget(segment);
    return number;
}

int SegmentedControl::current() const {
    return group_->checkedId();
}

void SegmentedControl::setCurrent(int segment) {
    const QSignalBlocker blocker(this);
    group_->button(segment)->setChecked(true);
}

void SegmentedControl::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    paintPanel(painter, rect(), theme.base, theme.line);
    const QList<QAbstractButton*> segments = group_->buttons();
    for (qsizetype i = 1; i < segments.size(); ++i)
        painter.fillRect(QRect(segments[i]->x() - 1, 1, 1, height() - 2), theme.line);
}

}  // namespace octavo::ui
