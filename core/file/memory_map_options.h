// How a MemoryMap is to be made.
//
// The names follow Python's mmap: access, flags (here sharing), prot (here protection), offset,
// length. `access` says it all for most uses; sharing and protection are for those who want what
// the system calls by these names. Both may be given only where they do not contradict.
//
// Thread rule: plain values.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <optional>

namespace octavo::core {

/// What stores do, and where they go.
enum class MapAccess {
    Default,       ///< follows sharing and protection, which without being given are WriteThrough
    ReadOnly,      ///< every store is refused
    WriteThrough,  ///< memory and file change; other processes see it at once
    CopyOnWrite,   ///< memory changes, the file never does
};

/// MAP_SHARED and MAP_PRIVATE.
enum class MapSharing { Shared, Private };

/// PROT_READ, PROT_WRITE and PROT_EXEC; a set. Every map can be read, whatever else it can.
enum class MapProtection : unsigned { None = 0, Read = 1, Write = 2, Execute = 4 };

constexpr MapProtection operator|(MapProtection a, MapProtection b) {
    return static_cast<MapProtection>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool includes(MapProtection set, MapProtection one) {
    return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

struct MemoryMapOptions {
    MapAccess access = MapAccess::Default;
    std::optional<MapSharing> sharing = std::nullopt;
    std::optional<MapProtection> protection = std::nullopt;
    /// Where in the file the map begins: any byte of it.
    FileOffset offset = {};
    /// 0: to the end of the file.
    Offset length = 0;
};

/// What the options come to.
struct MapKind {
    MapAccess access = MapAccess::WriteThrough;  ///< never Default
    bool shared = true;
    bool executable = false;

    bool isWritable() const { return access != MapAccess::ReadOnly; }
};

/// An error where access, sharing and protection contradict each other or are no such values.
Result<MapKind> resolveKind(const MemoryMapOptions& options);

}  // namespace octavo::core
