#include "ui/results/long_table.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelection>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTableView>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace octavo::ui {

using core::Offset;

namespace {

/// A table that chooses no row by itself when it gets the keyboard.
class CalmTable final : public QTableView {
public:
    using QTableView::QTableView;

protected:
    void focusInEvent(QFocusEvent* event) override {
        QAbstractScrollArea::focusInEvent(event);  // NOLINT(bugprone-parent-virtual-call)
        viewport()->update();
    }
};

/// Text with a little air.
int rowHeightFor(const QWidget& widget) {
    return widget.fontMetrics().height() * 3 / 2;
}

}  // namespace

LongTable::LongTable(QWidget* parent)
    : QWidget(parent), view_(new CalmTable(this)), bar_(new QScrollBar(Qt::Vertical, this)) {
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(view_, 1);
    row->addWidget(bar_);
    setFocusProxy(view_);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setShowGrid(false);
    view_->setSelectionBehavior(QTableView::SelectRows);
    view_->setSelectionMode(QTableView::SingleSelection);
    view_->setEditTriggers(QTableView::NoEditTriggers);
    view_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setAutoScroll(false);
    view_->setWordWrap(false);
    view_->setTabKeyNavigation(false);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view_->horizontalHeader()->setStretchLastSection(true);
    view_->installEventFilter(this);
    view_->viewport()->installEventFilter(this);
    bar_->setSingleStep(1);
    connect(bar_, &QScrollBar::valueChanged, this,
            [this](int value) { setTopRow(static_cast<std::uint64_t>(mapper_.topFor(value))); });
    connect(view_, &QTableView::doubleClicked, this, [this] {
        if (current_)
            emit activated(*current_);
    });
    updateRows();
}

void LongTable::setModel(LongTableModel* model) {
    if (model_ != nullptr)
        model_->disconnect(this);
    model_ = model;
    top_ = 0;
    current_.reset();
    selection_ = {};
    view_->setModel(model);
    if (model == nullptr)
        return;
    connect(model, &LongTableModel::totalChanged, this, &LongTable::updateWindow);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (!isMirroring_ && index.isValid())
                    choose(top_ + static_cast<std::uint64_t>(index.row()));
            });
    updateWindow();
}

std::uint64_t LongTable::lastRow() const {
    const std::uint64_t total = model_ != nullptr ? model_->total() : 0;
    return total > 0 ? total - 1 : 0;
}

int LongTable::fullRows() const {
    const int height = view_->verticalHeader()->defaultSectionSize();
    return std::max(1, view_->viewport()->height() / height);
}

void LongTable::updateRows() {
    view_->verticalHeader()->setMinimumSectionSize(1);
    view_->verticalHeader()->setDefaultSectionSize(rowHeightFor(*this));
    updateWindow();
}

void LongTable::updateWindow() {
    if (model_ == nullptr)
        return;
    const auto total = static_cast<Offset>(
        std::min(model_->total(), static_cast<std::uint64_t>(core::kMaxLength)));
    mapper_ = ScrollMapper(std::max<Offset>(total, 1), fullRows());
    top_ = std::min(top_, static_cast<std::uint64_t>(mapper_.lastTop()));
    {
        const QSignalBlocker silence(bar_);
        bar_->setRange(0, mapper_.range());
        bar_->setPageStep(mapper_.pageStep());
        bar_->setValue(mapper_.valueFor(static_cast<Offset>(top_)));
    }
    bar_->setVisible(mapper_.lastTop() > 0);
    model_->show(top_, fullRows() + 1);
    selection_.cut(model_->total());
    mirrorCurrent();
}

void LongTable::setTopRow(std::uint64_t row) {
    top_ = row;
    updateWindow();
}

/// Tells Qt's idea of a current row, which knows the window alone.
void LongTable::mirrorCurrent() {
    isMirroring_ = true;
    QModelIndex index;
    if (current_ && *current_ >= top_ &&
        *current_ - top_ < static_cast<std::uint64_t>(model_->rowCount()))
        index = model_->index(static_cast<int>(*current_ - top_), 0);
    if (isSeveral_)
        mirrorSelection(index);
    else if (index.isValid())
        view_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                            QItemSelectionModel::Rows);
    else
        view_->selectionModel()->clear();
    isMirroring_ = false;
}

void LongTable::mirrorSelection(const QModelIndex& current) {
    QItemSelection shown;
    const auto rows = static_cast<std::uint64_t>(model_->rowCount());
    if (rows > 0)
        for (const RowRange& part : selection_.in({top_, top_ + rows - 1}))
            shown.select(model_->index(static_cast<int>(part.first - top_), 0),
                         model_->index(static_cast<int>(part.last - top_), 0));
    view_->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    view_->selectionModel()->select(shown, QItemSelectionModel::ClearAndSelect |
                                               QItemSelectionModel::Rows);
}

void LongTable::setSelection(RowSelection selection, std::optional<std::uint64_t> current) {
    selection_ = std::move(selection);
    current_ = current;
    anchor_ = current_.value_or(0);
    updateWindow();
}

void LongTable::setCurrent(std::optional<std::uint64_t> number) {
    current_ = number;
    if (current_) {
        current_ = std::min(*current_, lastRow());
        const auto rows = static_cast<std::uint64_t>(fullRows());
        if (*current_ < top_)
            top_ = *current_;
        else if (*current_ - top_ >= rows)
            top_ = *current_ - rows + 1;
    }
    updateWindow();
}

void LongTable::choose(std::uint64_t number, How how) {
    if (model_ == nullptr || model_->total() == 0)
        return;
    if (how == How::Extend && !current_)
        how = How::Alone;
    current_ = std::min(number, lastRow());
    if (isSeveral_)
        select(how);
    setCurrent(current_);
    if (isSeveral_)
        emit selectionChanged();
    emit chosen(*current_);
}

/// Chooses rows now that the current one is another.
void LongTable::select(How how) {
    const std::uint64_t row = *current_;
    if (how == How::Alone)
        selection_ = RowSelection({row, row});
    else if (how == How::Extend)
        selection_ = RowSelection({std::min(anchor_, row), std::max(anchor_, row)});
    else if (how == How::Toggle)
        selection_.toggle(row);
    if (how != How::Extend)
        anchor_ = row;
}

void LongTable::selectAll() {
    if (model_->total() == 0)
        return;
    selection_ = RowSelection({0, lastRow()});
    if (!current_)
        current_ = top_;
    anchor_ = *current_;
    updateWindow();
    emit selectionChanged();
}

bool LongTable::handleKey(int key, How how) {
    const std::uint64_t now = current_.value_or(top_);
    const auto page = static_cast<std::uint64_t>(fullRows());
    switch (key) {
    case Qt::Key_Up:
        choose(current_ ? now - std::min<std::uint64_t>(now, 1) : now, how);
        return true;
    case Qt::Key_Down:
        choose(current_ ? now + 1 : now, how);
        return true;
    case Qt::Key_PageUp:
        choose(now - std::min(now, page), how);
        return true;
    case Qt::Key_PageDown:
        choose(now + page, how);
        return true;
    case Qt::Key_Home:
        choose(0, how);
        return true;
    case Qt::Key_End:
        choose(lastRow(), how);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current_)
            emit activated(*current_);
        return true;
    default:
        return false;
    }
}

/// True for keys of more than one row that would be shortcuts otherwise.
bool LongTable::isTaken(const QKeyEvent& event) const {
    return isSeveral_ && event.modifiers() == Qt::ControlModifier &&
           (event.key() == Qt::Key_A || event.key() == Qt::Key_Space);
}

std::optional<std::uint64_t> LongTable::rowAt(int y) const {
    const int row = view_->rowAt(y);
    return row < 0 ? std::nullopt : std::optional(top_ + static_cast<std::uint64_t>(row));
}

/// Qt's own way with several rows knows those of the window alone.
bool LongTable::handleMouse(QMouseEvent* event) {
    if (event->type() == QEvent::MouseButtonRelease) {
        isDragging_ = false;
        return true;
    }
    const std::optional<std::uint64_t> row = rowAt(event->position().toPoint().y());
    if (event->type() == QEvent::MouseMove) {
        if (isDragging_ && row && row != current_)
            choose(*row, How::Extend);
        return true;
    }
    if (!row)
        return true;
    if (event->button() == Qt::RightButton) {
        // A menu is for what is chosen, or for what it was opened on.
        if (!selection_.contains(*row))
            choose(*row);
        return true;
    }
    if (event->button() != Qt::LeftButton)
        return true;
    const bool isBox =
        boxColumn_ >= 0 && view_->columnAt(event->position().toPoint().x()) == boxColumn_;
    if (isBox) {
        emit boxClicked(*row);
    } else if (event->type() == QEvent::MouseButtonDblClick) {
        emit activated(*row);
    } else {
        isDragging_ = !(event->modifiers() & Qt::ControlModifier);
        choose(*row, event->modifiers() & Qt::ShiftModifier     ? How::Extend
                     : event->modifiers() & Qt::ControlModifier ? How::Toggle
                                                                : How::Alone);
    }
    return true;
}

bool LongTable::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_ && event->type() == QEvent::ShortcutOverride &&
        isTaken(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    if (watched == view_ && event->type() == QEvent::KeyPress) {
        auto* const key = static_cast<QKeyEvent*>(event);
        if (isTaken(*key) && key->key() == Qt::Key_A) {
            selectAll();
            return true;
        }
        if (isTaken(*key)) {
            choose(current_.value_or(top_), How::Toggle);
            return true;
        }
        How how = How::Alone;
        if (isSeveral_ && key->modifiers() & Qt::ShiftModifier)
            how = How::Extend;
        else if (isSeveral_ && key->modifiers() & Qt::ControlModifier)
            how = How::Move;
        const auto others =
            (isSeveral_ ? Qt::NoModifier : Qt::ShiftModifier) | Qt::AltModifier | Qt::MetaModifier;
        if (!(key->modifiers() & others) && handleKey(key->key(), how))
            return true;
    }
    if (watched == view_->viewport() && isSeveral_ && event->type() >= QEvent::MouseButtonPress &&
        event->type() <= QEvent::MouseMove)
        return handleMouse(static_cast<QMouseEvent*>(event));
    if (watched == view_->viewport() && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &LongTable::updateWindow, Qt::QueuedConnection);
    if (watched == view_->viewport() && event->type() == QEvent::Wheel) {
        auto* const wheel = static_cast<QWheelEvent*>(event);
        const QPoint pixels = wheel->pixelDelta();
        const int height = view_->verticalHeader()->defaultSectionSize();
        const int rows = !pixels.isNull() ? wheel_.takePixels(pixels.y(), height)
                                          : wheel_.takeAngle(wheel->angleDelta().y(),
                                                             QApplication::wheelScrollLines());
        if (rows != 0)
            setTopRow(static_cast<std::uint64_t>(mapper_.moved(static_cast<Offset>(top_), rows)));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LongTable::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateRows();
}

}  // namespace octavo::ui
