// The matches of a search as a list that fills while the search runs: what was found and how it
// ended, a filter, export, and a row for each match, which the grid jumps to.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/results/hit_list.h"
#include "ui/results/hit_table_model.h"

#include <QWidget>

#include <functional>
#include <memory>

class QLabel;
class QLineEdit;
class QTimer;
class QToolButton;

namespace octavo::ui {

class LongTable;
class ThinProgressBar;

class ResultsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ResultsPanel(QWidget* parent = nullptr);
    ~ResultsPanel() override;

    /// Shows a search from its beginning; nullptr shows none. The panel takes the list over.
    void setList(std::unique_ptr<HitList> list);
    HitList* list() const { return list_.get(); }
    /// What is said about the search.
    QString statusText() const;

    /// How the reason of a failure is worded.
    void setWords(const std::function<QString(const core::Error&)>& reasonText) {
        reasonText_ = reasonText;
    }

    LongTable& table() { return *table_; }

signals:
    /// A row was chosen: the grid is to show it. The list keeps the keyboard.
    void matchChosen(octavo::core::Extent match);
    /// Return or a double click on a row: the grid is to have the keyboard too.
    void matchActivated(octavo::core::Extent match);
    void searchAgainWanted();
    void exportWanted(octavo::ui::HitFormat format);
    /// Esc or the close button.
    void closeWanted();
    /// Matches, or where they stand, are other ones: for what highlights them.
    void matchesChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHead();
    void buildTable();
    void refresh();
    void setColumnWidths();
    QString stateText() const;

    std::unique_ptr<HitList> list_;
    HitTableModel model_;
    std::function<QString(const core::Error&)> reasonText_;
    QLabel* status_ = nullptr;
    ThinProgressBar* progress_ = nullptr;
    QToolButton* stop_ = nullptr;
    QToolButton* again_ = nullptr;
    QToolButton* export_ = nullptr;
    QLineEdit* filter_ = nullptr;
    QTimer* filterSoon_ = nullptr;
    LongTable* table_ = nullptr;
    QLabel* empty_ = nullptr;
};

}  // namespace octavo::ui
