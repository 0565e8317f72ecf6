#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

const Command& editCommand();

}  // namespace octavo::cli
