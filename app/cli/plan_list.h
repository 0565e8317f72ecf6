// Lists the ways of saving a document in the two forms that commands have: a line each, or a JSON
// array of objects.
#pragma once

#include "app/cli/output.h"
#include "core/save/save_plan.h"

#include <vector>

namespace octavo::cli {

/// The plan that is taken comes first.
void listPlans(const std::vector<core::SavePlan>& plans, bool asJson, Output& output);

}  // namespace octavo::cli
