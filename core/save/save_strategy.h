// The ways of putting edits on the disk, by the names that plans, messages and the command line
// use.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <string_view>

namespace octavo::core {

enum class SaveStrategy {
    Patch,    ///< the changed bytes into the file itself, under a journal; the length stays
    Replace,  ///< a new file that shares what it can with the old one, renamed over it
    Shift,    ///< blocks of the file itself are moved, the rest is written; no copy of the file
    Copy,     ///< a file of another name; the one that is open stays as it is
};

/// "patch", "replace", "shift", "copy".
std::string_view nameOf(SaveStrategy strategy);
std::optional<SaveStrategy> saveStrategy(std::string_view name);

}  // namespace octavo::core
