#include "ui/bridge/original_document.h"

#include "core/content/original_places.h"

#include <utility>

namespace octavo::ui {

OriginalDocument::OriginalDocument(EditorDocument& edited, QObject* parent)
    : QObject(parent), edited_(edited) {
    makeShown();
    connect(&edited, &EditorDocument::contentChanged, this, &OriginalDocument::follow);
}

OriginalDocument::~OriginalDocument() = default;

void OriginalDocument::makeShown() {
    version_ = edited_.document().version();
    shown_ = std::make_unique<EditorDocument>(edited_.document().original());
    shown_->showAsOriginal(
        [this](core::Extent extent) {
            return core::changesOfOriginal(edited_.document().snapshot(), extent);
        },
        tr("This is the original, which stays as it is until the edits are flushed."));
}

void OriginalDocument::follow() {
    if (edited_.document().version() == version_) {
        return shown_->noteMarksChanged();
    }
    const std::unique_ptr<EditorDocument> before = std::move(shown_);
    makeShown();
    emit replaced();
}

core::Offset OriginalDocument::toOriginal(core::Offset edited) const {
    return core::originalOffset(edited_.document().snapshot(), edited);
}

core::Offset OriginalDocument::toEdited(core::Offset original) const {
    return core::editedOffset(edited_.document().snapshot(), original);
}

}  // namespace octavo::ui
