#include "core/file/foreign_lock.h"

#include <cerrno>

namespace octavo::core {

bool saysNoLocks(const Error& error) {
    return error.systemError == EOPNOTSUPP || error.systemError == ENOLCK ||
           error.systemError == ENOSYS || error.systemError == EINVAL;
}

}  // namespace octavo::core
