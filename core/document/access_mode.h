// What may happen to an open document.
#pragma once

namespace octavo::core {

enum class AccessMode {
    ReadOnly,      ///< every edit is refused
    Preview,       ///< copy on write: edits are seen, and reach the file by a flush only
    WriteThrough,  ///< edits keep the length and reach the file at once
};

}  // namespace octavo::core
