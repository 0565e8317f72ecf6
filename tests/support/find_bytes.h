// Searches for bytes under masks whose hits are told by their offsets: all there is to tell where
// every match has one length.
#pragma once

#include "core/search/find.h"
#include "core/search/masked_finder.h"

#include <functional>
#include <optional>

namespace octavo::test {

struct FoundBytes {
    std::optional<core::Offset> match;
    core::Unreadable notSearched;
};

inline core::Result<FoundBytes> findFirst(const core::Snapshot& snapshot,
                                          const core::Pattern& pattern, core::Extent range,
                                          bool backward, core::Progress& progress,
                                          core::FindOptions options = {}) {
    options.backward = backward;
    auto outcome = core::findFirst(snapshot, core::MaskedFinder(pattern), range, progress, options);
    if (!outcome) {
        return outcome.error();
    }
    return FoundBytes{outcome->match ? std::optional(outcome->match->offset) : std::nullopt,
                      std::move(outcome->notSearched)};
}

inline core::Result<core::Unreadable> findAll(const core::Snapshot& snapshot,
                                              const core::Pattern& pattern, core::Extent range,
                                              bool backward, core::Progress& progress,
                                              const std::function<bool(core::Offset)>& onMatch,
                                              core::FindOptions options = {}) {
    options.backward = backward;
    auto outcome = core::findAll(
        snapshot, core::MaskedFinder(pattern), range, progress,
        [&onMatch](const core::Hit& hit) { return onMatch(hit.offset); }, options);
    if (!outcome) {
        return outcome.error();
    }
    return std::move(outcome->notSearched);
}

}  // namespace octavo::test
