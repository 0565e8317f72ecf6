// One command of octavo-cli.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/output.h"

#include <string_view>

namespace octavo::cli {

struct Command {
    Syntax syntax;
    std::string_view summary;  ///< one line, for the list of commands
    std::string_view notes;    ///< what the help says below the options; whole lines
    /// Returns the exit status.
    int (*run)(const Arguments& arguments, Output& output);
};

}  // namespace octavo::cli
