#include "ui/panels/go_to_bar.h"

#include "ui/panels/number_text.h"
#include "ui/style/fixed_font.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octavo::ui {

QString goToFaultText(GoToFault fault, core::Offset length) {
    switch (fault) {
    case GoToFault::None:
        break;
    case GoToFault::Empty:
        return GoToBar::tr("Offset as 1234, 0x4D2, +16, -0x10, 50% or end");
    case GoToFault::NotUnderstood:
        return GoToBar::tr("Not an offset: write 1234, 0x4D2, +16, -0x10, 50% or end");
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
    , note_(new QLabel(this))
    , go_(new QToolButton(this)) {
    auto* const label = new QLabel(tr("Go to"), this);
    label->setBuddy(field_);
    field_->setMinimumWidth(160);
    field_->setMaximumWidth(240);
    field_->setAccessibleName(tr("Offset to go to"));
    field_->setFont(fixedFont(font()));
    note_->setTextFormat(Qt::PlainText);
    note_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    go_->setText(tr("Go"));
    go_->setAutoRaise(true);
    go_->setFocusPolicy(Qt::TabFocus);

    row()->addWidget(label);
    row()->addWidget(field_, 1);
    row()->addWidget(note_, 2);
    row()->addWidget(go_);
    addCloseButton();

    connect(field_, &QLineEdit::textChanged, this, [this] { explain(false); });
    connect(go_, &QToolButton::clicked, this, &GoToBar::go);
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
    const Theme& theme = Theme::of(palette());
    QPalette colours = note_->palette();
    colours.setColor(QPalette::WindowText,
                     insistently && !target.offset ? theme.warning : theme.dimText);
    note_->setPalette(colours);
    if (target.offset)
        note_->setText(tr("Offset %1 (%2) of %3")
                           .arg(offsetText(*target.offset), groupedNumber(*target.offset),
                                groupedNumber(place_.length)));
    else
        note_->setText(goToFaultText(target.fault, place_.length));
}

void GoToBar::go() {
    const GoToTarget target = parseGoTo(field_->text(), place_);
    if (!target.offset)
        return explain(true);
    emit goToWanted(*target.offset);
    leave();
}

void GoToBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        go();
    else
        PanelBar::keyPressEvent(event);
}

void GoToBar::changeEvent(QEvent* event) {
    PanelBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        explain(false);
}

}  // namespace octavo::ui
