// What is told of a save that was found interrupted when a file was opened.
#pragma once

#include "app/cli/output.h"
#include "core/save/recover_save.h"

#include <string>

namespace octavo::cli {

/// Plain English, one line without its end; empty where nothing was found.
std::string describe(const core::SaveRecovery& recovery, const std::string& path);

/// Tells it on standard error, where there is something to tell.
void tell(const core::SaveRecovery& recovery, const std::string& path, Output& output);

}  // namespace octavo::cli
