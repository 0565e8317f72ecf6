#include "ui/panels/find_bar.h"

#include "ui/panels/number_text.h"
#include "ui/panels/segmented_control.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QToolButton>

namespace octavo::ui {

namespace {

constexpr int kFieldWidth = 360;
constexpr int kProgressWidth = 140;
constexpr int kProgressSteps = 1000;

void keepPlaceWhenHidden(QWidget* widget) {
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
    widget->hide();
}

}  // namespace

FindBar::FindBar(QWidget* parent)
    : PanelBar(parent)
    , kind_(new SegmentedControl(this))
    , field_(new QLineEdit(this))
    , note_(new QLabel(this))
    , progress_(new QProgressBar(this)) {
    kind_->addSegment(tr("Hex"), tr("Bytes as hexadecimal digits; ? stands for any digit"));
    kind_->addSegment(tr("Text"), tr("Text, sought as UTF-8"));
    field_->setMinimumWidth(160);
    field_->setMaximumWidth(kFieldWidth);
    field_->setAccessibleName(tr("What to find"));
    note_->setTextFormat(Qt::PlainText);
    note_->setMinimumWidth(0);
    note_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    progress_->setTextVisible(false);
    progress_->setFixedWidth(kProgressWidth);
    progress_->setAccessibleName(tr("Progress of the search"));

    row()->addWidget(kind_);
    row()->addWidget(field_, 3);
    row()->addWidget(note_, 2);
    row()->addWidget(progress_);
    stop_ = addButton(tr("Stop"), tr("Stop the search"));
    previous_ = addButton(tr("Previous"), tr("Find the match before (Shift+F3)"));
    next_ = addButton(tr("Next"), tr("Find the next match (F3)"));
    addCloseButton();
    keepPlaceWhenHidden(progress_);
    keepPlaceWhenHidden(stop_);
    setKind(Kind::Hex);

    connect(kind_, &SegmentedControl::chosen, this, [this](int segment) {
        setKind(static_cast<Kind>(segment));
        emit patternEdited();
    });
    connect(field_, &QLineEdit::textChanged, this, [this] {
        describePattern();
        emit patternEdited();
    });
    connect(stop_, &QToolButton::clicked, this, &FindBar::stopWanted);
    connect(previous_, &QToolButton::clicked, this, [this] { emit findWanted(true); });
    connect(next_, &QToolButton::clicked, this, [this] { emit findWanted(false); });
}

QToolButton* FindBar::addButton(const QString& text, const QString& toolTip) {
    auto* const button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    row()->addWidget(button);
    return button;
}

void FindBar::activate() {
    show();
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

FindBar::Kind FindBar::kind() const {
    return static_cast<Kind>(kind_->current());
}

void FindBar::setKind(Kind kind) {
    kind_->setCurrent(static_cast<int>(kind));
    const bool hex = kind == Kind::Hex;
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    field_->setFont(hex ? fixed : font());
    field_->setPlaceholderText(hex ? tr("7F 45 4C 46 0? ??") : tr("Text"));
    describePattern();
}

QString FindBar::patternText() const {
    return field_->text();
}

void FindBar::setPatternText(const QString& text) {
    field_->setText(text);
}

core::Result<core::Pattern> FindBar::pattern() const {
    const std::string text = field_->text().toStdString();
    return kind() == Kind::Hex ? core::Pattern::fromHex(text) : core::Pattern::fromText(text);
}

void FindBar::describePattern() {
    if (field_->text().isEmpty())
        return setNote({}, false);
    const core::Result<core::Pattern> read = pattern();
    // Not told as a fault while one is still writing: half a byte is on its way to a whole one.
    setNote(read ? byteCountText(read->length()) : QString::fromStdString(read.error().reason),
            false);
}

void FindBar::showNote(const QString& note) {
    setNote(note, false);
}

void FindBar::showFault(const QString& fault) {
    setNote(fault, true);
}

void FindBar::setNote(const QString& note, bool isFault) {
    const Theme& theme = Theme::of(palette());
    noteIsFault_ = isFault;
    QPalette colours = note_->palette();
    colours.setColor(QPalette::WindowText, isFault ? theme.warning : theme.dimText);
    note_->setPalette(colours);
    note_->setText(note);
    note_->setToolTip(note);
}

void FindBar::setRunning(bool running) {
    progress_->setVisible(running);
    stop_->setVisible(running);
    progress_->setRange(0, 0);
}

void FindBar::setProgress(core::Offset done, core::Offset total) {
    if (total <= 0)
        return progress_->setRange(0, 0);
    progress_->setRange(0, kProgressSteps);
    progress_->setValue(
        static_cast<int>(static_cast<double>(done) / static_cast<double>(total) * kProgressSteps));
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && field_->hasFocus())
        emit findWanted(event->modifiers() & Qt::ShiftModifier);
    else
        PanelBar::keyPressEvent(event);
}

void FindBar::changeEvent(QEvent* event) {
    PanelBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setNote(note_->text(), noteIsFault_);
}

}  // namespace octavo::ui
