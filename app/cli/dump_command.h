#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

const Command& dumpCommand();

}  // namespace octavo::cli
