#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

const Command& findCommand();

}  // namespace octavo::cli
