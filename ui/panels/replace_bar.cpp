#include "ui/panels/replace_bar.h"

#include "core/search/replacement_query.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/segmented_control.h"
#include "ui/style/theme.h"

#include <QAbstractButton>
#include <QEvent>
#include <QFontDatabase>
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
    note_ = new ElidedLabel(Qt::ElideRight, 0, this);
    label->setBuddy(field_);
    field_->setMinimumWidth(kLeastFieldWidth);
    field_->setMaximumWidth(kFieldWidth);
    field_->setAccessibleName(tr("What to put in its place"));
    note_->setTextFormat(Qt::PlainText);
    note_->setMinimumWidth(0);
    note_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
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

QToolButton* ReplaceBar::addButton(const QString& text, const QString& toolTip) {
    auto* const button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    row()->addWidget(button);
    return button;
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
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    field_->setFont(fixedPitch ? fixed : font());
    field_->setPlaceholderText(isHex() ? QStringLiteral("EE $1 {n:4}") : tr("Nothing: delete"));
    const core::Result<core::Replacement> read = replacement();
    // Not told as a fault while one is still writing.
    setNote(read || field_->text().isEmpty() ? QString()
                                             : QString::fromStdString(read.error().reason),
            false);
}

void ReplaceBar::showNote(const QString& note) {
    setNote(note, false);
}

void ReplaceBar::showFault(const QString& fault) {
    setNote(fault, true);
}

void ReplaceBar::setBusy(bool busy) {
    replace_->setEnabled(!busy);
    all_->setEnabled(!busy);
}

void ReplaceBar::setNote(const QString& note, bool isFault) {
    const Theme& theme = Theme::of(palette());
    noteIsFault_ = isFault;
    QPalette colours = note_->palette();
    colours.setColor(QPalette::WindowText, isFault ? theme.warning : theme.dimText);
    note_->setPalette(colours);
    note_->setText(note);
    note_->setToolTip(note);
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

void ReplaceBar::changeEvent(QEvent* event) {
    PanelBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setNote(note_->text(), noteIsFault_);
}

}  // namespace octavo::ui
