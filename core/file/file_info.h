// What the system knows about a file: which one it is, of what kind, how long, when it changed.
//
// Thread rule: plain values.
#pragma once

#include "core/base/types.h"

#include <cstdint>

namespace octavo::core {

enum class FileKind {
    Regular,
    BlockDevice,
    CharacterDevice,
    Directory,
    Fifo,
    Socket,
    Unknown,
};

/// Which file it is, whatever its name: two open files are the same where this is equal.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// How the bytes of a file come about, and so how they may be reached.
enum class FileNature {
    Ordinary,       ///< stored: may be mapped
    HolesInMemory,  ///< on tmpfs and its like, where reading a hole through a map takes memory
    Generated,      ///< made while it is read (/proc, /sys): its size says nothing
    ProcessMemory,  ///< /proc/PID/mem: readable in the regions of the process
};

struct FileInfo {
    FileIdentity identity;
    FileKind kind = FileKind::Unknown;
    Offset size = 0;
    Offset allocated = 0;           ///< bytes on the disk; less than the size where there are holes
    std::int64_t modifiedNs = 0;    ///< nanoseconds since 1970 of the last change of content
    std::int64_t changedNs = 0;     ///< ns since 1970 of the last change of any kind
    std::uint32_t permissions = 0;  ///< the lower twelve mode bits
    std::uint64_t links = 1;        ///< its names; 1 where the system does not tell

    /// True where it has no name any more and goes when it is closed.
    bool isDeleted() const { return links == 0; }

    /// True where nothing tells that the content differs from what `other` described. Both times
    /// count: a program can set the one back, but not the other. What the system does not tell
    /// (stores through another program's mapping) stays unseen.
    bool looksLike(const FileInfo& other) const {
        return identity == other.identity && size == other.size && modifiedNs == other.modifiedNs &&
               changedNs == other.changedNs;
    }
};

}  // namespace octavo::core
