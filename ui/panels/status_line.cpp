#include "ui/panels/status_line.h"

#include "ui/panels/number_text.h"
#include "ui/style/theme.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kGap = 5;
constexpr int kHeight = 27;
constexpr int kNoteMs = 6000;
constexpr int kLeastSelection = 120;

QString selectionText(const core::Extent& selection) {
    return StatusLine::tr("%1 – %2, %3", "first and last offset, number of bytes")
        .arg(offsetText(selection.offset), offsetText(selection.end() - 1),
             byteCountText(selection.length));
}

QString offsetPair(core::Offset offset) {
    return StatusLine::tr("%1 (%2)", "offset, hexadecimal and decimal")
        .arg(offsetText(offset), groupedNumber(offset));
}

QString pendingText(std::size_t changes, core::Offset bytes) {
    const auto count = static_cast<core::Offset>(changes);
    if (count == 0)
        return StatusLine::tr("No changes");
    if (count == 1)
        return StatusLine::tr("1 change pending, %1").arg(byteCountText(bytes));
    return StatusLine::tr("%1 changes pending, %2", nullptr, pluralNumber(count))
        .arg(groupedNumber(count), byteCountText(bytes));
}

QString modeText(core::AccessMode mode) {
    switch (mode) {
    case core::AccessMode::ReadOnly:
        return StatusLine::tr("Read-only");
    case core::AccessMode::WriteThrough:
        return StatusLine::tr("Write-through: every edit goes to the file at once");
    case core::AccessMode::Preview:
        break;
    }
    return StatusLine::tr("Preview");
}

}  // namespace

StatusField::StatusField(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusField::setTexts(const QString& label, const QString& value) {
    if (label == label_ && value == value_)
        return;
    label_ = label;
    value_ = value;
    setAccessibleName(text());
    if (isClickable_)
        text().isEmpty() ? unsetCursor() : setCursor(Qt::PointingHandCursor);
    updateGeometry();
    update();
}

QString StatusField::text() const {
    return label_.isEmpty() || value_.isEmpty() ? label_ + value_ : label_ + u' ' + value_;
}

void StatusField::setReserve(const QString& value) {
    reserve_ = value;
    updateGeometry();
}

void StatusField::setBadge(bool badge) {
    badge_ = badge;
    updateGeometry();
    update();
}

void StatusField::setClickable(const QString& what) {
    isClickable_ = true;
    setToolTip(what);
}

void StatusField::enterEvent(QEnterEvent* event) {
    QWidget::enterEvent(event);
    update();
}

void StatusField::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    update();
}

void StatusField::mouseReleaseEvent(QMouseEvent* event) {
    if (isClickable_ && !text().isEmpty() && event->button() == Qt::LeftButton &&
        rect().contains(event->pos()))
        emit clicked();
}

QFont StatusField::valueFont() const {
    QFont font = this->font();
    if (badge_)
        font.setWeight(QFont::DemiBold);
    return font;
}

int StatusField::widthOf(const QString& value) const {
    const int label = QFontMetrics(font()).horizontalAdvance(label_);
    const int gap = label_.isEmpty() || value.isEmpty() ? 0 : kGap;
    return label + gap + QFontMetrics(valueFont()).horizontalAdvance(value);
}

QSize StatusField::sizeHint() const {
    return {std::max(widthOf(value_), widthOf(reserve_)) + 2, kHeight};
}

QSize StatusField::minimumSizeHint() const {
    return sizePolicy().horizontalPolicy() == QSizePolicy::Fixed ? sizeHint() : QSize(0, kHeight);
}

void StatusField::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    const bool isHovered = isClickable_ && underMouse();
    painter.setPen(isHovered ? theme.text : theme.dimText);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, label_);
    const int start = label_.isEmpty() ? 0 : QFontMetrics(font()).horizontalAdvance(label_) + kGap;
    const QFont drawn = valueFont();
    painter.setFont(drawn);
    painter.setPen(badge_ ? theme.pendingBadge : theme.text);
    painter.drawText(rect().adjusted(start, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(drawn).elidedText(value_, Qt::ElideRight, width() - start));
}

StatusLine::StatusLine(QWidget* parent) : QWidget(parent), layout_(new QHBoxLayout(this)) {
    layout_->setContentsMargins(12, 1, 12, 0);
    layout_->setSpacing(20);
    offset_ = addField(tr("Offset"), StatusPart::Offset, tr("Click to go to an offset"));
    size_ = addField(tr("Size"));
    typing_ = addField(tr("Typing"), StatusPart::Typing,
                       tr("Click to insert, or to type over, what is there"));
    mode_ = addField(tr("Access mode"), StatusPart::Mode, tr("Click for another access mode"));
    encoding_ = addField(tr("Encoding"), StatusPart::Encoding, tr("Click for another encoding"));
    selection_ =
        addField(tr("Selection"), StatusPart::Selection, tr("Click to select by start and length"));
    selection_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    note_ = addField(QString());
    pending_ = addField(tr("Pending changes"), StatusPart::Pending,
                        tr("Click to list the pending changes"));
    noteEnd_.setSingleShot(true);
    noteEnd_.setInterval(kNoteMs);
    connect(&noteEnd_, &QTimer::timeout, this, [this] { note_->setTexts({}, {}); });
    showValues(std::nullopt);
}

StatusField* StatusLine::addField(const QString& name) {
    auto* const field = new StatusField(this);
    field->setToolTip(name);
    layout_->addWidget(field);
    return field;
}

StatusField* StatusLine::addField(const QString& name, StatusPart part, const QString& click) {
    StatusField* const field = addField(name);
    field->setClickable(
        tr("%1\n%2", "what a field shows, and what a click on it does").arg(name, click));
    connect(field, &StatusField::clicked, this,
            [this, field, part] { emit clicked(part, field->mapToGlobal(QPoint(0, 0))); });
    return field;
}

void StatusLine::addBackgroundWidget(QWidget* widget) {
    layout_->insertWidget(layout_->indexOf(pending_), widget);
}

void StatusLine::showValues(const std::optional<StatusValues>& values) {
    for (StatusField* const field : {offset_, size_, typing_, mode_, encoding_, selection_})
        field->setTexts({}, {});
    pending_->setBadge(false);
    mode_->setBadge(false);
    pending_->setTexts({}, {});
    if (!values)
        return;
    offset_->setTexts(tr("Offset"), offsetPair(values->caret));
    offset_->setReserve(offsetPair(values->length));
    size_->setTexts(tr("Size"), sizeText(values->length));
    typing_->setTexts(values->insertMode ? tr("Insert") : tr("Overwrite"), {});
    const bool isThrough = values->mode == core::AccessMode::WriteThrough;
    mode_->setBadge(isThrough);
    mode_->setTexts(isThrough ? QString() : modeText(values->mode),
                    isThrough ? modeText(values->mode) : QString());
    encoding_->setTexts(values->encoding, {});
    if (!values->selection.isEmpty())
        selection_->setTexts(tr("Selection"), selectionText(values->selection));
    const QString pending = pendingText(values->changes, values->changedBytes);
    const bool any = values->changes > 0;
    pending_->setBadge(any);
    pending_->setTexts(any ? QString() : pending, any ? pending : QString());
    dropWhatDoesNotFit();
}

void StatusLine::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    dropWhatDoesNotFit();
}

/// In a narrow window the fields that say least make room for what is pending.
void StatusLine::dropWhatDoesNotFit() {
    const QMargins margins = layout_->contentsMargins();
    int room = width() - margins.left() - margins.right();
    for (StatusField* const field : {pending_, offset_, size_, typing_, mode_, encoding_}) {
        room -= field->sizeHint().width() + layout_->spacing();
        field->setVisible(room >= 0);
    }
    selection_->setVisible(room >= kLeastSelection);
}

void StatusLine::showNote(const QString& note) {
    note_->setTexts({}, note);
    noteEnd_.start();
}

QString StatusLine::text() const {
    QStringList texts;
    for (const StatusField* field :
         {offset_, size_, typing_, mode_, encoding_, selection_, note_, pending_})
        if (!field->text().isEmpty())
            texts << field->text();
    return texts.join(QStringLiteral(" | "));
}

}  // namespace octavo::ui
