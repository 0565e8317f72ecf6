// What the tests of MemoryMap share: maps of given bytes, and answers as they can be compared.
#pragma once

#include "core/file/memory_map.h"
#include "tests/support/test_folder.h"

#include <QByteArray>

#include <functional>

#include <sys/wait.h>
#include <unistd.h>

namespace octavo::test {

inline QByteArray text(core::ByteSpan bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

inline QByteArray text(const core::Result<core::Bytes>& bytes) {
    return bytes ? text(core::ByteSpan(*bytes))
                 : "(" + QByteArray::fromStdString(bytes.error().message()) + ")";
}

/// The whole content of a map.
inline QByteArray content(const core::MemoryMap& map) {
    return text(map.slice({}));
}

/// A map of a new file `name` in `folder` with these bytes.
inline core::MemoryMap mapOf(const TestFolder& folder, const char* name, const QByteArray& bytes,
                             core::MapAccess access = core::MapAccess::WriteThrough) {
    core::MemoryMapOptions options;
    options.access = access;
    auto map = core::MemoryMap::fromPath(folder.write(name, bytes), options);
    if (!map)
        qFatal("%s", map.error().message().c_str());
    return std::move(*map);
}

/// An anonymous map with these bytes.
inline core::MemoryMap mapOf(const QByteArray& bytes) {
    core::MemoryMapOptions options;
    options.length = bytes.size();
    auto map = core::MemoryMap::anonymous(options);
    if (!map || !map->setSlice({}, span(bytes)))
        qFatal("cannot make an anonymous map");
    return std::move(*map);
}

/// The exit status of a forked child that runs `body`; -1 where it crashed.
inline int inChild(const std::function<int()>& body) {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(body());
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

}  // namespace octavo::test
