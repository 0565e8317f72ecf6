#include "ui/bridge/editor_document.h"

#include "ui/bridge/background_free.h"
#include "ui/bridge/change_reviewer.h"
#include "ui/bridge/edit_log_keeper.h"
#include "ui/bridge/history_keeper.h"
#include "ui/bridge/outside_review.h"
#include "ui/bridge/outside_watch.h"
#include "ui/bridge/write_through.h"

#include <utility>

namespace octavo::ui {

EditorDocument::EditorDocument(std::unique_ptr<core::Document> document, QObject* parent)
    : QObject(parent)
    , document_(std::move(document))
    , watch_(new OutsideWatch(this))
    , outside_(new OutsideReview(*document_, this))
    , reviewer_(new ChangeReviewer(*document_, this))
    , history_(new HistoryKeeper(*document_, this))
    , writeThrough_(new WriteThrough(*document_, this)) {
    document_->setListener([this](const core::DocumentEvent& event) {
        emit contentChanged(event);
        noteStateChanged();
        reviewer_->noteEdit();
        history_->noteEdit();
        writeThrough_->noteEdit();
    });
    connect(watch_, &OutsideWatch::changed, this, [this](core::FileEvent event) {
        document_->noteOutsideEvent(event);
        emit fileChangedOutside(event);
        outside_->look(event);
    });
    connect(writeThrough_, &WriteThrough::stateChanged, this, [this] {
        if (!document_->isFlushing()) {
            noteSaved();
        }
        noteStateChanged();
    });
    watch_->setFile(document_->file());
}

EditorDocument::~EditorDocument() {
    emit aboutToClose();
    document_->setListener({});
    watch_->setFile(nullptr);
    if (editLog_ != nullptr) {
        editLog_->close(document_->isFlushing() ? EditLogKeeper::Closing::Leave
                                                : EditLogKeeper::Closing::Discard);
    }
    // The way is gone to its end before the document goes.
    struct Last {
        std::unique_ptr<core::Document> document;
        std::unique_ptr<core::HistoryWalk> walk;
    };
    Last last{std::move(document_), history_->leave()};
    freeInBackground(std::make_shared<Last>(std::move(last)));
}

std::vector<core::Change> EditorDocument::marksIn(core::Extent extent) const {
    return marks_ ? marks_(extent) : document_->snapshot().changes(extent);
}

void EditorDocument::showAsOriginal(std::function<std::vector<core::Change>(core::Extent)> marks,
                                    const QString& whyReadOnly) {
    marks_ = std::move(marks);
    whyReadOnly_ = whyReadOnly;
}

QString EditorDocument::whyReadOnly() const {
    return whyReadOnly_.isEmpty() ? tr("This document is read-only. Switch to Preview to edit it.")
                                  : whyReadOnly_;
}

void EditorDocument::noteMarksChanged() {
    emit contentChanged({});
}

void EditorDocument::keepSafe(core::FileSystem& fileSystem, const std::string& folder) {
    history_->setFolder(fileSystem, folder);
    editLog_ = new EditLogKeeper(*document_, fileSystem, folder, this);
    connect(this, &EditorDocument::stateChanged, editLog_, &EditLogKeeper::noteEdit);
    connect(reviewer_, &ChangeReviewer::reviewed, editLog_, &EditLogKeeper::noteEdit);
}

std::function<core::Status(core::Progress&)>
EditorDocument::work(std::shared_ptr<core::Save> save) {
    if (editLog_ != nullptr) {
        return editLog_->work(std::move(save));
    }
    return [save](core::Progress& progress) { return save->run(progress); };
}

void EditorDocument::finishFlush(const core::Save& save) {
    document_->finishFlush(save);
    noteSaved();
    // One that was told to write all the same has met a file that had grown, perhaps.
    if (save.info().size > document_->file()->length()) {
        outside_->look(core::FileEvent::Appended);
    }
    noteStateChanged();
}

void EditorDocument::finishCopy(std::shared_ptr<const core::MappedFile> file) {
    document_->finishCopy(std::move(file));
    noteSaved();
    noteStateChanged();
}

void EditorDocument::cancelCopy() {
    document_->cancelCopy();
    noteSaved();
    noteStateChanged();
}

/// The document has finished a flush or a copy.
void EditorDocument::noteSaved() {
    if (editLog_ != nullptr) {
        editLog_->noteSaved();
    }
    outside_->noteSaved();
    writeThrough_->noteEdit();
}

void EditorDocument::noteStateChanged() {
    watch_->setFile(document_->file());
    // What we write ourselves is not another program's change.
    watch_->setPaused(document_->isFlushing());
    emit stateChanged();
}

bool EditorDocument::mayEdit() {
    const bool isReadOnly = document_->accessMode() == core::AccessMode::ReadOnly;
    if (isReadOnly) {
        refuse(whyReadOnly());
    }
    return !isReadOnly;
}

void EditorDocument::refuse(const core::Error& error) {
    QString reason = QString::fromStdString(error.reason);
    if (!reason.isEmpty()) {
        reason[0] = reason[0].toUpper();
    }
    refuse(tr("%1.", "a sentence").arg(reason));
}

void EditorDocument::refuse(const QString& reason) {
    emit editRefused(reason);
}

void EditorDocument::askSwitchedOff(std::function<void(core::IfSwitchedOff)> again) {
    emit switchedOffMet(
        [this, again = std::move(again), revision = document_->revision()](auto answer) {
            if (document_->revision() == revision) {
                again(answer);
            }
        });
}

}  // namespace octavo::ui
