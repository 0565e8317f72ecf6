#include "core/file/map_descriptor.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace octavo::core {

Result<int> openForMap(const std::string& path, bool writable) {
    // The system would take the part before it for the name.
    if (path.find('\0') != std::string::npos)
        return Error{ErrorCode::InvalidArgument, "open", path, 0, "the name holds a zero byte"};
    const int mode = writable ? O_RDWR : O_RDONLY;
    const int descriptor = ::open(path.c_str(), mode | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return Error::fromSystem("open", path, errno);
    return descriptor;
}

Result<int> duplicateForMap(int descriptor) {
    const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (own < 0)
        return Error::fromSystem("map", {}, errno);
    return own;
}

Result<int> createForMap(Offset length) {
    const int descriptor = ::memfd_create("octavo", MFD_CLOEXEC);
    if (descriptor < 0)
        return Error::fromSystem("map", {}, errno);
    while (::ftruncate(descriptor, length) != 0) {
        if (errno == EINTR)
            continue;
        const Error error = Error::fromSystem("map", {}, errno);
        ::close(descriptor);
        return error;
    }
    return descriptor;
}

}  // namespace octavo::core
