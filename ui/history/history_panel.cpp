#include "ui/history/history_panel.h"

#include "ui/history/history_delegate.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/flat_button.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/number_text.h"
#include "ui/results/long_table.h"
#include "ui/results/name_field.h"
#include "ui/style/theme.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

namespace octavo::ui {

namespace {

constexpr int kLeastStatusWidth = 120;
constexpr int kCellPadding = 20;
constexpr int kBranchColumn = 84;

}  // namespace

HistoryPanel::HistoryPanel(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("History"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    buildTable();
    column->addWidget(table_, 1);
    setFocusProxy(table_);
    connect(&model_, &HistoryTableModel::totalChanged, this, &HistoryPanel::refresh);
    connect(&model_, &HistoryTableModel::moved, this, &HistoryPanel::showCurrent);
    refresh();
}

HistoryPanel::~HistoryPanel() {
    model_.disconnect(this);
    model_.setDocument(nullptr);
}

QWidget* HistoryPanel::buildHead() {
    auto* const head = new QWidget(this);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 4, 4);
    row->setSpacing(8);
    status_ = new ElidedLabel(Qt::ElideRight, kLeastStatusWidth, head);
    status_->setTextFormat(Qt::PlainText);
    status_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(status_, 1);
    auto* const name = new FlatButton(tr("Name"), tr("Name the step (F2)"), head);
    auto* const close = new IconButton(Icon::Close, tr("Close (Esc)"), head);
    row->addWidget(name);
    row->addWidget(close);
    connect(name, &QToolButton::clicked, this, &HistoryPanel::editName);
    connect(close, &IconButton::clicked, this, &HistoryPanel::closeWanted);
    return head;
}

void HistoryPanel::buildTable() {
    table_ = new LongTable(this);
    table_->setModel(&model_);
    QTableView& view = table_->view();
    view.setItemDelegate(new HistoryDelegate(table_));
    view.setAccessibleName(tr("Steps"));
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    name_ = new NameField(view.viewport());
    connect(table_, &LongTable::chosen, this, [this](quint64 number) {
        if (number < model_.total())
            emit stepChosen(static_cast<core::StepId>(number));
    });
    connect(table_, &LongTable::activated, this, &HistoryPanel::activated);
    connect(name_, &NameField::named, this,
            [this](quint32 id, const QString& name) { emit nameWanted(id, name); });
    connect(name_, &NameField::ended, table_, qOverload<>(&QWidget::setFocus));
    QHeaderView& header = *view.horizontalHeader();
    header.setStretchLastSection(false);
    header.setSectionResizeMode(HistoryTableModel::Step, QHeaderView::Stretch);
    setColumnWidths();
}

void HistoryPanel::setColumnWidths() {
    const QFontMetrics metrics(font());
    const auto wide = [&](const QString& text) {
        return metrics.horizontalAdvance(text) + kCellPadding;
    };
    QTableView& view = table_->view();
    view.setColumnWidth(HistoryTableModel::Branch, kBranchColumn);
    view.setColumnWidth(HistoryTableModel::State, wide(tr("shown now, as in the file")));
    view.setColumnWidth(HistoryTableModel::Edits, wide(QStringLiteral("0 000 000")));
    view.setColumnWidth(HistoryTableModel::Offset, wide(QStringLiteral("0x0000000000")));
    view.setColumnWidth(HistoryTableModel::Time, wide(QStringLiteral("00/00/00, 00:00:00")));
}

void HistoryPanel::setDocument(EditorDocument* document) {
    name_->finish();
    model_.setDocument(document);
}

// ---- What is shown

void HistoryPanel::showCurrent() {
    if (model_.total() > 0)
        table_->setCurrent(model_.rows().current());
    else
        table_->setCurrent(std::nullopt);
}

QString HistoryPanel::statusText() const {
    if (model_.total() == 0)
        return {};
    const auto steps = static_cast<core::Offset>(model_.rows().count()) - 1;
    if (steps == 0)
        return tr("No steps: nothing was edited yet, or a flush gave undo up");
    const QString text =
        steps == 1 ? tr("1 step")
                   : tr("%1 steps", nullptr, pluralNumber(steps)).arg(groupedNumber(steps));
    const auto undone = static_cast<core::Offset>(model_.rows().undone());
    return undone == 0 ? text : tr("%1, %2 undone").arg(text, groupedNumber(undone));
}

void HistoryPanel::refresh() {
    const QString text = statusText();
    status_->setText(text);
    status_->setToolTip(text);
    placeName();
}

// ---- Names

void HistoryPanel::editName() {
    const std::optional<std::uint64_t> current = table_->current();
    // The beginning is no step.
    if (!current || *current == core::kFirstStep || *current >= model_.total())
        return;
    table_->setCurrent(current);  // so that it is seen
    const auto step = static_cast<core::StepId>(*current);
    const core::History::Step made = model_.document()->document().history().step(step);
    name_->begin(step, QString::fromUtf8(made.name.data(), qsizetype(made.name.size())),
                 nameCell(*current));
}

QRect HistoryPanel::nameCell(std::uint64_t number) const {
    const std::uint64_t top = table_->topRow();
    return number < top ? QRect()
                        : table_->view().visualRect(model_.index(static_cast<int>(number - top),
                                                                 HistoryTableModel::Step));
}

/// The field goes along with its row, and ends where that is not seen any more.
void HistoryPanel::placeName() {
    if (name_->id() == 0)
        return;
    const QRect place = name_->id() < model_.total() ? nameCell(name_->id()) : QRect();
    if (place.isEmpty())
        name_->finish();
    else
        name_->setGeometry(place);
}

void HistoryPanel::showMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    QAction* const name = menu.addAction(tr("Name…"), Qt::Key_F2, this, &HistoryPanel::editName);
    name->setEnabled(table_->current().value_or(0) != core::kFirstStep);
    menu.exec(globalPosition);
}

// ---- Keys

/// F2 is the list's as long as it has the keyboard, and the grid's otherwise.
bool HistoryPanel::eventFilter(QObject* watched, QEvent* event) {
    QTableView& view = table_->view();
    if (event->type() == QEvent::ContextMenu) {
        const auto& menu = static_cast<const QContextMenuEvent&>(*event);
        const QRect row = view.visualRect(view.currentIndex());
        showMenu(menu.reason() == QContextMenuEvent::Mouse
                     ? menu.globalPos()
                     : view.viewport()->mapToGlobal(row.isValid() ? row.bottomLeft() : QPoint()));
        return true;
    }
    const bool isKey =
        event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched == &view && isKey) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (key.key() == Qt::Key_F2 && key.modifiers() == Qt::NoModifier) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                editName();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void HistoryPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        emit closeWanted();
    else
        QWidget::keyPressEvent(event);
}

void HistoryPanel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

void HistoryPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setColumnWidths();
}

}  // namespace octavo::ui
