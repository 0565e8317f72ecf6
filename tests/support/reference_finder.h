// Kinds of patterns at their plainest: whether something stands at a place, and how long it is,
// asked byte by byte. What the finders, and the searches with them, are compared with.
#pragma once

#include "core/base/types.h"
#include "core/search/find_options.h"
#include "core/search/hit.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

namespace octavo::test {

/// The length of the match at `place` that does not reach beyond `end`; nothing where there is
/// none. Other bytes than those in [place, end) may be looked at as neighbours.
using ReferenceMatch = std::function<std::optional<std::size_t>(
    core::ByteSpan bytes, std::size_t place, std::size_t end)>;

inline std::vector<core::Hit> referenceHits(core::ByteSpan bytes, const ReferenceMatch& match,
                                            core::Extent range, const core::FindOptions& options) {
    std::vector<core::Hit> hits;
    const core::Offset end = range.end();
    const auto matchAt = [&](core::Offset at) -> std::optional<core::Hit> {
        if (!options.alignment.admits(at) || at >= options.beginsBefore) {
            return std::nullopt;
        }
        const auto length =
            match(bytes, static_cast<std::size_t>(at), static_cast<std::size_t>(end));
        return length ? std::optional(core::Hit{at, static_cast<core::Offset>(*length)})
                      : std::nullopt;
    };
    if (options.backward) {
        core::Offset limit = end;
        for (core::Offset at = end; at >= range.offset; --at) {
            const auto hit = matchAt(at);
            if (hit && (options.overlapping || hit->end() <= limit)) {
                hits.push_back(*hit);
                limit = at;
            }
        }
        return hits;
    }
    for (core::Offset at = range.offset; at <= end;) {
        const auto hit = matchAt(at);
        if (hit) {
            hits.push_back(*hit);
        }
        at = hit && !options.overlapping ? std::max(hit->end(), at + 1) : at + 1;
    }
    return hits;
}

}  // namespace octavo::test
