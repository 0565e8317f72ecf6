// What one open document owns: its edits, its grids, its messages, and the commands on it. A tab of
// a window shows one.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/clipboard_commands.h"
#include "app/document_bookmarks.h"
#include "app/document_changes.h"
#include "app/document_history.h"
#include "app/document_notices.h"
#include "app/document_results.h"
#include "app/document_views.h"
#include "app/environment.h"
#include "app/recovery_offer.h"
#include "app/saver.h"
#include "core/document/document.h"
#include "ui/bridge/editor_document.h"
#include "ui/panels/job_indicator.h"
#include "ui/panels/message_bar.h"
#include "ui/panels/status_line.h"

#include <QWidget>

#include <memory>

class QSplitter;

namespace octavo::app {

class OpenDocument final : public QWidget {
    Q_OBJECT

public:
    /// `environment` and `jobs` must outlive it; dialogs stand on `window`.
    OpenDocument(std::unique_ptr<core::Document> document, Environment& environment,
                 ui::JobIndicator& jobs, QWidget* window);
    ~OpenDocument() override;

    core::Document& document() { return editor_->document(); }
    const core::Document& document() const { return editor_->document(); }
    ui::EditorDocument& editor() { return *editor_; }
    /// The grid that had the keyboard last.
    ui::HexView& view() { return views_->active(); }
    DocumentViews& views() { return *views_; }
    ui::MessageArea& messages() { return *messages_; }
    Saver& saver() { return *saver_; }
    ClipboardCommands& clipboard() { return *clipboard_; }
    RecoveryOffer& recovery() { return *recovery_; }
    DocumentNotices& notices() { return *notices_; }
    DocumentResults& results() { return *results_; }
    DocumentBookmarks& bookmarks() { return *bookmarks_; }
    DocumentChanges& changes() { return *changes_; }
    DocumentHistory& history() { return *history_; }

    ui::StatusValues statusValues() const;
    ActionState actionState() const;

    /// False, and said, while the original has the keyboard.
    bool mayEditHere();
    void revert();
    void setMode(core::AccessMode mode);
    void goTo(core::Offset offset);
    /// To the offset that the selected bytes are, or those at the caret: a cell of several bytes,
    /// else four of them, or eight in a document that four could not reach all of.
    void goToValue();
    /// To the nearest change that is on, behind the caret or before it.
    void goToChange(bool forward);
    /// Closes the list of matches, else that of changes, else that of steps; false where none is
    /// shown.
    bool closePanel();

signals:
    /// Anything the window shows about the document: caret, selection, mode, what is pending.
    void changed();
    void noted(const QString& note);
    void reloadWanted();

private:
    void connectSignals();

    Environment& environment_;
    ui::MessageArea* messages_;
    QSplitter* splitter_;
    ui::EditorDocument* editor_;
    DocumentViews* views_;
    Saver* saver_;
    ClipboardCommands* clipboard_;
    DocumentNotices* notices_;
    RecoveryOffer* recovery_;
    DocumentResults* results_;
    DocumentChanges* changes_;
    DocumentHistory* history_;
    DocumentBookmarks* bookmarks_;
};

}  // namespace octavo::app
