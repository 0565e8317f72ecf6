#include "core/base/allocate.h"

#include <cassert>
#include <new>
#include <stdexcept>

namespace octavo::core {

Result<Bytes> allocate(std::string_view operation, Offset length) {
    assert(length >= 0);
    try {
        return Bytes(static_cast<std::size_t>(length));
    } catch (const std::bad_alloc&) {
    } catch (const std::length_error&) {
    }
    return Error{ErrorCode::TooLarge, std::string(operation), {}, 0, "there is no memory for it"};
}

}  // namespace octavo::core
