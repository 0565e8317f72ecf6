// The file under a document as it is without the pending edits, for a grid beside the document's
// own: a read-only document that is made anew when a flush makes the file another one.
//
// Thread rule: GUI thread. Touches no file.
#pragma once

#include "ui/bridge/editor_document.h"

#include <QObject>

#include <memory>

namespace octavo::ui {

class OriginalDocument final : public QObject {
    Q_OBJECT

public:
    /// `edited` must outlive it.
    explicit OriginalDocument(EditorDocument& edited, QObject* parent = nullptr);
    ~OriginalDocument() override;

    /// Until replaced() is emitted.
    EditorDocument& shown() { return *shown_; }
    core::Offset toOriginal(core::Offset edited) const;
    core::Offset toEdited(core::Offset original) const;

signals:
    /// Another one is shown from here on; the one before goes when this returns.
    void replaced();

private:
    void makeShown();
    void follow();

    EditorDocument& edited_;
    std::unique_ptr<EditorDocument> shown_;
    std::shared_ptr<const core::FileVersion> version_;
};

}  // namespace octavo::ui
