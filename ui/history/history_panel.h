// The tree of a document's steps as a list, the newest last: to choose one is to go there, as far
// back or on another branch as it may be.
//
// Keys in the list: those of LongTable, F2 for a name; Esc closes. Thread rule: GUI thread.
#pragma once

#include "core/document/history.h"
#include "ui/history/history_table_model.h"

#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;

namespace octavo::ui {

class LongTable;
class NameField;

class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget* parent = nullptr);
    ~HistoryPanel() override;

    /// Shows a document's steps; nullptr shows none. It must outlive the panel, or be taken away.
    void setDocument(EditorDocument* document);
    /// The row of the step that is shown becomes the list's current one, as after each step.
    void showCurrent();
    /// What is said above the rows.
    QString statusText() const;

    LongTable& table() { return *table_; }
    /// Edits the name of the current row.
    void editName();

signals:
    /// The document is to show this step. The list keeps the keyboard.
    void stepChosen(octavo::core::StepId step);
    /// Return or a double click: the grid is to have the keyboard.
    void activated();
    void nameWanted(octavo::core::StepId step, const QString& name);
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
    void setColumnWidths();
    void refresh();
    void placeName();
    QRect nameCell(std::uint64_t number) const;
    void showMenu(const QPoint& globalPosition);

    HistoryTableModel model_;
    QLabel* status_ = nullptr;
    LongTable* table_ = nullptr;
    NameField* name_ = nullptr;
};

}  // namespace octavo::ui
