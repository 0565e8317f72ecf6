// The pending changes of a document as a list: each with its bytes before and after, to be looked
// at, named, sorted, filtered and chosen. What is to be done to the chosen ones is asked of the
// owner.
//
// Keys in the list: Space, K, Del, F2, Ctrl+C and those of LongTable; Esc closes.
// Thread rule: GUI thread.
#pragma once

#include "ui/changes/change_list.h"
#include "ui/changes/change_table_model.h"
#include "ui/changes/chosen_changes.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QMenu;
class QTimer;
class QToolButton;

namespace octavo::ui {

class LongTable;
class NameField;

class ChangesPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ChangesPanel(QWidget* parent = nullptr);
    ~ChangesPanel() override;

    /// Shows a document's changes; nullptr shows none. The panel takes the list over.
    void setList(std::unique_ptr<ChangeList> list);
    ChangeList* list() const { return list_.get(); }
    /// What is said above the rows.
    QString statusText() const;

    LongTable& table() { return *table_; }
    /// Edits the name of the current row.
    void editName();

signals:
    /// A row was chosen: the grid is to show it. The list keeps the keyboard.
    void changeChosen(const octavo::ui::ChangeRow& row);
    /// Return or a double click on a row: the grid is to have the keyboard too.
    void changeActivated(const octavo::ui::ChangeRow& row);
    /// What to do to these rows of list()->listing(), of which there is at least one.
    void switchWanted(const octavo::ui::RowSelection& rows, bool on);
    void keepWanted(const octavo::ui::RowSelection& rows, bool kept);
    void revertWanted(const octavo::ui::RowSelection& rows);
    void flushWanted(const octavo::ui::RowSelection& rows);
    void copyWanted(const octavo::ui::RowSelection& rows);
    void nameWanted(octavo::core::ChangeId change, const QString& name);
    /// Esc or the close button.
    void closeWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHead();
    void buildTable();
    void buildCommands(QWidget* head);
    QAction* addCommand(const QString& text, const QString& toolTip, const QKeySequence& key,
                        void (ChangesPanel::*act)());
    void switchChosen();
    void keepChosen();
    void revertChosen();
    void flushChosen();
    void copyChosen();
    void switchRow(std::uint64_t number);
    /// The first row that is chosen; nothing where none is.
    std::optional<ChangeRow> firstChosen() const;
    void sortBy(int column);
    QPoint menuPlace() const;
    void showMenu(const QPoint& globalPosition);
    void addSortMenu(QMenu& menu);
    void showOnlyStep();
    void refresh();
    void showRows(bool any);
    void placeName();
    QRect nameCell(std::uint64_t number) const;
    void setColumnWidths();

    std::unique_ptr<ChangeList> list_;
    ChangeTableModel model_;
    ChosenChanges* chosen_ = nullptr;
    std::vector<QAction*> commands_;
    QLabel* status_ = nullptr;
    QLineEdit* filter_ = nullptr;
    QTimer* filterSoon_ = nullptr;
    LongTable* table_ = nullptr;
    NameField* name_ = nullptr;
    QLabel* empty_ = nullptr;
};

}  // namespace octavo::ui
