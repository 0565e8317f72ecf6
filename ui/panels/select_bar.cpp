#include "ui/panels/select_bar.h"

#include "ui/panels/go_to_bar.h"
#include "ui/panels/note_label.h"
#include "ui/panels/number_text.h"
#include "ui/style/fixed_font.h"

#include <QAbstractItemView>
#include <QComboBox>
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
    , note_(new NoteLabel(this)) {
    auto* const label = new QLabel(tr("Select from"), this);
    label->setBuddy(from_);
    form_->addItem(tr("up to"), int(To));
    form_->addItem(tr("length"), int(Length));
    form_->setAccessibleName(tr("End or length"));
    form_->view()->setAccessibleName(form_->accessibleName());
    for (QLineEdit* const field : {from_, to_}) {
        field->setFont(fixedFont(font()));
        field->setFixedWidth(kFieldWidth);
        connect(field, &QLineEdit::textChanged, this, [this] { explain(false); });
    }
    from_->setAccessibleName(tr("First offset"));
    to_->setAccessibleName(tr("Offset behind the last byte, or how many bytes"));
    for (QWidget* const widget : std::initializer_list<QWidget*>{label, from_, form_, to_})
        row()->addWidget(widget);
    row()->addWidget(note_, 1);
    select_ = addButton(tr("Select"), tr("Select these bytes (Return)"));
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
        return Reading{std::nullopt, goToFaultText(target, place_.length)};
    };
    const GoToTarget from = parseGoTo(from_->text(), place_);
    if (!from.offset)
        return fault(from);
    // A length is an offset from the first byte, and + says so too.
    const bool isLength = form_->currentIndex() == Length;
    const QString text = to_->text().trimmed();
    const bool isPlain =
        isLength && !text.isEmpty() && (text.front().isDigit() || text.front() == QLatin1Char('('));
    GoToPlace place = place_;
    if (isLength) {
        place.caret = *from.offset;
    }
    const GoToTarget to = parseGoTo(isPlain ? QLatin1Char('+') + text : text, place);
    if (!to.offset)
        return fault(to);
    if (*to.offset <= *from.offset)
        return {std::nullopt, tr("That selects nothing: the end lies in front of the start")};
    return {Extent{*from.offset, *to.offset - *from.offset}, {}};
}

void SelectBar::explain(bool insistently) {
    const Reading reading = read();
    if (reading.extent)
        note_->tell(tr("%1 to %2, %3")
                        .arg(offsetText(reading.extent->offset),
                             offsetText(reading.extent->end() - 1),
                             byteCountText(reading.extent->length)));
    else if (insistently)
        note_->tellFault(reading.fault);
    else
        note_->tell(reading.fault);
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

}  // namespace octavo::ui
