#include "ui/bridge/editor_document.h"

#include "core/base/worker.h"
#include "ui/bridge/outside_watch.h"

namespace octavo::ui {

namespace {

/// Frees a document where waiting for its disk hurts nobody.
void freeInBackground(std::unique_ptr<core::Document> document) {
    // Never destroyed: it may be waiting for a stopped disk when the program ends.
    static auto* const worker = new core::Worker("octavo closing");
    // Shared, because a task must be copyable.
    worker->post([shared = std::shared_ptr<core::Document>(std::move(document))]() mutable {
        shared.reset();
    });
}

}  // namespace

EditorDocument::EditorDocument(std::unique_ptr<core::Document> document, QObject* parent)
    : QObject(parent), document_(std::move(document)), watch_(new OutsideWatch(this)) {
    document_->setListener([this](const core::DocumentEvent& event) {
        emit contentChanged(event);
        noteStateChanged();
    });
    connect(watch_, &OutsideWatch::changed, this, [this](core::FileEvent event) {
        document_->noteOutsideEvent(event);
        emit fileChangedOutside(event);
    });
    watch_->setFile(document_->file());
}

EditorDocument::~EditorDocument() {
    emit aboutToClose();
    document_->setListener({});
    watch_->setFile(nullptr);
    freeInBackground(std::move(document_));
}

void EditorDocument::noteStateChanged() {
    watch_->setFile(document_->file());
    // What we write ourselves is not another program's change.
    watch_->setPaused(document_->isFlushing());
    emit stateChanged();
}

void EditorDocument::refuse(const core::Error& error) {
    refuse(QString::fromStdString(error.message()));
}

void EditorDocument::refuse(const QString& reason) {
    emit editRefused(reason);
}

}  // namespace octavo::ui
