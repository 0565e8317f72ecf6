// From the system's description of a file to ours.
// Thread rule: plain function.
#pragma once

#include "core/file/file_info.h"

#include <sys/stat.h>

namespace octavo::core {

/// Everything but the size of a block device, which has to be asked of the device.
FileInfo fileInfo(const struct stat& status);

}  // namespace octavo::core
