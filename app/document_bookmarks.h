// The bookmarks of one document and the commands on them. They are kept in the user's data folder
// and there again when the file is opened the next time; those of an untitled document as soon as
// it has a name. What is set before the file's own were read joins them.
//
// Thread rule: GUI thread; reading and writing are jobs.
#pragma once

#include "app/document_views.h"
#include "app/saver.h"
#include "ui/bookmarks/bookmark_list.h"
#include "ui/bridge/editor_document.h"

#include <QObject>

#include <optional>
#include <string>

class QSplitter;

namespace octavo::ui {
class BookmarksPanel;
}

namespace octavo::app {

class DocumentBookmarks final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. Nothing is kept where `folder` is empty.
    /// Their list is put into `splitter`, below the view, when it is first wanted.
    DocumentBookmarks(ui::EditorDocument& editor, DocumentViews& views, const Saver& saver,
                      QSplitter& splitter, std::string folder, QObject* parent = nullptr);
    ~DocumentBookmarks() override;

    ui::BookmarkList& list() { return list_; }
    /// False while those of the file are still being read.
    bool isLoaded() const { return isLoaded_; }

    /// At the caret.
    void toggle();
    /// The nearest from the caret on; past the last comes the first.
    void goToNext();
    void goToPrevious();
    /// Shows the list with the keyboard in it.
    void showList();
    /// Nothing before it was first shown.
    ui::BookmarksPanel* panel() const { return panel_; }

signals:
    void noted(const QString& note);
    /// The list was closed: the grid wants the keyboard.
    void closed();

private:
    void makePanel();
    void load();
    void store();
    /// Those of the file that are not among them stay where `joins`.
    void write(bool joins);
    void show(std::optional<std::size_t> index);

    ui::EditorDocument& editor_;
    DocumentViews& views_;
    QSplitter& splitter_;
    const std::string folder_;
    ui::BookmarkList list_;
    ui::BookmarksPanel* panel_ = nullptr;
    bool isLoaded_ = false;
    bool isToBeStored_ = false;
};

}  // namespace octavo::app
