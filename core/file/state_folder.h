// Where Octavo keeps what must outlive a run and is no setting: edit logs, journals.
// Thread rule: plain function; asks the environment.
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace octavo::core {

/// The folder octavo/NAME in $XDG_STATE_HOME or ~/.local/state, which need not be there. An error
/// where there is no home.
Result<std::string> stateFolder(std::string_view name);

}  // namespace octavo::core
