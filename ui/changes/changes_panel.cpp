#include "ui/changes/changes_panel.h"

#include "ui/changes/change_delegate.h"
#include "ui/changes/change_text.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/flat_button.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/number_text.h"
#include "ui/results/long_table.h"
#include "ui/results/name_field.h"
#include "ui/style/fixed_font.h"
#include "ui/style/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kFilterWidth = 180;
constexpr int kLeastStatusWidth = 120;
constexpr int kFilterAfterMs = 200;
constexpr int kCellPadding = 20;
constexpr int kBoxWidth = 40;

}  // namespace

ChangesPanel::ChangesPanel(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Changes"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    buildTable();
    column->addWidget(table_, 1);
    column->addWidget(empty_, 1);
    connect(&model_, &ChangeTableModel::totalChanged, this, &ChangesPanel::refresh);
    refresh();
}

ChangesPanel::~ChangesPanel() {
    chosen_->setList(nullptr);
    model_.setList(nullptr);
}

// ---- Parts

QWidget* ChangesPanel::buildHead() {
    auto* const head = new QWidget(this);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 4, 4);
    row->setSpacing(8);
    status_ = new ElidedLabel(Qt::ElideRight, kLeastStatusWidth, head);
    status_->setTextFormat(Qt::PlainText);
    status_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(status_, 1);
    buildCommands(head);
    filter_ = new QLineEdit(head);
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setClearButtonEnabled(true);
    filter_->findChild<QToolButton*>()->setAccessibleName(tr("Clear the filter"));
    filter_->setMaximumWidth(kFilterWidth);
    filter_->setMinimumWidth(kFilterWidth / 2);
    filter_->setAccessibleName(tr("Filter"));
    filter_->setToolTip(
        tr("Show only changes with this in their name, of this kind (inserted), "
           "that are on, off or kept, of this step (#7), or that stand here (0x100, 0x100-0x200)"));
    filterSoon_ = new QTimer(this);
    filterSoon_->setSingleShot(true);
    filterSoon_->setInterval(kFilterAfterMs);
    auto* const close = new IconButton(Icon::Close, tr("Close (Esc)"), head);
    row->addWidget(filter_);
    row->addWidget(close);
    connect(close, &IconButton::clicked, this, &ChangesPanel::closeWanted);
    connect(filter_, &QLineEdit::textChanged, this, [this] { filterSoon_->start(); });
    connect(filterSoon_, &QTimer::timeout, this, [this] {
        if (list_) {
            list_->setFilter(filter_->text().trimmed());
        }
    });
    return head;
}

void ChangesPanel::buildCommands(QWidget* head) {
    addCommand(tr("On/off"), tr("Switch the chosen changes off, or on again"), Qt::Key_Space,
               &ChangesPanel::switchChosen);
    addCommand(tr("Keep"), tr("Mark the chosen changes as decided for, or take the mark away"),
               Qt::Key_K, &ChangesPanel::keepChosen);
    addCommand(tr("Revert"), tr("Give the chosen changes up; Undo brings them back"),
               Qt::Key_Delete, &ChangesPanel::revertChosen);
    addCommand(tr("Flush"), tr("Write the chosen changes, and no others, into the file"), {},
               &ChangesPanel::flushChosen);
    addCommand(tr("Copy"), tr("Copy the chosen changes as text, one a line"), Qt::CTRL | Qt::Key_C,
               &ChangesPanel::copyChosen);
    for (QAction* const command : commands_) {
        const QString keys = command->shortcut().toString(QKeySequence::NativeText);
        auto* const button = new FlatButton(
            command->text(),
            keys.isEmpty() ? command->toolTip() : tr("%1 (%2)").arg(command->toolTip(), keys),
            head);
        connect(button, &QToolButton::clicked, command, &QAction::trigger);
        connect(command, &QAction::changed, button,
                [button, command] { button->setEnabled(command->isEnabled()); });
        head->layout()->addWidget(button);
    }
}

/// The key is heard in the list alone: see eventFilter().
QAction* ChangesPanel::addCommand(const QString& text, const QString& toolTip,
                                  const QKeySequence& key, void (ChangesPanel::*act)()) {
    auto* const command = new QAction(text, this);
    command->setToolTip(toolTip);
    command->setShortcut(key);
    connect(command, &QAction::triggered, this, act);
    commands_.push_back(command);
    return command;
}

void ChangesPanel::buildTable() {
    table_ = new LongTable(this);
    table_->setModel(&model_);
    table_->allowSeveral();
    table_->setBoxColumn(ChangeTableModel::On);
    QTableView& view = table_->view();
    view.setItemDelegate(new ChangeDelegate(table_));
    view.setAccessibleName(tr("Changes"));
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    chosen_ = new ChosenChanges(*table_, this);
    name_ = new NameField(view.viewport());
    const auto tell = [this](quint64 number, void (ChangesPanel::*signal)(const ChangeRow&)) {
        if (const std::optional<ChangeRow> row = model_.rowOf(number)) {
            emit(this->*signal)(*row);
        }
    };
    connect(table_, &LongTable::chosen, this,
            [tell](quint64 number) { tell(number, &ChangesPanel::changeChosen); });
    connect(table_, &LongTable::activated, this,
            [tell](quint64 number) { tell(number, &ChangesPanel::changeActivated); });
    connect(table_, &LongTable::boxClicked, this, &ChangesPanel::switchRow);
    connect(table_, &LongTable::selectionChanged, this, &ChangesPanel::refresh);
    connect(chosen_, &ChosenChanges::moved, this, &ChangesPanel::refresh);
    connect(name_, &NameField::named, this, &ChangesPanel::nameWanted);
    connect(name_, &NameField::ended, table_, qOverload<>(&QWidget::setFocus));
    QHeaderView& header = *view.horizontalHeader();
    header.setSectionsClickable(true);
    header.setSortIndicatorShown(true);
    header.setStretchLastSection(false);
    header.setSectionResizeMode(ChangeTableModel::Bytes, QHeaderView::Stretch);
    connect(&header, &QHeaderView::sectionClicked, this, &ChangesPanel::sortBy);
    empty_ = new QLabel(this);
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setTextFormat(Qt::PlainText);
    empty_->setFocusPolicy(Qt::StrongFocus);
    setColumnWidths();
}

void ChangesPanel::setColumnWidths() {
    const int digit = QFontMetrics(fixedFont(font())).horizontalAdvance(QLatin1Char('0'));
    const QFontMetrics words(font());
    const auto digits = [&](int count) { return count * digit + kCellPadding; };
    const auto wide = [&](const QString& text) {
        return words.horizontalAdvance(text) + kCellPadding;
    };
    QTableView& view = table_->view();
    view.horizontalHeader()->setMinimumSectionSize(kBoxWidth);
    view.setColumnWidth(ChangeTableModel::On, std::max(kBoxWidth, wide(tr("On")) + kCellPadding));
    view.setColumnWidth(ChangeTableModel::Offset, digits(12));
    view.setColumnWidth(
        ChangeTableModel::Kind,
        wide(tr("%1, %2").arg(kindText(core::ChangeKind::Overwritten), keptWord())));
    view.setColumnWidth(ChangeTableModel::Size, digits(10));
    view.setColumnWidth(ChangeTableModel::Name, digits(12));
    view.setColumnWidth(ChangeTableModel::Step, digits(14));
    view.setColumnWidth(ChangeTableModel::Time, digits(9));
}

void ChangesPanel::setList(std::unique_ptr<ChangeList> list) {
    chosen_->setList(nullptr);
    model_.setList(nullptr);
    list_ = std::move(list);
    {
        const QSignalBlocker silence(filter_);
        filter_->clear();
    }
    filterSoon_->stop();
    if (list_) {
        connect(&list_->document(), &EditorDocument::contentChanged, list_.get(),
                [this] { refresh(); });
        connect(list_.get(), &ChangeList::workingChanged, this, &ChangesPanel::refresh);
    }
    chosen_->setList(list_.get());
    model_.setList(list_.get());
    table_->setTopRow(0);
    table_->view().horizontalHeader()->setSortIndicator(ChangeTableModel::Offset,
                                                        Qt::AscendingOrder);
    refresh();
}

// ---- What is shown

QString ChangesPanel::statusText() const {
    if (!list_) {
        return {};
    }
    const core::Document::Pending pending = list_->document().document().pending();
    QString text = totalsText(pending);
    const auto shown = static_cast<core::Offset>(list_->listing()->count());
    if (!list_->filter().isEmpty()) {
        text = tr("%1 shown of %2").arg(groupedNumber(shown), text);
    }
    const std::uint64_t chosen = table_->selection().count();
    if (chosen > 1) {
        text = tr("%1; %2 chosen").arg(text, groupedNumber(static_cast<core::Offset>(chosen)));
    }
    return text;
}

void ChangesPanel::refresh() {
    const QString text = statusText();
    status_->setText(text);
    status_->setToolTip(text);
    for (QAction* const command : commands_) {
        command->setEnabled(!table_->selection().isEmpty());
    }
    placeName();
    const bool any = model_.total() > 0;
    showRows(any);
    if (any) {
        return;
    }
    const bool isEmpty = list_ && !list_->document().document().hasChanges();
    empty_->setText(isEmpty ? tr("No pending changes.\nWhat you type, insert, delete or paste is "
                                 "listed here until it is flushed.")
                    : list_ && list_->isWorking() ? tr("Listing changes …")
                                                  : tr("No change fits the filter."));
}

/// Rows, or a word why there are none; the keyboard stays with what is shown.
void ChangesPanel::showRows(bool any) {
    QWidget* const shown = any ? static_cast<QWidget*>(table_) : empty_;
    QWidget* const hidden = any ? static_cast<QWidget*>(empty_) : table_;
    const bool hadFocus = hidden->hasFocus() || (!any && table_->view().hasFocus());
    shown->show();
    setFocusProxy(shown);
    if (hadFocus) {
        shown->setFocus();
    }
    hidden->hide();
}

void ChangesPanel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

void ChangesPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        setColumnWidths();
    }
}

}  // namespace octavo::ui
