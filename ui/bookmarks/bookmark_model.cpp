#include "ui/bookmarks/bookmark_model.h"

#include "ui/panels/number_text.h"

namespace octavo::ui {

QString bookmarkColorName(int color) {
    switch (color) {
    case 0:
        return BookmarkModel::tr("Blue");
    case 1:
        return BookmarkModel::tr("Orange");
    case 2:
        return BookmarkModel::tr("Green");
    case 3:
        return BookmarkModel::tr("Red");
    case 4:
        return BookmarkModel::tr("Purple");
    default:
        return BookmarkModel::tr("Grey");
    }
}

BookmarkModel::BookmarkModel(const BookmarkList& list, QObject* parent)
    : QAbstractTableModel(parent), list_(list), theme_(Theme::light()) {
    rows_ = static_cast<int>(list.count());
    connect(&list, &BookmarkList::changed, this, &BookmarkModel::follow);
    connect(&list, &BookmarkList::moved, this, &BookmarkModel::follow);
}

void BookmarkModel::setTheme(const Theme& theme) {
    theme_ = theme;
    follow();
}

void BookmarkModel::follow() {
    const auto rows = static_cast<int>(list_.count());
    if (rows != rows_) {
        beginResetModel();
        rows_ = rows;
        endResetModel();
    } else if (rows > 0) {
        emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
    }
}

int BookmarkModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : rows_;
}

int BookmarkModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int{ColumnCount};
}

QVariant BookmarkModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Bookmark bookmark = list_.at(static_cast<std::size_t>(index.row()));
    if (role == Qt::DecorationRole && index.column() == Color) {
        return bookmarkColor(theme_, bookmark.color);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (index.column()) {
    case Offset:
        return offsetText(bookmark.offset);
    case Name:
        return bookmark.name;
    case Color:
        return bookmarkColorName(bookmark.color);
    default:
        return bookmark.comment;
    }
}

QVariant BookmarkModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Offset:
        return tr("Offset");
    case Name:
        return tr("Name");
    case Color:
        return tr("Colour");
    default:
        return tr("Comment");
    }
}

}  // namespace octavo::ui
