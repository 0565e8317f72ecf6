// Writes the edits of a document in write-through mode to its file, each as soon as it was made.
//
// A write that fails takes the edit back: what is shown is what the file holds.
// Thread rule: GUI thread; the writing is a job.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <QObject>

namespace octavo::ui {

class WriteThrough final : public QObject {
    Q_OBJECT

public:
    /// `document` must outlive it.
    explicit WriteThrough(core::Document& document, QObject* parent = nullptr);

    /// After each edit, and after each flush or copy that others made. May be called from within
    /// an edit.
    void noteEdit();
    /// True while an edit is on its way to the file.
    bool isRunning() const { return isRunning_; }

signals:
    /// A write has begun or ended: Document::isFlushing() is another.
    void stateChanged();
    void failed(const octavo::core::Error& error);

private:
    void write();

    core::Document& document_;
    bool isAsked_ = false;
    bool isRunning_ = false;
};

}  // namespace octavo::ui
