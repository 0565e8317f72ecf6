// What sort of edit a step of the history is, for its name in a list.
#pragma once

#include <cstdint>

namespace octavo::core {

enum class EditKind : std::uint8_t {
    Overwrite,
    Insert,
    Delete,
    Replace,
    Fill,
    Paste,
    Typing,
    SetLength,
    ReplaceMany,
    SwitchOff,
    SwitchOn,
    Revert,
    Keep,
    TakeTheirs,  ///< changes given up for what another program wrote
    Recover,     ///< pending edits of a run that ended without saving
    WriteFailed, ///< a write-through that the disk refused: the old bytes are back
    Group,       ///< several edits that a caller has bracketed
};

}  // namespace octavo::core
