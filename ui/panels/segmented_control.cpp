#include "ui/panels/segmented_control.h"

#include "ui/style/paint.h"
#include "ui/style/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kPadding = 12;
constexpr qreal kArrow = 4;
constexpr int kArrowRoom = 14;

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
        const int arrow = opensMenu_ ? kArrowRoom : 0;
        return {metrics.horizontalAdvance(text()) + 2 * kPadding + arrow, kHeight};
    }

    void setOpensMenu(bool opens) {
        opensMenu_ = opens;
        updateGeometry();
        update();
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
        painter.drawText(rect().adjusted(0, 0, opensMenu_ ? -kArrowRoom : 0, 0), Qt::AlignCenter,
                         text());
        if (opensMenu_)
            paintArrow(painter);
        if (hasFocus())
            paintPanel(painter, QRectF(rect()).adjusted(2, 2, -2, -2), QColor(), theme.accent, 1.5,
                       3);
    }

private:
    void paintArrow(QPainter& painter) const {
        const QPointF middle(width() - kPadding - kArrow, height() / 2.0);
        QPen pen = painter.pen();
        pen.setWidthF(1.5);
        painter.setPen(pen);
        painter.drawPolyline(QPolygonF{middle + QPointF(-kArrow, -kArrow / 2),
                                       middle + QPointF(0, kArrow / 2),
                                       middle + QPointF(kArrow, -kArrow / 2)});
    }

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

    bool opensMenu_ = false;
};

}  // namespace

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent), group_(new QButtonGroup(this)) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(1, 0, 1, 0);
    layout->setSpacing(1);
    // How small it may be it says itself.
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(group_, &QButtonGroup::idToggled, this, [this](int segment, bool checked) {
        // Tab stops at the chosen one alone, from either side.
        group_->button(segment)->setFocusPolicy(checked ? Qt::StrongFocus : Qt::ClickFocus);
        if (checked && isFolded_)
            showSegments();
        if (checked && !signalsBlocked())
            emit chosen(segment);
    });
    connect(group_, &QButtonGroup::idClicked, this, [this] {
        if (isFolded_)
            openMenu();
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

// ---- Folding

void SegmentedControl::setFolded(bool folded) {
    if (folded == isFolded_)
        return;
    isFolded_ = folded;
    showSegments();
    updateGeometry();
}

int SegmentedControl::fullWidth() const {
    int width = 1;
    for (const QAbstractButton* const segment : group_->buttons()) {
        const QFontMetrics metrics(chosenFont(segment->font()));
        width += metrics.horizontalAdvance(segment->text()) + 2 * kPadding + 1;
    }
    return width;
}

/// Folded it is as wide whatever is chosen, so that choosing moves nothing.
QSize SegmentedControl::sizeHint() const {
    if (!isFolded_)
        return {fullWidth(), kHeight};
    int widest = 0;
    for (const QAbstractButton* const segment : group_->buttons())
        widest = std::max(widest, segment->sizeHint().width());
    return {widest + 2, kHeight};
}

void SegmentedControl::showSegments() {
    QAbstractButton* const chosen = group_->checkedButton();
    chosen->show();
    for (QAbstractButton* const segment : group_->buttons()) {
        static_cast<Segment*>(segment)->setOpensMenu(isFolded_);
        if (segment == chosen)
            continue;
        // Focus that is hidden would go to whatever comes next.
        if (isFolded_ && segment->hasFocus())
            chosen->setFocus();
        segment->setVisible(!isFolded_);
    }
}

void SegmentedControl::openMenu() {
    QMenu menu(this);
    for (const QAbstractButton* const segment : group_->buttons()) {
        QAction* const action = menu.addAction(segment->text());
        action->setToolTip(segment->toolTip());
        action->setCheckable(true);
        action->setChecked(segment->isChecked());
        action->setData(group_->id(const_cast<QAbstractButton*>(segment)));
    }
    menu.setToolTipsVisible(true);
    const QAction* const picked = menu.exec(mapToGlobal(QPoint(0, height())));
    if (picked == nullptr)
        return;
    QAbstractButton* const segment = group_->button(picked->data().toInt());
    segment->setChecked(true);
    segment->setFocus();
}

void SegmentedControl::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    paintPanel(painter, rect(), theme.base, theme.line);
    const QList<QAbstractButton*> segments = group_->buttons();
    for (qsizetype i = 1; i < segments.size() && !isFolded_; ++i)
        painter.fillRect(QRect(segments[i]->x() - 1, 1, 1, height() - 2), theme.line);
}

}  // namespace octavo::ui
