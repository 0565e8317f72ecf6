// Search at its plainest: every place, byte by byte. What the real one is compared with.
#pragma once

#include "core/base/types.h"
#include "core/search/pattern.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace octavo::test {

/// Content with bytes that cannot be read. All of it is readable where `readable` is empty.
struct ReferenceContent {
    core::Bytes bytes;
    std::vector<bool> readable;

    bool isReadable(core::Offset at) const {
        return readable.empty() || readable[static_cast<std::size_t>(at)];
    }
};

inline bool referenceMatches(const ReferenceContent& content, const core::Pattern& pattern,
                             core::Offset at) {
    for (core::Offset i = 0; i < pattern.length(); ++i) {
        const auto here = static_cast<std::size_t>(at + i);
        const auto there = static_cast<std::size_t>(i);
        const core::Byte mask = pattern.mask()[there];
        if (!content.isReadable(at + i) ||
            (content.bytes[here] & mask) != (pattern.bytes()[there] & mask)) {
            return false;
        }
    }
    return true;
}

/// The first `most` matches within `range` that do not overlap, in the order they are found.
inline std::vector<core::Offset> referenceFindAll(const ReferenceContent& content,
                                                  const core::Pattern& pattern, core::Extent range,
                                                  bool backward, std::size_t most = SIZE_MAX) {
    std::vector<core::Offset> matches;
    const core::Offset size = pattern.length();
    const core::Offset last = range.end() - size;
    const core::Offset direction = backward ? -1 : 1;
    core::Offset at = backward ? last : range.offset;
    while (at >= range.offset && at <= last && matches.size() < most) {
        const bool matched = referenceMatches(content, pattern, at);
        if (matched) {
            matches.push_back(at);
        }
        at += direction * (matched ? size : 1);
    }
    return matches;
}

inline std::optional<core::Offset> referenceFindFirst(const ReferenceContent& content,
                                                      const core::Pattern& pattern,
                                                      core::Extent range, bool backward) {
    const std::vector<core::Offset> first = referenceFindAll(content, pattern, range, backward, 1);
    return first.empty() ? std::nullopt : std::optional(first.front());
}

/// The unreadable bytes of `range`, as runs.
inline std::vector<core::Extent> referenceUnreadable(const ReferenceContent& content,
                                                     core::Extent range) {
    std::vector<core::Extent> runs;
    for (core::Offset at = range.offset; at < range.end(); ++at) {
        if (content.isReadable(at)) {
            continue;
        }
        if (!runs.empty() && runs.back().end() == at) {
            ++runs.back().length;
        } else {
            runs.push_back({at, 1});
        }
    }
    return runs;
}

}  // namespace octavo::test
