#include "app/cli/recovery_note.h"

namespace octavo::cli {

std::string describe(const core::SaveRecovery& recovery, const std::string& path) {
    const std::string name = core::printable(path);
    switch (recovery.outcome) {
    case core::SaveOutcome::None:
        break;
    case core::SaveOutcome::OldContent:
        return "a save of " + name + " was interrupted; it has its old content again";
    case core::SaveOutcome::NewContent:
        return "a save of " + name + " was interrupted at its end; it has the new content";
    case core::SaveOutcome::Foreign:
        return "a save of " + name +
               " was interrupted, but the file has been changed since; it was " +
               "left as it is, and what the save knew is kept in " +
               core::printable(recovery.keptAs);
    }
    return {};
}

void tell(const core::SaveRecovery& recovery, const std::string& path, Output& output) {
    if (const std::string text = describe(recovery, path); !text.empty()) {
        output.warn(text);
    }
}

}  // namespace octavo::cli
