// The bookmarks of a document as a list, and fields for the current one's name, colour and comment.
//
// Keys in the list: the arrow keys look at them, Return goes there, F2 writes the name, Delete
// removes; Esc closes. What is written in a field holds when the field is left or with Return,
// which goes back to the list.
// Thread rule: GUI thread.
#pragma once

#include "ui/bookmarks/bookmark_list.h"
#include "ui/bookmarks/bookmark_model.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace octavo::ui {

class BookmarksPanel final : public QWidget {
    Q_OBJECT

public:
    /// `list` must outlive it.
    explicit BookmarksPanel(BookmarkList& list, QWidget* parent = nullptr);
    ~BookmarksPanel() override;

    QTableView& table() { return *table_; }
    /// The bookmark at `offset`, where there is one, becomes the current one; tells nobody.
    void setCurrent(core::Offset offset);

signals:
    /// Another one became current: the grid is to show it. The list keeps the keyboard.
    void chosen(octavo::core::Offset offset);
    /// Return or a double click: the grid is to have the keyboard too.
    void activated(octavo::core::Offset offset);
    void closeWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHead();
    void buildTable();
    QWidget* buildFields();
    void applyTheme();
    void refresh();
    void showFields();
    void noteCurrent();
    void removeCurrent();
    void keepTexts();
    std::optional<std::size_t> current() const;
    bool handleKey(int key);

    BookmarkList& list_;
    BookmarkModel model_;
    QLabel* status_ = nullptr;
    QToolButton* remove_ = nullptr;
    QTableView* table_ = nullptr;
    QLabel* empty_ = nullptr;
    QWidget* fields_ = nullptr;
    QLineEdit* name_ = nullptr;
    QComboBox* color_ = nullptr;
    QLineEdit* comment_ = nullptr;
    // The current one, for when the rows are others.
    std::optional<core::PositionId> id_;
    int row_ = 0;
    bool isQuiet_ = false;
};

}  // namespace octavo::ui
