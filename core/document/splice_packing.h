// How an entry of the splice log is written in bytes: some tens for a common edit, and readable
// from both ends.
//
//   entry   body, length of the body as a varint that is read from its end
//   splice  one byte (kind, how many pieces), counts where the byte has no room for them, from
//           (document offset, then the file offset as a difference to it), removed, inserted
//   mark    one byte (kind and value), change
//   piece   one byte that says which of the following are there, then start, length, file length,
//           source, tag
//
// Varints carry 7 bits a byte, low bits first; differences are zigzag (sign in the lowest bit). A
// piece leaves out what the one before it in the entry or its place in the file tell: a piece that
// shows the file needs its length alone.
//
// The bytes are trusted: who takes them from a file compares a checksum first.
// Thread rule: plain functions.
#pragma once

#include "core/base/types.h"
#include "core/document/splice.h"
#include "core/document/splice_log_entry.h"

#include <cstddef>

namespace octavo::core {

/// More bytes than a splice can take, told by the number of its pieces alone.
std::size_t packedBound(const SpliceView& splice);
/// The same for a mark.
inline constexpr std::size_t kPackedKeptBound = 7;
/// Exactly the bytes that pack() writes.
std::size_t packedSize(const SpliceView& splice);

/// Write an entry from `out` on and return its end.
Byte* pack(const SpliceView& splice, Byte* out);
Byte* packKept(ChangeId change, bool kept, Byte* out);

/// Reads the entry that begins at `at` and returns its end. The vectors of `entry` are used again.
const Byte* unpack(const Byte* at, SpliceLogEntry& entry);
/// Where the entry that stops at `end` begins.
const Byte* packedBegin(const Byte* end);

}  // namespace octavo::core
