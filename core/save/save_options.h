// What a save may do although something speaks against it, and what it leaves out or does besides.
// Thread rule: plain values.
#pragma once

#include "core/save/save_strategy.h"

#include <optional>

namespace octavo::core {

struct SaveOptions {
    /// Nothing: patch where the length stays, else the new file.
    std::optional<SaveStrategy> strategy = std::nullopt;
    /// Write though another program changed the file since it was opened; bytes outside the
    /// changes are not touched. A file that is shorter than the changes is refused all the same.
    bool evenIfChangedOutside = false;
    /// Write though another program holds a lock on the file.
    bool evenIfLocked = false;
    /// Replace the file though it has other names, which go on holding the old content; though its
    /// owner or attributes cannot be carried over.
    bool evenIfDetached = false;
    /// Keep the old content as NAME~ before the first write; see backup.h.
    bool keepBackup = false;
    /// Keep only what the new content itself is made of: older versions lose the rest of what is
    /// overwritten.
    bool giveUpUndo = false;
    /// Write changes too whose content is referred to in a file that is not what it was.
    bool evenIfSourceChanged = false;
    /// Return without waiting for the disk and without a journal: what every mapping sees at once,
    /// a power cut may still undo. For writing through.
    bool withoutSync = false;
};

}  // namespace octavo::core
