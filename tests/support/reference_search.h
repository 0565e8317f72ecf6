// Search at its plainest: every place, byte by byte. What the real one is compared with.
#pragma once

#include "core/base/types.h"
#include "core/search/pattern.h"

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

/// All matches within `range` that do not overlap, in the order they are found.
inline std::vector<core::Offset> referenceFindAll(const ReferenceContent& content,
                                                  const core::Pattern& pattern, core::Extent range,
                                                  bool backward) {
    std::vector<core::Offset> matches;
    const core::Offset size = pattern.length();
    if (backward) {
        for (core::Offset at = range.end() - size; at >= range.offset;) {
            const bool matched = referenceMatches(content, pattern, at);
            if (matched) {
                matches.push_back(at);
            }
            at -= matched ? size : 1;
        }
        return matches;
    }
    for (core::Offset at = range.offset; at <= range.end() - size;) {
        const bool matched = referenceMatches(content, pattern, at);
        if (matched) {
            matches.push_back(at);
        }
        at += matched ? size : 1;
    }
    return matches;
}

inline std::optional<core::Offset> referenceFindFirst(const ReferenceContent& content,
                                                      const core::Pattern& pattern,
                                                      core::Extent range, bool backward) {
    const std::vector<core::Offset> all = referenceFindAll(content, pattern, range, backward);
    return all.empty() ? std::nullopt : std::optional(all.front());
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
