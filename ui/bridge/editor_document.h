// An open document as the window sees it: the core's document plus Qt signals for what happens
// to it. Everybody who edits goes through document(); the listener turns each edit, undo, revert
// and flush into signals, so views and panels never have to be told by hand.
//
// Thread rule: GUI thread. The document is freed on a background thread, because closing a file
// and taking down a mapping may wait for the disk.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <QObject>
#include <QString>

#include <memory>

namespace octavo::ui {

class OutsideWatch;

class EditorDocument final : public QObject {
    Q_OBJECT

public:
    explicit EditorDocument(std::unique_ptr<core::Document> document, QObject* parent = nullptr);
    ~EditorDocument() override;

    /// Edits may be made here directly; the signals follow by themselves.
    core::Document& document() { return *document_; }
    const core::Document& document() const { return *document_; }

    /// To be called after what the core does not report as a change of content: the access mode,
    /// the path, the beginning and the end of a flush. Emits stateChanged().
    void noteStateChanged();

    /// Says in words why an edit was not made. Emits editRefused().
    void refuse(const core::Error& error);
    void refuse(const QString& reason);

signals:
    /// After any change of content, and after a flush (what is pending changed). Offsets as in
    /// core::DocumentEvent. stateChanged() follows.
    void contentChanged(const octavo::core::DocumentEvent& event);
    /// Pending changes, undo and redo, mode, path or flushing may have changed: ask document().
    void stateChanged();
    /// One plain sentence for a bar or a status message.
    void editRefused(const QString& reason);
    /// Another program did something to the file on the disk. Views fetch again by themselves.
    void fileChangedOutside(octavo::core::FileEvent event);
    /// The document goes now and is still whole: let go of it.
    void aboutToClose();

private:
    std::unique_ptr<core::Document> document_;
    OutsideWatch* watch_;
};

}  // namespace octavo::ui
