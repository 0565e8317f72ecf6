#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

const Command& changesCommand();

}  // namespace octavo::cli
