// The side of HexView that shows matches and bookmarks: in the grid and, with the changes, in the
// scroll bar.
#include "ui/hex/hex_view.h"
#include "ui/hex/scroll_marks.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;

void HexView::setHighlightedMatch(std::optional<Extent> match) {
    for (const std::optional<Extent>& extent : {match_, match}) {
        if (extent && !extent->isEmpty()) {
            repaintRows(layout_.rowOf(extent->offset), layout_.rowOf(extent->end() - 1));
        }
    }
    match_ = match;
    tracked_.trackMatch(match);
}

void HexView::setMatchSource(const MatchSource* source) {
    matchSource_ = source;
    updateMatches();
}

void HexView::updateMatches() {
    viewport()->update();
    scheduleMarks();
}

void HexView::setBookmarkSource(const BookmarkSource* source) {
    bookmarkSource_ = source;
    updateBookmarks();
}

void HexView::updateBookmarks() {
    viewport()->update();
    scheduleMarks();
}

void HexView::gatherMatches(HexFrame& frame) {
    // As many as there can be one after the other; of more, that overlap, each cell is matched.
    const Extent shown = model_.windowExtent();
    const core::Offset from = std::max(shown.offset, topRow_ * layout_.bytesPerRow());
    const core::Offset rows = layout_.touchedRows(frame.height);
    const core::Offset left = std::max<core::Offset>(shown.end() - from, 0);
    const Extent seen{from, std::min(left, rows * layout_.bytesPerRow())};
    if (matchSource_ != nullptr && !seen.isEmpty())
        frame.matches = matchSource_->matchesIn(seen, 2 * static_cast<std::size_t>(seen.length));
    if (match_ && !intersection(*match_, seen).isEmpty()) {
        const auto place =
            std::ranges::lower_bound(frame.matches, match_->offset, {}, &Extent::offset);
        if (place == frame.matches.end() || *place != *match_)
            frame.matches.insert(place, *match_);
    }
    model_.setMatches(seen, frame.matches);
    for (const Extent& match : frame.matches)
        frame.longestMatch = std::max(frame.longestMatch, match.length);
    if (bookmarkSource_ != nullptr) {
        // The place behind the last byte can have one too.
        const core::Offset more = seen.end() < core::kMaxLength ? 1 : 0;
        frame.bookmarks = bookmarkSource_->bookmarksIn({seen.offset, seen.length + more});
    }
}

/// Not at each change: they may come thick and fast.
void HexView::scheduleMarks() {
    if (!marksSoon_.isActive())
        marksSoon_.start();
}

void HexView::updateMarks() {
    if (document_ == nullptr)
        return bar_->setMarks({});
    const core::Document& document = document_->document();
    bar_->setMarks(scrollMarks(document.snapshot(), document.isModified(), matchSource_,
                               bookmarkSource_, bar_->slotCount()));
}

}  // namespace octavo::ui
