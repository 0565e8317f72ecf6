#include "ui/panels/find_options.h"

#include "ui/panels/go_to_expression.h"
#include "ui/style/theme.h"

#include <QCheckBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpressionValidator>
#include <QScreen>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace octavo::ui {

namespace {

/// A surface with a line around it.
class Popup final : public QFrame {
public:
    explicit Popup(QWidget* parent) : QFrame(parent, Qt::Popup) {}

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(palette());
        QPainter painter(this);
        painter.fillRect(rect(), theme.window);
        painter.setPen(theme.dimText);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
};

}  // namespace

FindOptionsButton::FindOptionsButton(QWidget* parent)
    : QToolButton(parent)
    , popup_(new Popup(this))
    , inSelection_(new QCheckBox(tr("Only in what is &selected now"), popup_))
    , inverted_(new QCheckBox(tr("Where it does &not stand"), popup_))
    , overlapping_(new QCheckBox(tr("All: matches that &overlap too"), popup_))
    , every_(new QSpinBox(popup_))
    , from_(new QLineEdit(popup_)) {
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Where and how to search"));
    popup_->setAccessibleName(tr("Where and how to search"));
    popup_->installEventFilter(this);
    every_->setRange(1, std::numeric_limits<int>::max());
    every_->setAccessibleName(tr("Matches begin every so many bytes"));
    from_->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("0[xX][0-9A-Fa-f]{1,15}|[0-9]{1,18}")), from_));
    from_->setPlaceholderText(QStringLiteral("0"));
    from_->setAccessibleName(tr("Counted from this offset"));

    auto* const column = new QVBoxLayout(popup_);
    for (QCheckBox* const box : {inSelection_, inverted_, overlapping_}) {
        column->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &FindOptionsButton::note);
    }
    auto* const row = new QHBoxLayout;
    auto* const every = new QLabel(tr("Only &every"), popup_);
    every->setBuddy(every_);
    auto* const from = new QLabel(tr("bytes, counted &from"), popup_);
    from->setBuddy(from_);
    for (QWidget* const widget : std::initializer_list<QWidget*>{every, every_, from, from_})
        row->addWidget(widget);
    column->addLayout(row);
    connect(every_, &QSpinBox::valueChanged, this, &FindOptionsButton::note);
    connect(from_, &QLineEdit::textChanged, this, &FindOptionsButton::note);
    connect(this, &QToolButton::clicked, this, &FindOptionsButton::open);
    note();
}

bool FindOptionsButton::inSelection() const {
    return inSelection_->isChecked();
}

void FindOptionsButton::setInSelection(bool on) {
    inSelection_->setChecked(on);
}

bool FindOptionsButton::isInverted() const {
    return inverted_->isChecked();
}

void FindOptionsButton::setInverted(bool on) {
    inverted_->setChecked(on);
}

bool FindOptionsButton::isOverlapping() const {
    return overlapping_->isChecked();
}

core::Alignment FindOptionsButton::alignment() const {
    return {every_->value(), parseNumber(from_->text()).value_or(0)};
}

void FindOptionsButton::setAlignment(core::Alignment alignment) {
    every_->setValue(
        static_cast<int>(std::min<core::Offset>(alignment.every, std::numeric_limits<int>::max())));
    from_->setText(QString::number(alignment.from));
}

void FindOptionsButton::open() {
    popup_->adjustSize();
    const QSize size = popup_->size();
    QPoint place = mapToGlobal(QPoint(0, -size.height()));
    const QRect room = screen()->availableGeometry();
    place.setX(
        std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - size.width())));
    if (place.y() < room.top())
        place.setY(mapToGlobal(QPoint(0, height())).y());
    popup_->move(place);
    popup_->show();
    inSelection_->setFocus(Qt::PopupFocusReason);
}

void FindOptionsButton::note() {
    const int unusual =
        int{inSelection()} + int{isInverted()} + int{isOverlapping()} + int{every_->value() > 1};
    setText(unusual == 0 ? tr("Options") : tr("Options: %1").arg(unusual));
    from_->setEnabled(every_->value() > 1);
    emit changed();
}

bool FindOptionsButton::eventFilter(QObject* watched, QEvent* event) {
    if (watched == popup_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            popup_->hide();
            setFocus(Qt::PopupFocusReason);
            return true;
        }
    }
    return QToolButton::eventFilter(watched, event);
}

}  // namespace octavo::ui
