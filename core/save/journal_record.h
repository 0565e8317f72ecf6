// What a journal holds: the layout that Journal writes and recovery reads.
//
//   header   84 bytes, in the machine's order of bytes: a journal never leaves its machine
//   path     of the file, so that a journal in the state folder is known by it
//   runs     at most kLongestRun bytes of the file each, ascending: where (8 bytes), how many (4),
//            the old bytes, and for each sector of the file that the run touches the hash of the
//            new bytes there (8)
//
// The hash of everything behind the header stands in the header, and the header's own at its end:
// a journal that a power cut has torn is known as none, and then nothing was written to the file.
// A sector is the most that a disk writes whole or not at all.
// Thread rule: plain values.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/file_info.h"

#include <optional>
#include <vector>

namespace octavo::core {

struct JournalHeader {
    FileIdentity file;
    Offset sizeBefore = 0;
    Offset sizeAfter = 0;
    Offset pathLength = 0;
    std::uint64_t runs = 0;
    Offset bodyLength = 0;  ///< of all behind the header
    std::uint64_t bodyHash = 0;
    /// Nothing is to be done any more: the save has ended, well or put back.
    bool isIdle = false;

    static constexpr std::size_t kSize = 84;
    Bytes encoded() const;
    /// Nothing where it is none, or torn.
    static std::optional<JournalHeader> decoded(ByteSpan bytes);
};

struct JournalRun {
    static constexpr Offset kLongest = Offset{256} << 10;
    static constexpr Offset kSector = 512;

    FileOffset at;
    Bytes before;
    std::vector<std::uint64_t> after;  ///< hashes, one for each of parts()

    /// The parts of a run, none of which reaches over the end of a sector.
    static std::vector<FileExtent> parts(FileExtent run);
    static void encode(FileOffset at, ByteSpan before, ByteSpan after, Bytes& out);
};

}  // namespace octavo::core
