// One line for whatever could not be read.
#pragma once

#include "core/base/result.h"
#include "core/base/unreadable.h"

#include <string>
#include <string_view>

namespace octavo::cli {

/// Names the first extent, and how much more there is. `unreadable` is not empty.
core::Error unreadableError(std::string_view operation, const std::string& path,
                            const core::Unreadable& unreadable);

}  // namespace octavo::cli
