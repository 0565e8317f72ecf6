// An open document as the window sees it: the core's document, Qt signals for what happens to it,
// and the work beside the edits. Everybody who edits goes through document(); the listener turns
// each edit, undo, revert and flush into signals, so views and panels never have to be told by
// hand.
//
// Thread rule: GUI thread, and nothing here waits for a disk. The document is freed on a background
// thread, because closing a file and taking down a mapping may wait.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/edit_log_folder.h"
#include "core/document/edit_options.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace octavo::ui {

class ChangeReviewer;
class EditLogKeeper;
class HistoryKeeper;
class OutsideReview;
class OutsideWatch;
class WriteThrough;

class EditorDocument final : public QObject {
    Q_OBJECT

public:
    explicit EditorDocument(std::unique_ptr<core::Document> document, QObject* parent = nullptr);
    ~EditorDocument() override;

    /// Edits may be made here directly; the signals follow by themselves.
    core::Document& document() { return *document_; }
    const core::Document& document() const { return *document_; }

    /// How changes are marked in grids: those of the document, unless showAsOriginal() was called.
    std::vector<core::Change> marksIn(core::Extent extent) const;
    /// What the document shows is the original of another one: the marks come from there, and why
    /// it cannot be edited is said in these words.
    void showAsOriginal(std::function<std::vector<core::Change>(core::Extent)> marks,
                        const QString& whyReadOnly);
    bool isOriginal() const { return marks_ != nullptr; }
    /// Why a read-only document is not edited.
    QString whyReadOnly() const;
    /// To be called when what marksIn() answers is something else: as a change of content that
    /// touches no byte.
    void noteMarksChanged();

    /// Keeps what is pending in an edit log in `folder` from now on, and what is cold of the
    /// history in a file there. Once. The file system must outlive the program's work.
    void keepSafe(core::FileSystem& fileSystem, const std::string& folder);
    /// Nothing before keepSafe().
    EditLogKeeper* editLog() { return editLog_; }
    HistoryKeeper& history() { return *history_; }
    OutsideReview& outside() { return *outside_; }
    WriteThrough& writeThrough() { return *writeThrough_; }

    // What ends or begins in the document and has to be told of here.

    /// What a worker has to call to run `save`, which the document has just prepared: the save with
    /// its bracket in the edit log.
    std::function<core::Status(core::Progress&)> work(std::shared_ptr<core::Save> save);
    /// Document::finishFlush(), finishCopy() and cancelCopy().
    void finishFlush(const core::Save& save);
    void finishCopy(std::shared_ptr<const core::MappedFile> file);
    void cancelCopy();
    /// To be called after what the core does not report as a change of content: the access mode,
    /// the beginning of a flush or copy. Emits stateChanged().
    void noteStateChanged();

    /// False where the document is read-only, which is then said: for those who ask before they
    /// let anybody type.
    bool mayEdit();
    /// Says in words why an edit was not made. Emits editRefused().
    void refuse(const core::Error& error);
    void refuse(const QString& reason);
    /// An edit fell into a change that is switched off: asks what is to become of that. `again`
    /// makes the edit with the answer; it is not called where the document has changed meanwhile.
    void askSwitchedOff(std::function<void(core::IfSwitchedOff)> again);

signals:
    /// After any change of content, and after a flush (what is pending changed). Offsets as in
    /// core::DocumentEvent. stateChanged() follows.
    void contentChanged(const octavo::core::DocumentEvent& event);
    /// Pending changes, undo and redo, mode, path or flushing may have changed: ask document().
    void stateChanged();
    /// One plain sentence for a bar or a status message.
    void editRefused(const QString& reason);
    void switchedOffMet(const std::function<void(octavo::core::IfSwitchedOff)>& again);
    /// Another program did something to the file on the disk. Views fetch again by themselves.
    void fileChangedOutside(octavo::core::FileEvent event);
    /// The document goes now and is still whole: let go of it.
    void aboutToClose();

private:
    void noteSaved();

    std::unique_ptr<core::Document> document_;
    std::function<std::vector<core::Change>(core::Extent)> marks_;
    QString whyReadOnly_;
    OutsideWatch* watch_;
    OutsideReview* outside_;
    ChangeReviewer* reviewer_;
    HistoryKeeper* history_;
    WriteThrough* writeThrough_;
    EditLogKeeper* editLog_ = nullptr;
};

}  // namespace octavo::ui
