#include "ui/hex/scroll_marks.h"

#include "ui/hex/marked_scroll_bar.h"

#include <algorithm>

namespace octavo::ui {

using core::Offset;

namespace {

/// The document cut into as many parts as there are slots.
class Slots {
public:
    Slots(Offset length, int count) : length_(std::max<Offset>(length, 1)), count_(count) {}

    std::size_t slotOf(Offset offset) const {
        const double part = static_cast<double>(offset) / static_cast<double>(length_);
        return static_cast<std::size_t>(std::clamp(static_cast<int>(part * count_), 0, count_ - 1));
    }
    /// An offset in the next slot, and behind `offset` in any case.
    Offset behind(std::size_t slot, Offset offset) const {
        const double part = static_cast<double>(slot + 1) / count_;
        const double next = part * static_cast<double>(length_);
        return next >= static_cast<double>(length_)
                   ? length_
                   : std::max(static_cast<Offset>(next), offset + 1);
    }

private:
    Offset length_;
    int count_;
};

std::uint8_t markOf(const core::Change& change) {
    if (change.now.isEmpty())
        return MarkedScrollBar::Deleted;
    return change.before.isEmpty() ? MarkedScrollBar::Inserted : MarkedScrollBar::Changed;
}

}  // namespace

std::vector<std::uint8_t> scrollMarks(const core::Snapshot& snapshot, bool hasChanges,
                                      const MatchSource* matches, const BookmarkSource* bookmarks,
                                      int slotCount) {
    std::vector<std::uint8_t> marks(static_cast<std::size_t>(std::max(slotCount, 0)), 0);
    const Offset length = snapshot.length();
    if (marks.empty())
        return marks;
    const Slots parts(length, slotCount);
    const auto markAll = [&](MarkedScrollBar::Mark mark, const auto& next) {
        for (Offset at = 0; at < length;) {
            const std::optional<Offset> place = next(at);
            if (!place)
                break;
            const std::size_t slot = parts.slotOf(*place);
            marks[slot] |= mark;
            at = parts.behind(slot, *place);
        }
    };
    if (matches != nullptr)
        markAll(MarkedScrollBar::Match, [&](Offset at) { return matches->nextMatch(at); });
    if (bookmarks != nullptr)
        markAll(MarkedScrollBar::Bookmark, [&](Offset at) { return bookmarks->nextBookmark(at); });
    bool sawEnd = false;
    for (Offset at = 0; hasChanges && !sawEnd;) {
        sawEnd = at == length;  // what is deleted at the very end stands there
        const std::optional<core::Change> change = snapshot.changeFrom(at);
        if (!change)
            break;
        const std::size_t first = parts.slotOf(std::max(change->now.offset, at));
        const Offset last = std::max(change->now.end() - 1, change->now.offset);
        for (std::size_t slot = first; slot <= parts.slotOf(last); ++slot)
            marks[slot] |= markOf(*change);
        at = std::min(parts.behind(parts.slotOf(last), last), length);
    }
    const bool any = std::ranges::any_of(marks, [](std::uint8_t mark) { return mark != 0; });
    return any ? marks : std::vector<std::uint8_t>();
}

}  // namespace octavo::ui
