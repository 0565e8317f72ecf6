// What stood in the file where a change replaces bytes, and 64 bytes on either side: enough to
// tell later whether another program has written there.
//
// Bytes are hashed whole up to 64 KiB; of more, the first and last 16 KiB and eight blocks of 4 KiB
// spread evenly between. `isWhole` says which: a sampled fingerprint that agrees says "cannot
// tell" about the bytes between.
//
// Fingerprints are written to the edit log: another choice of bytes needs a new number there.
//
// Thread rule: plain value. take() and compare() read, so they run on a worker.
#pragma once

#include "core/base/types.h"
#include "core/content/file_version.h"
#include "core/document/change_record.h"

#include <cstdint>
#include <optional>

namespace octavo::core {

struct Fingerprint {
    static constexpr Offset kMargin = 64;
    static constexpr Offset kWhole = Offset{64} << 10;

    FileExtent extent;        ///< that the change replaces, without the margins
    std::uint64_t hash = 0;   ///< XXH3 of margin, bytes, margin; margins are cut at the file's ends
    Offset marginBefore = 0;  ///< bytes hashed before the extent
    Offset marginAfter = 0;   ///< bytes hashed behind it
    bool isWhole = true;

    /// Nothing where a byte cannot be read.
    static std::optional<Fingerprint> take(const FileVersion& file, Offset fileLength,
                                           FileExtent extent);
    /// What another program's write means for the change, from what `file` holds by now. The
    /// margins are those of before, so what was appended behind the change does not touch it.
    OutsideState compare(const FileVersion& file, Offset fileLength) const;
    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

}  // namespace octavo::core
