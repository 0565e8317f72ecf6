#include "ui/hex/tracked_selection.h"

#include <utility>

namespace octavo::ui {

void TrackedSelection::setDocument(EditorDocument* document) {
    forget();
    forgetMatch();
    document_ = document;
}

void TrackedSelection::forget() {
    if (const auto extent = std::exchange(extent_, std::nullopt))
        positions().remove(*extent);
    if (const auto caret = std::exchange(caret_, std::nullopt))
        positions().remove(*caret);
}

void TrackedSelection::forgetMatch() {
    if (const auto match = std::exchange(match_, std::nullopt))
        positions().remove(*match);
}

void TrackedSelection::track(const HexSelection& selection) {
    forget();
    selection_ = selection;
    if (document_ == nullptr)
        return;
    // The caret stands before a byte, and goes with it.
    if (selection.isEmpty())
        caret_ = positions().add(selection.caret, core::TrackedPositions::Bias::After);
    else
        extent_ = positions().add(selection.extent());
}

void TrackedSelection::trackMatch(std::optional<core::Extent> match) {
    forgetMatch();
    if (document_ != nullptr && match)
        match_ = positions().add(*match);
}

HexSelection TrackedSelection::selection() const {
    HexSelection now = selection_;
    if (caret_)
        now.caret = now.anchor = positions().position(*caret_);
    if (!extent_)
        return now;
    const core::Extent extent = positions().extent(*extent_);
    const bool isForward = selection_.anchor < selection_.caret;
    now.anchor = isForward ? extent.offset : extent.end();
    now.caret = isForward ? extent.end() : extent.offset;
    return now;
}

std::optional<core::Extent> TrackedSelection::match() const {
    if (!match_)
        return std::nullopt;
    const core::Extent extent = positions().extent(*match_);
    return extent.isEmpty() ? std::nullopt : std::optional(extent);
}

}  // namespace octavo::ui
