#include "ui/panels/go_to_bar.h"

#include "ui/panels/note_label.h"
#include "ui/panels/number_text.h"
#include "ui/style/fixed_font.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octavo::ui {

QString goToFaultText(const GoToTarget& target, core::Offset length) {
    switch (target.fault) {
    case GoToFault::None:
        break;
    case GoToFault::Empty:
        return GoToBar::tr("Offset as 1234, 0x4D2, +16, 50% or end - 2*0x10");
    case GoToFault::NotUnderstood:
        return GoToBar::tr(
                   "Not an offset from “%1” on: write 1234, 0x4D2, +16, 50% or end - 2*0x10")
            .arg(target.rest);
    case GoToFault::Incomplete:
        return GoToBar::tr("Something is missing at the end");
    case GoToFault::DivisionByZero:
        return GoToBar::tr("“%1” divides by zero").arg(target.rest);
    case GoToFault::TooLarge:
        return GoToBar::tr("A number in it is too large");
    case GoToFault::BeforeStart:
        return GoToBar::tr("That lies before the start");
    case GoToFault::BeyondEnd:
        return GoToBar::tr("That lies beyond the end at %1").arg(offsetText(length));
    }
    return {};
}

GoToBar::GoToBar(QWidget* parent)
    : PanelBar(parent)
    , field_(new QLineEdit(this))
    , history_(new FieldHistory(*field_))
    , note_(new NoteLabel(this))
    , go_(new QToolButton(this)) {
    auto* const label = new QLabel(tr("Go to"), this);
    label->setBuddy(field_);
    field_->setMinimumWidth(160);
    field_->setMaximumWidth(320);
    field_->setAccessibleName(tr("Offset to go to"));
    field_->setToolTip(
        tr("Numbers, start, end, caret, sel and selend, %, + - * / ( ); with a sign "
           "in front from the caret. Up and Down bring back former ones; Shift+Return "
           "selects up to there"));
    field_->setFont(fixedFont(font()));
    go_->setText(tr("Go"));
    go_->setAutoRaise(true);
    go_->setFocusPolicy(Qt::TabFocus);

    row()->addWidget(label);
    row()->addWidget(field_, 1);
    row()->addWidget(note_, 2);
    row()->addWidget(go_);
    addCloseButton();

    connect(field_, &QLineEdit::textChanged, this, [this] { explain(false); });
    connect(go_, &QToolButton::clicked, this, [this] { go(false); });
    explain(false);
}

void GoToBar::activate() {
    show();
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void GoToBar::setPlace(const GoToPlace& place) {
    place_ = place;
    explain(false);
}

void GoToBar::explain(bool insistently) {
    const GoToTarget target = parseGoTo(field_->text(), place_);
    const QString fault = goToFaultText(target, place_.length);
    if (target.offset) {
        note_->tell(tr("Offset %1 (%2) of %3")
                        .arg(offsetText(*target.offset), groupedNumber(*target.offset),
                             groupedNumber(place_.length)));
    } else if (insistently) {
        note_->tellFault(fault);
    } else {
        note_->tell(fault);
    }
}

void GoToBar::go(bool selects) {
    const GoToTarget target = parseGoTo(field_->text(), place_);
    if (!target.offset)
        return explain(true);
    history_->add(field_->text());
    if (selects) {
        emit selectToWanted(*target.offset);
    } else {
        emit goToWanted(*target.offset);
    }
    leave();
}

void GoToBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        go(event->modifiers().testFlag(Qt::ShiftModifier));
    else
        PanelBar::keyPressEvent(event);
}

}  // namespace octavo::ui
