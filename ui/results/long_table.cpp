#include "ui/results/long_table.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTableView>
#include <QWheelEvent>

#include <algorithm>

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
    if (index.isValid())
        view_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                            QItemSelectionModel::Rows);
    else
        view_->selectionModel()->clear();
    isMirroring_ = false;
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

void LongTable::choose(std::uint64_t number) {
    if (model_ == nullptr || model_->total() == 0)
        return;
    setCurrent(number);
    emit chosen(*current_);
}

bool LongTable::handleKey(int key) {
    const std::uint64_t now = current_.value_or(top_);
    const auto page = static_cast<std::uint64_t>(fullRows());
    switch (key) {
    case Qt::Key_Up:
        choose(current_ ? now - std::min<std::uint64_t>(now, 1) : now);
        return true;
    case Qt::Key_Down:
        choose(current_ ? now + 1 : now);
        return true;
    case Qt::Key_PageUp:
        choose(now - std::min(now, page));
        return true;
    case Qt::Key_PageDown:
        choose(now + page);
        return true;
    case Qt::Key_Home:
        choose(0);
        return true;
    case Qt::Key_End:
        choose(lastRow());
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

bool LongTable::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_ && event->type() == QEvent::KeyPress) {
        auto* const key = static_cast<QKeyEvent*>(event);
        const auto others = Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier;
        if (!(key->modifiers() & others) && handleKey(key->key()))
            return true;
    }
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
