#include "core/file/memory_map_options.h"

namespace octavo::core {

namespace {

Error contradiction(const char* reason) {
    return Error::invalid("map", reason);
}

Result<MapKind> followProtection(const MemoryMapOptions& options) {
    const MapProtection protection =
        options.protection.value_or(MapProtection::Read | MapProtection::Write);
    MapKind kind;
    kind.shared = options.sharing.value_or(MapSharing::Shared) == MapSharing::Shared;
    kind.executable = includes(protection, MapProtection::Execute);
    if (!includes(protection, MapProtection::Write))
        kind.access = MapAccess::ReadOnly;
    else
        kind.access = kind.shared ? MapAccess::WriteThrough : MapAccess::CopyOnWrite;
    return kind;
}

Status checkProtection(MapProtection protection) {
    constexpr MapProtection kAll =
        MapProtection::Read | MapProtection::Write | MapProtection::Execute;
    if ((static_cast<unsigned>(protection) & ~static_cast<unsigned>(kAll)) != 0)
        return contradiction("no such protection");
    if (protection == MapProtection::None)
        return contradiction("a map that cannot even be read");
    return {};
}

}  // namespace

Result<MapKind> resolveKind(const MemoryMapOptions& options) {
    if (options.sharing && *options.sharing != MapSharing::Shared &&
        *options.sharing != MapSharing::Private)
        return contradiction("no such sharing");
    if (options.protection) {
        if (const Status good = checkProtection(*options.protection); !good)
            return good.error();
    }

    MapKind kind;
    kind.access = options.access;
    switch (options.access) {
    case MapAccess::Default:
        return followProtection(options);
    case MapAccess::ReadOnly:
    case MapAccess::WriteThrough:
        kind.shared = true;
        break;
    case MapAccess::CopyOnWrite:
        kind.shared = false;
        break;
    default:
        return contradiction("no such access");
    }
    if (options.sharing && (*options.sharing == MapSharing::Shared) != kind.shared)
        return contradiction("access and sharing contradict each other");
    if (options.protection) {
        if (includes(*options.protection, MapProtection::Write) != kind.isWritable())
            return contradiction("access and protection contradict each other");
        kind.executable = includes(*options.protection, MapProtection::Execute);
    }
    return kind;
}

}  // namespace octavo::core
