// What belongs to a file besides its content, and decides how it may be saved.
// Thread rule: plain values.
#pragma once

#include <cstdint>

namespace octavo::core {

/// The numbers of a user and a group.
struct FileOwner {
    std::uint32_t user = 0;
    std::uint32_t group = 0;

    friend bool operator==(const FileOwner&, const FileOwner&) = default;
};

struct FileAttributes {
    FileOwner owner;
    std::uint32_t permissions = 0;  ///< the lower twelve mode bits
    std::uint64_t links = 1;       ///< names of the file; a new file in its place takes one of them
    std::int64_t accessedNs = 0;   ///< nanoseconds since 1970 of the last read, as far as kept
    std::int64_t modifiedNs = 0;   ///< nanoseconds since 1970 of the last change of content
    bool immutable = false;        ///< nobody may change, rename or remove it
    bool appendOnly = false;       ///< it may grow at its end, and nothing else
    bool mountPoint = false;       ///< something is mounted here: no rename can replace it
    bool hasCapabilities = false;  ///< a program that runs with rights of its own

    /// True where a program of this file runs as somebody else: its user, its group, or with rights
    /// of its own. Changed content must not get that without a word.
    bool givesRights() const {
        const std::uint32_t setUserAndGroup = 06000;
        return hasCapabilities || (permissions & setUserAndGroup) != 0;
    }
};

}  // namespace octavo::core
