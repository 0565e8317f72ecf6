// Memory whose size comes from outside, without an exception.
// Thread rule: plain function.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <string_view>

namespace octavo::core {

/// `length` zeros, or ErrorCode::TooLarge where there is no memory for them. Never negative.
Result<Bytes> allocate(std::string_view operation, Offset length);

}  // namespace octavo::core
