#include "ui/bookmarks/bookmarks_panel.h"

#include "ui/panels/flat_button.h"
#include "ui/panels/icon_button.h"
#include "ui/panels/number_text.h"
#include "ui/style/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace octavo::ui {

using core::Offset;

namespace {

constexpr int kOffsetWidth = 150;
constexpr int kNameWidth = 200;
constexpr int kColorWidth = 110;
// So that the cells stand below the names of their columns.
constexpr int kCellIndent = 5;

/// Draws a chosen row as the other lists do: its colours stay to be seen.
class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::of(option.palette);
        const bool isSelected = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect, isSelected ? theme.selection : theme.base);
        QStyleOptionViewItem cell = option;
        cell.rect.adjust(kCellIndent, 0, 0, 0);
        cell.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus);
        QStyledItemDelegate::paint(painter, cell, index);
    }
};

}  // namespace

BookmarksPanel::BookmarksPanel(BookmarkList& list, QWidget* parent)
    : QWidget(parent), list_(list), model_(list) {
    setAccessibleName(tr("Bookmarks"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    buildTable();
    empty_ = new QLabel(tr("No bookmarks; Ctrl+F2 sets one at the caret"), this);
    empty_->setAlignment(Qt::AlignCenter);
    fields_ = buildFields();
    column->addWidget(table_, 1);
    column->addWidget(empty_, 1);
    column->addWidget(fields_);
    setFocusProxy(table_);
    connect(&model_, &BookmarkModel::modelReset, this, &BookmarksPanel::refresh);
    connect(&model_, &BookmarkModel::dataChanged, this, &BookmarksPanel::showFields);
    applyTheme();
    refresh();
}

BookmarksPanel::~BookmarksPanel() {
    // A field that goes with the keyboard says that it is done, to half a panel.
    for (QLineEdit* const field : {name_, comment_}) {
        field->disconnect(this);
    }
}

QWidget* BookmarksPanel::buildHead() {
    auto* const head = new QWidget(this);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 4, 4);
    row->setSpacing(8);
    status_ = new QLabel(head);
    remove_ = new FlatButton(tr("Remove"), tr("Remove this bookmark (Delete)"), head);
    auto* const close = new IconButton(Icon::Close, tr("Close (Esc)"), head);
    row->addWidget(status_, 1);
    row->addWidget(remove_);
    row->addWidget(close);
    connect(remove_, &QToolButton::clicked, this, &BookmarksPanel::removeCurrent);
    connect(close, &IconButton::clicked, this, &BookmarksPanel::closeWanted);
    return head;
}

void BookmarksPanel::buildTable() {
    table_ = new QTableView(this);
    table_->setModel(&model_);
    table_->setItemDelegate(new RowDelegate(table_));
    table_->setAccessibleName(tr("Bookmarks"));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QTableView::SelectRows);
    table_->setSelectionMode(QTableView::SingleSelection);
    table_->setEditTriggers(QTableView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setMinimumSectionSize(1);
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setColumnWidth(BookmarkModel::Offset, kOffsetWidth);
    table_->setColumnWidth(BookmarkModel::Name, kNameWidth);
    table_->setColumnWidth(BookmarkModel::Color, kColorWidth);
    table_->installEventFilter(this);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &BookmarksPanel::noteCurrent);
    connect(table_, &QTableView::doubleClicked, this, [this] { handleKey(Qt::Key_Return); });
}

QWidget* BookmarksPanel::buildFields() {
    auto* const fields = new QWidget(this);
    auto* const row = new QHBoxLayout(fields);
    row->setContentsMargins(12, 4, 12, 6);
    row->setSpacing(8);
    name_ = new QLineEdit(fields);
    color_ = new QComboBox(fields);
    comment_ = new QLineEdit(fields);
    for (int color = 0; color < kBookmarkColors; ++color) {
        color_->addItem(bookmarkColorName(color));
    }
    const auto add = [row, fields](const QString& text, QWidget* field, int stretch) {
        auto* const label = new QLabel(text, fields);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field, stretch);
    };
    add(tr("&Name"), name_, 2);
    add(tr("Co&lour"), color_, 0);
    add(tr("&Comment"), comment_, 3);
    for (QLineEdit* const field : {name_, comment_}) {
        connect(field, &QLineEdit::editingFinished, this, &BookmarksPanel::keepTexts);
        connect(field, &QLineEdit::returnPressed, this, [this] { table_->setFocus(); });
    }
    connect(color_, &QComboBox::activated, this, [this](int color) {
        if (const auto index = current()) {
            list_.setColor(*index, color);
        }
    });
    return fields;
}

void BookmarksPanel::applyTheme() {
    const Theme& theme = Theme::of(palette());
    model_.setTheme(theme);
    for (int color = 0; color < kBookmarkColors; ++color) {
        color_->setItemData(color, bookmarkColor(theme, color), Qt::DecorationRole);
    }
}

// ---- What is shown

std::optional<std::size_t> BookmarksPanel::current() const {
    const int row = table_->currentIndex().row();
    return row >= 0 && row < model_.rowCount() ? std::optional(static_cast<std::size_t>(row))
                                               : std::nullopt;
}

void BookmarksPanel::refresh() {
    const int rows = model_.rowCount();
    status_->setText(rows == 1 ? tr("1 bookmark")
                               : tr("%1 bookmarks", nullptr, rows).arg(groupedNumber(rows)));
    table_->setVisible(rows > 0);
    empty_->setVisible(rows == 0);
    fields_->setVisible(rows > 0);
    remove_->setEnabled(rows > 0);
    if (rows > 0) {
        const QScopedValueRollback quiet(isQuiet_, true);
        const auto same = id_ ? list_.indexOf(*id_) : std::nullopt;
        const int row = same ? static_cast<int>(*same) : std::min(row_, rows - 1);
        table_->setCurrentIndex(model_.index(row, 0));
    }
    showFields();
}

void BookmarksPanel::showFields() {
    const auto index = current();
    if (!index) {
        return;
    }
    const Bookmark bookmark = list_.at(*index);
    color_->setCurrentIndex(bookmark.color);
    // What is being written stays.
    if (!name_->isModified()) {
        name_->setText(bookmark.name);
    }
    if (!comment_->isModified()) {
        comment_->setText(bookmark.comment);
    }
}

void BookmarksPanel::setCurrent(Offset offset) {
    const auto index = list_.next(offset > 0 ? offset - 1 : core::kMaxLength);
    if (index && list_.at(*index).offset == offset) {
        const QScopedValueRollback quiet(isQuiet_, true);
        table_->setCurrentIndex(model_.index(static_cast<int>(*index), 0));
    }
}

void BookmarksPanel::noteCurrent() {
    const auto index = current();
    if (!index) {
        return;
    }
    row_ = static_cast<int>(*index);
    if (id_ != list_.idAt(*index)) {
        name_->setModified(false);
        comment_->setModified(false);
    }
    id_ = list_.idAt(*index);
    showFields();
    if (!isQuiet_) {
        emit chosen(list_.at(*index).offset);
    }
}

// ---- What is done

void BookmarksPanel::keepTexts() {
    const auto index = current();
    if (!index) {
        return;
    }
    const Bookmark before = list_.at(*index);
    const QString name = name_->text().trimmed();
    const QString comment = comment_->text().trimmed();
    name_->setModified(false);
    comment_->setModified(false);
    if (name != before.name) {
        list_.setName(*index, name);
    }
    if (comment != before.comment) {
        list_.setComment(*index, comment);
    }
}

void BookmarksPanel::removeCurrent() {
    if (const auto index = current()) {
        list_.remove(*index);
    }
}

bool BookmarksPanel::handleKey(int key) {
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto index = current()) {
            emit activated(list_.at(*index).offset);
        }
        return true;
    case Qt::Key_F2:
        name_->setFocus(Qt::ShortcutFocusReason);
        name_->selectAll();
        return true;
    case Qt::Key_Delete:
        removeCurrent();
        return true;
    default:
        return false;
    }
}

bool BookmarksPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool isAsked = event->type() == QEvent::ShortcutOverride;
    if (isAsked || event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool isPlain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        // The window would take these for the grid.
        if (isAsked && isPlain && (key->key() == Qt::Key_F2 || key->key() == Qt::Key_Delete)) {
            event->accept();
            return true;
        }
        if (!isAsked && isPlain && handleKey(key->key())) {
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void BookmarksPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        emit closeWanted();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void BookmarksPanel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

void BookmarksPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyTheme();
    }
}

}  // namespace octavo::ui
