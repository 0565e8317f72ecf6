#include "app/document_bookmarks.h"

#include "app/error_text.h"
#include "ui/bookmarks/bookmark_file.h"
#include "ui/bookmarks/bookmarks_panel.h"
#include "ui/bookmarks/file_turn.h"
#include "ui/bridge/job.h"
#include "ui/panels/number_text.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSplitter>

#include <algorithm>
#include <utility>

namespace octavo::app {

namespace {

// How the room is parted at first.
constexpr int kGridParts = 2;

/// The former ones that stand elsewhere.
void addOthers(std::vector<ui::Bookmark>& bookmarks, const std::vector<ui::Bookmark>& former) {
    const std::size_t own = bookmarks.size();
    for (const ui::Bookmark& one : former)
        if (std::none_of(bookmarks.begin(), bookmarks.begin() + static_cast<std::ptrdiff_t>(own),
                         [&one](const ui::Bookmark& other) { return other.offset == one.offset; }))
            bookmarks.push_back(one);
}

}  // namespace

DocumentBookmarks::DocumentBookmarks(ui::EditorDocument& editor, DocumentViews& views,
                                     const Saver& saver, QSplitter& splitter, std::string folder,
                                     QObject* parent)
    : QObject(parent)
    , editor_(editor)
    , views_(views)
    , splitter_(splitter)
    , folder_(std::move(folder))
    , list_(editor) {
    views_.setBookmarkSource(&list_);
    connect(&list_, &ui::BookmarkList::changed, &views_, &DocumentViews::updateBookmarks);
    connect(&list_, &ui::BookmarkList::moved, &views_, &DocumentViews::updateBookmarks);
    load();
    connect(&list_, &ui::BookmarkList::changed, this, &DocumentBookmarks::store);
    // What was put in or taken out before them is in the file now, or the file is another one.
    connect(&saver, &Saver::finished, this, [this](bool succeeded) {
        if (succeeded && list_.count() > 0)
            store();
    });
}

DocumentBookmarks::~DocumentBookmarks() {
    if (isToBeStored_)
        write(true);
    views_.setBookmarkSource(nullptr);
    delete panel_;
}

// ---- Commands

void DocumentBookmarks::toggle() {
    const core::Offset caret = views_.active().caret();
    const bool isSet = list_.toggle(caret);
    emit noted((isSet ? tr("Bookmark set at %1") : tr("Bookmark at %1 removed"))
                   .arg(ui::offsetText(caret)));
}

void DocumentBookmarks::goToNext() {
    show(list_.next(views_.active().caret()));
}

void DocumentBookmarks::goToPrevious() {
    show(list_.previous(views_.active().caret()));
}

void DocumentBookmarks::show(std::optional<std::size_t> index) {
    if (!index)
        return emit noted(tr("There are no bookmarks; Ctrl+F2 sets one"));
    const ui::Bookmark bookmark = list_.at(*index);
    views_.active().jumpTo({bookmark.offset, 0});
    if (!bookmark.name.isEmpty())
        emit noted(bookmark.name);
}

void DocumentBookmarks::showList() {
    if (panel_ == nullptr)
        makePanel();
    panel_->setCurrent(views_.active().caret());
    panel_->show();
    panel_->setFocus();
}

void DocumentBookmarks::makePanel() {
    panel_ = new ui::BookmarksPanel(list_, &splitter_);
    splitter_.addWidget(panel_);
    splitter_.setCollapsible(splitter_.indexOf(panel_), false);
    QList<int> sizes = splitter_.sizes();
    sizes.first() = splitter_.height() * kGridParts;
    sizes.last() = splitter_.height();
    splitter_.setSizes(sizes);
    using Panel = ui::BookmarksPanel;
    connect(panel_, &Panel::chosen, this, [this](core::Offset offset) {
        views_.active().showPlace({offset, 0});
    });
    connect(panel_, &Panel::activated, this, [this](core::Offset offset) {
        views_.active().jumpTo({offset, 0});
        views_.active().setFocus();
    });
    connect(panel_, &Panel::closeWanted, this, [this] {
        panel_->hide();
        emit closed();
    });
}

// ---- The disk

void DocumentBookmarks::load() {
    if (folder_.empty() || editor_.document().isUntitled()) {
        isLoaded_ = true;
        return;
    }
    ui::Job::start(
        tr("Reading bookmarks"),
        [folder = folder_, path = editor_.document().path(),
         turn = ui::FileTurn::take(editor_.document().path())](core::Progress&) {
            turn->wait();
            return ui::readBookmarks(folder, path);
        },
        this,
        [this](core::Result<std::vector<ui::Bookmark>> read) {
            isLoaded_ = true;
            if (!read)
                emit noted(tr("The bookmarks of this file cannot be read: %1")
                               .arg(reasonText(read.error())));
            if (read && !read->empty()) {
                const core::Snapshot snapshot = editor_.document().snapshot();
                for (ui::Bookmark& bookmark : *read)
                    bookmark.offset = ui::offsetInDocument(snapshot.tree(), bookmark.offset);
                const bool wasToBeStored = isToBeStored_;
                isLoaded_ = false;
                list_.add(*read);
                isLoaded_ = true;
                isToBeStored_ = wasToBeStored;
            }
            if (isToBeStored_)
                store();
        });
}

void DocumentBookmarks::store() {
    isToBeStored_ = !isLoaded_;
    if (isLoaded_)
        write(false);
}

void DocumentBookmarks::write(bool joins) {
    if (folder_.empty() || editor_.document().isUntitled())
        return;
    const core::Snapshot snapshot = editor_.document().snapshot();
    std::vector<ui::Bookmark> bookmarks = list_.all();
    for (ui::Bookmark& bookmark : bookmarks)
        bookmark.offset = ui::offsetInFile(snapshot.tree(), bookmark.offset);
    // It is written though the document is closed right after.
    ui::Job::start(
        tr("Keeping bookmarks"),
        [folder = folder_, path = editor_.document().path(), bookmarks = std::move(bookmarks),
         joins, turn = ui::FileTurn::take(editor_.document().path())](core::Progress&) mutable {
            turn->wait();
            if (joins) {
                const auto former = ui::readBookmarks(folder, path);
                if (!former)
                    return core::Status(former.error());
                addOthers(bookmarks, *former);
            }
            return ui::writeBookmarks(folder, path, bookmarks);
        },
        QCoreApplication::instance(),
        [self = QPointer(this)](const core::Status& status) {
            if (!status && self)
                emit self->noted(
                    tr("The bookmarks could not be kept: %1").arg(reasonText(status.error())));
        });
}

}  // namespace octavo::app
