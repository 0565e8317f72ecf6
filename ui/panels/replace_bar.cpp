#include "ui/panels/replace_bar.h"

#include "core/search/replacement_query.h"
#include "ui/panels/note_label.h"
#include "ui/panels/segmented_control.h"
#include "ui/style/fixed_font.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octavo::ui {

namespace {

constexpr int kFieldWidth = 360;
constexpr int kLeastFieldWidth = 110;
constexpr int kText = 0;
constexpr int kHex = 1;

bool mayBeText(core::SearchKind kind) {
    return kind == core::SearchKind::Text || kind == core::SearchKind::Regex;
}

}  // namespace

ReplaceBar::ReplaceBar(QWidget* parent) : PanelBar(parent), form_(new SegmentedControl(this)) {
    auto* const label = new QLabel(tr("Replace with"), this);
    form_->addSegment(tr("Text"), tr("Text, in an expression with $1 and ${n}"));
    form_->addSegment(tr("Hex"), tr("Bytes as hexadecimal digits, $1 and {n:4}"));
    // Here, so that Tab comes to it behind the segments.
    field_ = new QLineEdit(this);
    note_ = new NoteLabel(this);
    label->setBuddy(field_);
    field_->setMinimumWidth(kLeastFieldWidth);
    field_->setMaximumWidth(kFieldWidth);
    field_->setAccessibleName(tr("What to put in its place"));
    row()->addWidget(label);
    row()->addWidget(form_);
    row()->addWidget(field_, 3);
    row()->addWidget(note_, 2);
    replace_ = addButton(tr("Replace"), tr("Replace this match and go to the next (Return)"));
    all_ = addButton(tr("Replace all"), tr("Replace every match, as one step (Ctrl+Return)"));
    addCloseButton();

    connect(form_, &SegmentedControl::chosen, this, [this] {
        describe();
        emit replacementEdited();
    });
    connect(field_, &QLineEdit::textChanged, this, [this] {
        describe();
        emit replacementEdited();
    });
    connect(replace_, &QToolButton::clicked, this, &ReplaceBar::replaceWanted);
    connect(all_, &QToolButton::clicked, this, &ReplaceBar::replaceAllWanted);
    setQuery({});
}

void ReplaceBar::activate() {
    show();
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void ReplaceBar::setQuery(const core::SearchQuery& query) {
    const bool wasOtherKind = query.kind != query_.kind;
    query_ = query;
    form_->setVisible(mayBeText(query.kind));
    if (wasOtherKind || !mayBeText(query.kind))
        form_->setCurrent(mayBeText(query.kind) ? kText : kHex);
    describe();
}

bool ReplaceBar::isHex() const {
    return form_->current() == kHex;
}

void ReplaceBar::setHex(bool hex) {
    form_->setCurrent(hex ? kHex : kText);
    describe();
}

QString ReplaceBar::replacementText() const {
    return field_->text();
}

void ReplaceBar::setReplacementText(const QString& text) {
    field_->setText(text);
}

core::Result<core::Replacement> ReplaceBar::replacement() const {
    return core::makeReplacement(query_, field_->text().toStdString(), isHex());
}

void ReplaceBar::describe() {
    const bool fixedPitch = isHex() || query_.kind == core::SearchKind::Regex;
    field_->setFont(fixedPitch ? fixedFont(font()) : font());
    field_->setPlaceholderText(isHex() ? QStringLiteral("EE $1 {n:4}") : tr("Nothing: delete"));
    const core::Result<core::Replacement> read = replacement();
    // Not told as a fault while one is still writing.
    note_->tell(read || field_->text().isEmpty() ? QString()
                                                 : QString::fromStdString(read.error().reason));
}

void ReplaceBar::showNote(const QString& note) {
    note_->tell(note);
}

void ReplaceBar::showFault(const QString& fault) {
    note_->tellFault(fault);
}

void ReplaceBar::setBusy(bool busy) {
    replace_->setEnabled(!busy);
    all_->setEnabled(!busy);
}

void ReplaceBar::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isReturn || qobject_cast<QAbstractButton*>(focusWidget()) != nullptr)
        return PanelBar::keyPressEvent(event);
    if (!all_->isEnabled())
        return;
    if (event->modifiers() & Qt::ControlModifier)
        emit replaceAllWanted();
    else
        emit replaceWanted();
}

}  // namespace octavo::ui
