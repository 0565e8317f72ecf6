#include "ui/inspector/inspector_panel.h"

#include "ui/inspector/inspector_delegate.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/hex_text.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/note_label.h"
#include "ui/panels/number_text.h"
#include "ui/panels/segmented_control.h"
#include "ui/style/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

namespace octavo::ui {

using core::ByteOrder;
using core::IfSwitchedOff;
using core::Offset;
using State = ValueReading::State;

namespace {

constexpr int kWidth = 350;

ByteOrder orderOf(int segment) {
    return segment == 0 ? ByteOrder::Little : ByteOrder::Big;
}

}  // namespace

InspectorPanel::InspectorPanel(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Inspector"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    buildTable();
    column->addWidget(table_, 1);
    auto* const foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 6);
    note_ = new NoteLabel(this);
    foot->addWidget(note_);
    column->addLayout(foot);
    setFocusProxy(table_);
    connect(&bytes_, &CaretBytes::changed, this, &InspectorPanel::refresh);
    connect(&model_, &InspectorModel::writeWanted, this,
            [this](Offset offset, const core::Bytes& bytes) {
                write(offset, bytes, IfSwitchedOff::Ask);
            });
    refresh();
}

QWidget* InspectorPanel::buildHead() {
    auto* const head = new QWidget(this);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 4, 4);
    row->setSpacing(8);
    auto* const title = new ElidedLabel(Qt::ElideRight, 0, head);
    title->setText(tr("Inspector"));
    orderSwitch_ = new SegmentedControl(head);
    orderSwitch_->setAccessibleName(tr("Order of bytes"));
    orderSwitch_->addSegment(tr("Little-endian"), tr("The lowest byte of a number comes first"));
    orderSwitch_->addSegment(tr("Big-endian"), tr("The highest byte of a number comes first"));
    auto* const close = new IconButton(Icon::Close, tr("Close the inspector"), head);
    row->addWidget(title, 1);
    row->addWidget(orderSwitch_);
    row->addWidget(close);
    connect(orderSwitch_, &SegmentedControl::chosen, this, [this](int segment) {
        setOrder(orderOf(segment));
        emit orderChosen(order());
    });
    connect(close, &IconButton::clicked, this, &InspectorPanel::closeWanted);
    return head;
}

void InspectorPanel::buildTable() {
    table_ = new QTableView(this);
    delegate_ = new InspectorDelegate(table_);
    table_->setModel(&model_);
    table_->setItemDelegate(delegate_);
    table_->setAccessibleName(tr("Values at the caret"));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QTableView::SelectRows);
    table_->setSelectionMode(QTableView::SingleSelection);
    // Only after it was asked whether the document may be edited.
    table_->setEditTriggers(QTableView::NoEditTriggers);
    table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->horizontalHeader()->hide();
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->installEventFilter(this);
    table_->setCurrentIndex(model_.index(0, InspectorModel::Value));
    setRowHeight();
    connect(table_, &QTableView::doubleClicked, this, &InspectorPanel::editCurrent);
    connect(table_, &QTableView::customContextMenuRequested, this, &InspectorPanel::showMenu);
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &InspectorPanel::describeCurrent);
    connect(delegate_, &InspectorDelegate::faultFound, this, [this](const QString& fault) {
        if (fault.isEmpty()) {
            describeCurrent();
        } else {
            note_->tellFault(fault);
        }
    });
    connect(delegate_, &InspectorDelegate::closeEditor, this, &InspectorPanel::describeCurrent);
}

void InspectorPanel::setRowHeight() {
    const QFontMetrics metrics = fontMetrics();
    table_->verticalHeader()->setMinimumSectionSize(1);
    table_->verticalHeader()->setDefaultSectionSize(metrics.height() * 3 / 2);
    int widest = 0;
    for (const ValueKind& kind : valueKinds()) {
        widest = std::max(widest, metrics.horizontalAdvance(kind.name));
    }
    table_->setColumnWidth(InspectorModel::Name, widest + metrics.height());
}

QSize InspectorPanel::sizeHint() const {
    return {kWidth, QWidget::sizeHint().height()};
}

void InspectorPanel::setView(HexView* view) {
    bytes_.setView(view);
}

EditorDocument* InspectorPanel::document() const {
    return bytes_.view() != nullptr ? bytes_.view()->document() : nullptr;
}

void InspectorPanel::setOrder(ByteOrder order) {
    delegate_->cancel();
    model_.setOrder(order);
    orderSwitch_->setCurrent(order == ByteOrder::Little ? 0 : 1);
    describeCurrent();
}

void InspectorPanel::refresh() {
    // What is being written belongs to the bytes it began with.
    delegate_->cancel();
    model_.setBytes(bytes_.known());
    describeCurrent();
}

/// Which bytes the current row was read from.
void InspectorPanel::describeCurrent() {
    const std::optional<CaretBytes::Known>& known = model_.bytes();
    if (!known) {
        return note_->tell({});
    }
    const int row = table_->currentIndex().row();
    const ValueReading& reading = model_.reading(row);
    if (reading.state == State::Value) {
        return note_->tell(
            tr("%1: %2").arg(offsetText(known->offset),
                             formatHex(core::ByteSpan(known->bytes).first(reading.length))));
    }
    if (reading.state == State::NoValue) {
        return note_->tell(tr("%1: %2").arg(offsetText(known->offset), formatHex(known->bytes)));
    }
    const auto least = static_cast<Offset>(valueKinds()[static_cast<std::size_t>(row)].leastBytes);
    const QString there = groupedNumber(static_cast<Offset>(known->bytes.size()));
    note_->tell(
        known->isUnreadable
            ? tr("Takes %1; only %2 can be read here").arg(byteCountText(least), there)
            : tr("Takes %1; up to the end there are only %2").arg(byteCountText(least), there));
}

// ---- Editing

void InspectorPanel::editCurrent() {
    const QModelIndex index = table_->currentIndex().siblingAtColumn(InspectorModel::Value);
    if (document() == nullptr || !document()->mayEdit()) {
        return;
    }
    if (!bytes_.isCurrent()) {
        return note_->tellFault(tr("The bytes at the caret are still being read"));
    }
    if (!model_.flags(index).testFlag(Qt::ItemIsEditable)) {
        describeCurrent();
        return note_->tellFault(note_->text());
    }
    table_->setFocus();
    table_->setCurrentIndex(index);
    table_->edit(index);
}

void InspectorPanel::write(Offset offset, const core::Bytes& bytes, IfSwitchedOff answer) {
    if (document() == nullptr) {
        return;
    }
    const core::Status status = document()->document().overwrite(offset, bytes, answer);
    if (status) {
        return;
    }
    if (status.error().code != core::ErrorCode::SwitchedOff || answer != IfSwitchedOff::Ask) {
        return document()->refuse(status.error());
    }
    document()->askSwitchedOff(
        [self = QPointer(this), asked = QPointer(document()), offset, bytes](IfSwitchedOff given) {
            if (self != nullptr && self->document() == asked) {
                self->write(offset, bytes, given);
            }
        });
}

void InspectorPanel::copyCurrent() {
    const QString plain = model_.reading(table_->currentIndex().row()).plain;
    if (!plain.isEmpty()) {
        QGuiApplication::clipboard()->setText(plain);
    }
}

void InspectorPanel::showMenu(const QPoint& position) {
    const bool hasValue = !model_.reading(table_->currentIndex().row()).plain.isEmpty();
    QMenu menu(this);
    menu.addAction(tr("&Edit value\tF2"), this, &InspectorPanel::editCurrent);
    menu.addAction(tr("&Copy value\tCtrl+C"), this, &InspectorPanel::copyCurrent)
        ->setEnabled(hasValue);
    menu.exec(table_->viewport()->mapToGlobal(position));
}

// ---- Events

bool InspectorPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress || delegate_->isEditing()) {
        return QWidget::eventFilter(watched, event);
    }
    auto* const key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Copy)) {
        copyCurrent();
        return true;
    }
    switch (key->key()) {
    case Qt::Key_F2:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier) {
            editCurrent();
            return true;
        }
        break;
    case Qt::Key_Escape:
        emit leaveWanted();
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void InspectorPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    bytes_.setActive(true);
}

void InspectorPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    bytes_.setActive(false);
}

void InspectorPanel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, 1, height()), theme.line);
}

void InspectorPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && table_ != nullptr) {
        setRowHeight();
    }
}

}  // namespace octavo::ui
