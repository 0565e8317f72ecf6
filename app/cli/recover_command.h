#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

/// Makes a file whole again whose save was interrupted.
const Command& recoverCommand();

}  // namespace octavo::cli
