#include "core/file/state_folder.h"

#include <cstdlib>

namespace octavo::core {

Result<std::string> stateFolder(std::string_view name) {
    const std::string folder = "/octavo/" + std::string(name);
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/')  // a relative one is to be ignored
        return state + folder;
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home == '/')
        return std::string(home) + "/.local/state" + folder;
    return Error{ErrorCode::System,
                 "find the folder for recovery data",
                 {},
                 0,
                 "neither XDG_STATE_HOME nor HOME is set"};
}

}  // namespace octavo::core
