#include "ui/bookmarks/bookmark_list.h"

#include <algorithm>

namespace octavo::ui {

using core::Offset;
using Bias = core::TrackedPositions::Bias;

BookmarkList::BookmarkList(EditorDocument& document, QObject* parent)
    : QObject(parent), document_(document) {
    connect(&document, &EditorDocument::contentChanged, this,
            [this](const core::DocumentEvent& event) {
                if (!entries_.empty() && event.replaced.length != event.newLength) {
                    emit moved();
                }
            });
}

BookmarkList::~BookmarkList() {
    for (const Entry& entry : entries_) {
        positions().remove(entry.place);
    }
}

Offset BookmarkList::offsetOf(const Entry& entry) const {
    return positions().position(entry.place);
}

Bookmark BookmarkList::at(std::size_t index) const {
    const Entry& entry = entries_[index];
    return {offsetOf(entry), entry.name, entry.color, entry.comment};
}

std::vector<Bookmark> BookmarkList::all() const {
    std::vector<Bookmark> bookmarks;
    for (std::size_t i = 0; i < count(); ++i) {
        bookmarks.push_back(at(i));
    }
    return bookmarks;
}

std::optional<std::size_t> BookmarkList::indexOf(core::PositionId id) const {
    const auto place = std::ranges::find(entries_, id, &Entry::place);
    return place != entries_.end()
               ? std::optional(static_cast<std::size_t>(place - entries_.begin()))
               : std::nullopt;
}

std::size_t BookmarkList::firstFrom(Offset offset) const {
    const auto place = std::ranges::partition_point(
        entries_, [&](const Entry& entry) { return offsetOf(entry) < offset; });
    return static_cast<std::size_t>(place - entries_.begin());
}

// ---- Changes

void BookmarkList::insert(const Bookmark& bookmark) {
    const auto place = entries_.begin() + static_cast<std::ptrdiff_t>(firstFrom(bookmark.offset));
    // What is put in before a byte leaves its bookmark with it.
    entries_.insert(place, {positions().add(bookmark.offset, Bias::After), bookmark.name,
                            bookmark.color, bookmark.comment});
}

bool BookmarkList::toggle(Offset offset) {
    const std::size_t first = firstFrom(offset);
    bool isSet = true;
    while (first < count() && offsetOf(entries_[first]) == offset) {
        isSet = false;
        positions().remove(entries_[first].place);
        entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(first));
    }
    if (isSet) {
        insert({offset, {}, 0, {}});
    }
    emit changed();
    return isSet;
}

void BookmarkList::add(const std::vector<Bookmark>& bookmarks) {
    for (const Bookmark& bookmark : bookmarks) {
        if (bookmark.offset >= 0 && bookmark.offset <= document_.document().length()) {
            insert(bookmark);
        }
    }
    emit changed();
}

void BookmarkList::remove(std::size_t index) {
    positions().remove(entries_[index].place);
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
    emit changed();
}

void BookmarkList::setName(std::size_t index, const QString& name) {
    entries_[index].name = name;
    emit changed();
}

void BookmarkList::setColor(std::size_t index, int color) {
    entries_[index].color = color;
    emit changed();
}

void BookmarkList::setComment(std::size_t index, const QString& comment) {
    entries_[index].comment = comment;
    emit changed();
}

// ---- Questions

std::optional<std::size_t> BookmarkList::next(Offset offset) const {
    if (entries_.empty()) {
        return std::nullopt;
    }
    const std::size_t index = offset == core::kMaxLength ? count() : firstFrom(offset + 1);
    return index < count() ? index : 0;
}

std::optional<std::size_t> BookmarkList::previous(Offset offset) const {
    if (entries_.empty()) {
        return std::nullopt;
    }
    const std::size_t index = firstFrom(offset);
    return (index > 0 ? index : count()) - 1;
}

std::vector<ShownBookmark> BookmarkList::bookmarksIn(core::Extent extent) const {
    std::vector<ShownBookmark> shown;
    for (std::size_t i = firstFrom(extent.offset); i < count(); ++i) {
        const Offset offset = offsetOf(entries_[i]);
        if (offset >= extent.end()) {
            break;
        }
        shown.push_back({offset, entries_[i].color});
    }
    return shown;
}

std::optional<Offset> BookmarkList::nextBookmark(Offset offset) const {
    const std::size_t index = firstFrom(offset);
    return index < count() ? std::optional<Offset>(offsetOf(entries_[index])) : std::nullopt;
}

}  // namespace octavo::ui
