#include "ui/panels/select_bar.h"

#include "ui/panels/elided_label.h"
#include "ui/panels/go_to_bar.h"
#include "ui/panels/number_text.h"
#include "ui/style/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

constexpr int kFieldWidth = 160;

enum Form { To, Length };

}  // namespace

SelectBar::SelectBar(QWidget* parent)
    : PanelBar(parent)
    , from_(new QLineEdit(this))
    , form_(new QComboBox(this))
    , to_(new QLineEdit(this))
    , note_(new ElidedLabel(Qt::ElideRight, 0, this))
    , select_(new QToolButton(this)) {
    auto* const label = new QLabel(tr("Select from"), this);
    label->setBuddy(from_);
    form_->addItem(tr("up to"), int(To));
    form_->addItem(tr("length"), int(Length));
    form_->setAccessibleName(tr("End or length"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    for (QLineEdit* const field : {from_, to_}) {
        field->setFont(fixed);
        field->setFixedWidth(kFieldWidth);
        connect(field, &QLineEdit::textChanged, this, [this] { explain(false); });
    }
    from_->setAccessibleName(tr("First offset"));
    to_->setAccessibleName(tr("Offset behind the last byte, or how many bytes"));
    note_->setTextFormat(Qt::PlainText);
    note_->setMinimumWidth(0);
    note_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    select_->setText(tr("Select"));
    select_->setAutoRaise(true);
    select_->setFocusPolicy(Qt::TabFocus);
    for (QWidget* const widget : std::initializer_list<QWidget*>{label, from_, form_, to_})
        row()->addWidget(widget);
    row()->addWidget(note_, 1);
    row()->addWidget(select_);
    addCloseButton();
    connect(form_, &QComboBox::currentIndexChanged, this, [this] { explain(false); });
    connect(select_, &QToolButton::clicked, this, &SelectBar::select);
    explain(false);
}

void SelectBar::activate(Extent selection) {
    from_->setText(offsetText(selection.isEmpty() ? place_.caret : selection.offset));
    if (!selection.isEmpty())
        to_->setText(form_->currentIndex() == To ? offsetText(selection.end())
                                                 : QString::number(selection.length));
    show();
    from_->setFocus(Qt::ShortcutFocusReason);
    from_->selectAll();
}

void SelectBar::setPlace(const GoToPlace& place) {
    place_ = place;
    explain(false);
}

SelectBar::Reading SelectBar::read() const {
    const auto fault = [this](const GoToTarget& target) {
        return Reading{std::nullopt, goToFaultText(target.fault, place_.length)};
    };
    const GoToTarget from = parseGoTo(from_->text(), place_);
    if (!from.offset)
        return fault(from);
    // A length is an offset from the first byte, and + says so too.
    const bool isLength = form_->currentIndex() == Length;
    const QString text = to_->text().trimmed();
    const bool isPlain = isLength && !text.isEmpty() && text.front().isDigit();
    const GoToTarget to = parseGoTo(isPlain ? QLatin1Char('+') + text : text,
                                    {isLength ? *from.offset : place_.caret, place_.length});
    if (!to.offset)
        return fault(to);
    if (*to.offset <= *from.offset)
        return {std::nullopt, tr("That selects nothing: the end lies in front of the start")};
    return {Extent{*from.offset, *to.offset - *from.offset}, {}};
}

void SelectBar::explain(bool insistently) {
    const Reading reading = read();
    const Theme& theme = Theme::of(palette());
    QPalette colours = note_->palette();
    colours.setColor(QPalette::WindowText,
                     insistently && !reading.extent ? theme.warning : theme.dimText);
    note_->setPalette(colours);
    note_->setText(reading.extent ? tr("%1 to %2, %3")
                                        .arg(offsetText(reading.extent->offset),
                                             offsetText(reading.extent->end() - 1),
                                             byteCountText(reading.extent->length))
                                  : reading.fault);
    note_->setToolTip(note_->text());
}

void SelectBar::select() {
    const Reading reading = read();
    if (!reading.extent)
        return explain(true);
    emit selectWanted(*reading.extent);
    leave();
}

void SelectBar::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !select_->hasFocus())
        select();
    else
        PanelBar::keyPressEvent(event);
}

void SelectBar::changeEvent(QEvent* event) {
    PanelBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        explain(false);
}

}  // namespace octavo::ui
