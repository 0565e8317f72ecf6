// Looks for every hit and makes what is to stand there: the edits of a replace, for the document
// to carry out as one step.
//
// Thread rule: run() once, on a thread that may wait for a disk.
// Cost: 24 bytes a hit, and the bytes of the replacements; those of one that is the same for every
// hit once.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/unreadable.h"
#include "core/content/snapshot.h"
#include "core/search/find_options.h"
#include "core/search/hit.h"
#include "core/search/replacement.h"
#include "core/search/search_query.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace octavo::core {

/// The number of parts of a match that a replacement can name.
Result<std::size_t> groupCount(const SearchQuery& query);

class ReplaceAll {
public:
    struct Options {
        FindOptions find;  ///< forwards, not overlapping
        /// Ends after so many hits.
        std::uint64_t most = kAll;
        static constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();
        /// Where there are more, nothing is to be replaced.
        std::uint64_t limit = kMostHits;
        /// What the counters of the replacement begin with.
        std::uint64_t firstNumber = 1;
        static constexpr std::uint64_t kMostHits = std::uint64_t{1} << 24U;
    };

    ReplaceAll(Snapshot snapshot, SearchQuery query, Extent range, Replacement replacement,
               Options options);

    /// Errors: Cancelled; InvalidArgument; TooLarge where the search was given up or there are more
    /// hits or bytes than can be held: nothing is to be replaced then.
    Status run(Progress& progress);

    // After run().
    std::size_t size() const { return edits_.size(); }
    Extent extent(std::size_t index) const {
        return {edits_[index].offset, static_cast<Offset>(edits_[index].length)};
    }
    ByteSpan bytes(std::size_t index) const;
    /// Bytes that could not be read and so not be searched.
    const Unreadable& notSearched() const { return notSearched_; }

private:
    struct Edit {
        Offset offset;
        std::uint64_t begin;      // in bytes_
        std::uint32_t length;     // what a finder matches at most fits
        std::uint32_t newLength;  // at most kMostBytes
    };

    Status add(const Hit& hit);
    std::vector<std::optional<Extent>> groups(const Hit& hit);

    Snapshot snapshot_;
    SearchQuery query_;
    Extent range_;
    Replacement replacement_;
    Options options_;
    std::vector<std::optional<Extent>> fixedGroups_;
    std::optional<Regex> regex_;
    std::vector<Edit> edits_;
    Bytes bytes_;
    Bytes match_;
    Unreadable notSearched_;
};

}  // namespace octavo::core
