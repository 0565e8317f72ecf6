// The options that say what is sought and where, of every command that searches.
#pragma once

#include "app/cli/arguments.h"
#include "core/search/find_options.h"
#include "core/search/search_query.h"

#include <vector>

namespace octavo::cli {

/// Those for what is sought, for where, and for how; then those of the command itself.
std::vector<Option> withQueryOptions(std::vector<Option> own);

/// An error where nothing or two things are sought, or an option does not go with what is sought.
core::Result<core::SearchQuery> readQuery(const Arguments& arguments);
core::Result<core::Extent> readRange(const Arguments& arguments);
core::Result<core::FindOptions> readFindOptions(const Arguments& arguments);

/// For the help of a command that takes them.
extern const char* const kQueryHelp;

}  // namespace octavo::cli
