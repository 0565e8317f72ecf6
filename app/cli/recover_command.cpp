#include "app/cli/recover_command.h"

#include "app/cli/recovery_note.h"
#include "core/save/temporary_name.h"

#include <string>

namespace octavo::cli {

namespace {

int run(const Arguments& arguments, Output& output) {
    core::FileSystem& fileSystem = core::systemFileSystem();
    const std::string& path = arguments.operand(0);
    // For the same answers as from all commands where there is no such file, or none with content.
    if (const auto file = fileSystem.open(path, core::OpenMode::Read); !file) {
        return output.fail(file.error());
    }
    core::Progress progress;
    const core::Result<core::SaveRecovery> recovery = recoverSave(fileSystem, path, progress);
    if (!recovery) {
        return output.fail(recovery.error());
    }
    core::removeLeftovers(fileSystem, path);
    const std::string text = describe(*recovery, path);
    if (recovery->outcome == core::SaveOutcome::Foreign) {
        output.warn(text);
        return kFailed;
    }
    output.write(text.empty() ? "nothing to recover: no save of " + core::printable(path) +
                                    " was interrupted\n"
                              : text + '\n');
    return kDone;
}

}  // namespace

const Command& recoverCommand() {
    static const Command command{
        {"recover", {"FILE"}, {}},
        "Makes a file whole again whose save was interrupted by a kill or a power cut.",
        "Every other command and the editor do so by themselves before they read the file.\n"
        "Says which content the file has, the old or the new. Exit status 2: it could not be made\n"
        "whole, or has been changed since by something else; then it is left as it is, and what\n"
        "the save knew is kept beside it.\n",
        run};
    return command;
}

}  // namespace octavo::cli
