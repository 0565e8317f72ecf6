// The help texts of octavo-cli.
#pragma once

#include "app/cli/command.h"

#include <span>
#include <string>

namespace octavo::cli {

std::string helpOf(const Command& command);
std::string helpOf(std::span<const Command* const> commands);

}  // namespace octavo::cli
