#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

const Command& infoCommand();

}  // namespace octavo::cli
