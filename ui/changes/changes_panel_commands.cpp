// ChangesPanel: what keys, clicks and menus ask for.
#include "ui/changes/change_text.h"
#include "ui/changes/changes_panel.h"
#include "ui/results/long_table.h"
#include "ui/results/name_field.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>

#include <algorithm>

namespace octavo::ui {

void ChangesPanel::sortBy(int column) {
    const std::optional<ChangeOrder> order = ChangeTableModel::orderOf(column);
    ChangeSort sort = list_ ? list_->sort() : ChangeSort();
    if (order && list_) {
        sort.isDescending = sort.by == *order && !sort.isDescending;
        sort.by = *order;
        list_->setSort(sort);
        table_->view().horizontalHeader()->setSortIndicator(
            column, sort.isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
        return;
    }
    // Bytes have no order: the arrow stays where it was.
    for (int each = 0; each < ChangeTableModel::ColumnCount; ++each) {
        if (ChangeTableModel::orderOf(each) == sort.by) {
            return table_->view().horizontalHeader()->setSortIndicator(
                each, sort.isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
        }
    }
}

// ---- Commands

std::optional<ChangeRow> ChangesPanel::firstChosen() const {
    const std::optional<std::uint64_t> first = table_->selection().first();
    return first ? model_.rowOf(*first) : std::nullopt;
}

/// What is mixed becomes what the first one is not.
void ChangesPanel::switchChosen() {
    if (const std::optional<ChangeRow> first = firstChosen()) {
        emit switchWanted(table_->selection(), first->change.isOff);
    }
}

void ChangesPanel::keepChosen() {
    if (const std::optional<ChangeRow> first = firstChosen()) {
        emit keepWanted(table_->selection(), !first->isKept);
    }
}

void ChangesPanel::revertChosen() {
    if (firstChosen()) {
        emit revertWanted(table_->selection());
    }
}

void ChangesPanel::flushChosen() {
    if (firstChosen()) {
        emit flushWanted(table_->selection());
    }
}

void ChangesPanel::copyChosen() {
    if (firstChosen()) {
        emit copyWanted(table_->selection());
    }
}

void ChangesPanel::switchRow(std::uint64_t number) {
    if (const std::optional<ChangeRow> row = model_.rowOf(number)) {
        emit switchWanted(RowSelection({number, number}), row->change.isOff);
    }
}

void ChangesPanel::editName() {
    const std::optional<std::uint64_t> current = table_->current();
    const std::optional<ChangeRow> row = current ? model_.rowOf(*current) : std::nullopt;
    if (!row) {
        return;
    }
    table_->setCurrent(current);  // so that it is seen
    table_->view().scrollTo(
        model_.index(static_cast<int>(*current - table_->topRow()), ChangeTableModel::Name));
    const core::ChangeId id = row->change.id;
    name_->begin(id, QString::fromStdString(list_->document().document().changeName(id)),
                 nameCell(*current));
}

QRect ChangesPanel::nameCell(std::uint64_t number) const {
    const std::uint64_t top = table_->topRow();
    return number < top ? QRect()
                        : table_->view().visualRect(
                              model_.index(static_cast<int>(number - top), ChangeTableModel::Name));
}

/// The field goes along with its row, and ends where that is not seen any more.
void ChangesPanel::placeName() {
    if (name_->id() == 0) {
        return;
    }
    const std::optional<std::uint64_t> current = table_->current();
    const std::optional<ChangeRow> row = current ? model_.rowOf(*current) : std::nullopt;
    const QRect place = row && row->change.id == name_->id() ? nameCell(*current) : QRect();
    if (place.isEmpty()) {
        name_->finish();
    } else {
        name_->setGeometry(place);
    }
}

/// Below the current row, on the screen.
QPoint ChangesPanel::menuPlace() const {
    const QTableView& view = table_->view();
    const QRect row = view.visualRect(view.currentIndex());
    const QPoint below = row.isValid() ? row.bottomLeft() : QPoint();
    return view.viewport()->mapToGlobal(below);
}

void ChangesPanel::showMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    menu.addActions({commands_.begin(), commands_.end()});
    QAction* const name = menu.addAction(tr("Name…"), Qt::Key_F2, this, &ChangesPanel::editName);
    name->setEnabled(table_->current().has_value());
    menu.addSeparator();
    QAction* const step = menu.addAction(tr("Only this step"), this, &ChangesPanel::showOnlyStep);
    step->setEnabled(table_->current().has_value());
    addSortMenu(menu);
    menu.exec(globalPosition);
}

/// What one step made, to do something to all of it.
void ChangesPanel::showOnlyStep() {
    const std::optional<std::uint64_t> current = table_->current();
    if (const std::optional<ChangeRow> row = current ? model_.rowOf(*current) : std::nullopt) {
        filter_->setText(ChangeFilter::wordOfStep(row->step));
    }
}

void ChangesPanel::addSortMenu(QMenu& menu) {
    QMenu& sorts = *menu.addMenu(tr("Sort by"));
    for (const int column :
         {ChangeTableModel::On, ChangeTableModel::Offset, ChangeTableModel::Kind,
          ChangeTableModel::Size, ChangeTableModel::Name, ChangeTableModel::Step}) {
        QAction* const action =
            sorts.addAction(model_.headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(list_ && ChangeTableModel::orderOf(column) == list_->sort().by);
        connect(action, &QAction::triggered, this, [this, column] { sortBy(column); });
    }
}

/// The commands' keys belong to the list as long as it has the keyboard, and to nobody else: some
/// are the grid's too.
bool ChangesPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ContextMenu) {
        const auto& menu = static_cast<const QContextMenuEvent&>(*event);
        showMenu(menu.reason() == QContextMenuEvent::Mouse ? menu.globalPos() : menuPlace());
        return true;
    }
    const bool isKey =
        event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != &table_->view() || !isKey) {
        return QWidget::eventFilter(watched, event);
    }
    const auto& key = static_cast<const QKeyEvent&>(*event);
    const QKeySequence pressed(key.keyCombination());
    const auto command = std::ranges::find(commands_, pressed, &QAction::shortcut);
    const bool isName = pressed == QKeySequence(Qt::Key_F2);
    const bool isMenu = pressed == QKeySequence(Qt::SHIFT | Qt::Key_F10);
    if (pressed.isEmpty() || (command == commands_.end() && !isName && !isMenu)) {
        return QWidget::eventFilter(watched, event);
    }
    event->accept();
    if (event->type() == QEvent::ShortcutOverride) {
        return true;
    }
    if (isName) {
        editName();
    } else if (isMenu) {
        showMenu(menuPlace());
    } else {
        (*command)->trigger();
    }
    return true;
}

void ChangesPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        emit closeWanted();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace octavo::ui
