// A BookmarkList as a table: offset, name, colour, comment.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/bookmarks/bookmark_list.h"
#include "ui/style/theme.h"

#include <QAbstractTableModel>

namespace octavo::ui {

/// "Blue", "Orange", ...
QString bookmarkColorName(int color);

class BookmarkModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Offset, Name, Color, Comment, ColumnCount };

    /// `list` must outlive it.
    explicit BookmarkModel(const BookmarkList& list, QObject* parent = nullptr);

    void setTheme(const Theme& theme);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();

    const BookmarkList& list_;
    Theme theme_;
    int rows_ = 0;
};

}  // namespace octavo::ui
