// Makes the caret, the selection and the highlighted match of one grid follow the edits that others
// make in the document: they stay with their bytes.
//
// Thread rule: GUI thread.
#pragma once

#include "core/document/tracked_positions.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/hex_selection.h"

#include <optional>

namespace octavo::ui {

class TrackedSelection {
public:
    TrackedSelection() = default;
    ~TrackedSelection() { setDocument(nullptr); }
    TrackedSelection(const TrackedSelection&) = delete;
    TrackedSelection& operator=(const TrackedSelection&) = delete;

    /// The one before must still be whole; nothing is tracked in the new one yet.
    void setDocument(EditorDocument* document);
    void track(const HexSelection& selection);
    void trackMatch(std::optional<core::Extent> match);

    /// Where they are by now.
    HexSelection selection() const;
    /// Nothing where there is none, or nothing is left of it.
    std::optional<core::Extent> match() const;

private:
    core::TrackedPositions& positions() const { return document_->document().positions(); }
    void forget();
    void forgetMatch();

    EditorDocument* document_ = nullptr;
    HexSelection selection_;  // as it was tracked
    std::optional<core::TrackedPositions::ExtentId> extent_;
    std::optional<core::PositionId> caret_;  // where nothing is selected
    std::optional<core::TrackedPositions::ExtentId> match_;
};

}  // namespace octavo::ui
