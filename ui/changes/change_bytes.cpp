#include "ui/changes/change_bytes.h"

#include <algorithm>
#include <chrono>

namespace octavo::ui {

using core::Content;
using core::Extent;
using core::Offset;

namespace {

constexpr std::chrono::milliseconds kFrameWait{4};

/// Appends `more` to `all` and tells where it stands there.
Extent append(Content& all, const Content& more) {
    const Extent place{all.length(), more.length()};
    all.append(more);
    return place;
}

/// Takes the part of `fetched` that belongs to the side.
Offset takeSide(const FetchedBytes& fetched, Extent place, ChangeSide& side) {
    const Extent part = intersection(fetched.extent, place);
    if (part.isEmpty()) {
        return 0;
    }
    std::copy_n(fetched.bytes.begin() + (part.offset - fetched.extent.offset), part.length,
                side.bytes.begin() + (part.offset - place.offset));
    for (const Extent& unreadable : fetched.unreadable.extents()) {
        side.isUnreadable = side.isUnreadable || !intersection(unreadable, part).isEmpty();
    }
    return part.length;
}

}  // namespace

Content contentBefore(const ChangeRows& all, const ChangeRow& row, Offset most) {
    const core::FileExtent& before = row.change.before;
    return all.version == nullptr
               ? Content()
               : Content::of(all.version, before.offset.value, std::min(before.length, most));
}

Content contentAfter(const ChangeRows& all, const ChangeRow& row, Offset most) {
    const Extent& now = row.change.now;
    return Content::of(all.snapshot, {now.offset, std::min(now.length, most)});
}

ChangeBytes::ChangeBytes(QObject* parent) : QObject(parent) {
    connect(&fetcher_, &RowFetcher::fetched, this, &ChangeBytes::take);
}

void ChangeBytes::request(const core::Document& document, const ChangeRows& all,
                          const std::vector<ChangeRow>& rows) {
    // All that is to be read, one behind the other, is a document of its own.
    Content content;
    std::vector<Extent> wanted;
    sides_.clear();
    for (const ChangeRow& row : rows) {
        Asked asked;
        asked.before = append(content, contentBefore(all, row, kMost));
        asked.after =
            append(content, row.change.isOff ? document.switchedOffContent(row.change.id, kMost)
                                             : contentAfter(all, row, kMost));
        asked.told.before.bytes.resize(static_cast<std::size_t>(asked.before.length));
        asked.told.before.hasMore = row.change.before.length > kMost;
        asked.told.after.bytes.resize(static_cast<std::size_t>(asked.after.length));
        asked.told.after.hasMore = row.content > kMost;
        asked.told.isKnown = asked.before.isEmpty() && asked.after.isEmpty();
        wanted.push_back({asked.before.offset, content.length() - asked.before.offset});
        sides_.push_back(std::move(asked));
    }
    const auto together = core::Document::untitled();
    if (!together->replace({0, 0}, content)) {
        return;
    }
    fetcher_.request(together->snapshot(), wanted, {}, ++generation_);
    fetcher_.waitForUrgent(kFrameWait);
}

void ChangeBytes::take(const FetchedBytes& fetched) {
    if (fetched.generation != generation_) {
        return;
    }
    for (std::size_t place = 0; place < sides_.size(); ++place) {
        Asked& asked = sides_[place];
        const Offset taken = takeSide(fetched, asked.before, asked.told.before) +
                             takeSide(fetched, asked.after, asked.told.after);
        if (taken == 0) {
            continue;
        }
        asked.known += taken;
        asked.told.isKnown = asked.known == asked.before.length + asked.after.length;
        emit arrived(place);
    }
}

}  // namespace octavo::ui
