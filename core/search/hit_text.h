// What stands at a hit and around it, for lists of them.
//
// Thread rule: any thread that may wait for a disk.
#pragma once

#include "core/base/types.h"
#include "core/content/snapshot.h"
#include "core/search/hit.h"
#include "core/search/search_query.h"

#include <string>

namespace octavo::core {

/// More bytes than these are read neither of a hit nor of one side of it.
inline constexpr Offset kMostContext = 4096;

struct HitContext {
    Bytes before;
    Bytes bytes;
    Bytes after;
    bool hasMore = false;  ///< of the hit itself
};

/// Unreadable bytes are zeros.
HitContext readContext(const Snapshot& snapshot, const Hit& hit, Offset around);

/// "DE AD BE".
std::string hexText(ByteSpan bytes);

/// The bytes that are ASCII, with a dot for each other.
std::string plainText(ByteSpan bytes);

/// The characters of a hit of strings as UTF-8 on one line; of any other hit plainText().
std::string hitText(const SearchQuery& query, ByteSpan bytes);

}  // namespace octavo::core
