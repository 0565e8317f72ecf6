// What all windows share. Outlives them.
// Thread rule: GUI thread, except for the file system, which is for any thread but that.
#pragma once

#include "app/appearance.h"
#include "app/dialogs.h"
#include "app/settings.h"
#include "core/file/file_system.h"

#include <string>

namespace octavo::app {

struct Environment {
    Settings& settings;
    Dialogs& dialogs;
    Appearance& appearance;
    core::FileSystem& fileSystem;
    /// Where edit logs are kept, and looked for at the start; empty where none are.
    std::string recoveryFolder = {};
    /// Where bookmarks are kept; empty where none are.
    std::string bookmarkFolder = {};
    /// Quit was asked for and waits for a window that is saving.
    bool quitting = false;
};

}  // namespace octavo::app
