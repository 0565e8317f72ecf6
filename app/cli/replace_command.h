// octavo-cli replace: puts something else in place of what is found.
#pragma once

#include "app/cli/command.h"

namespace octavo::cli {

const Command& replaceCommand();

}  // namespace octavo::cli
