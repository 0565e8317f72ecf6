// The save of a strategy.
// Thread rule: the document's thread; touches no file.
#pragma once

#include "core/base/result.h"
#include "core/save/save.h"

#include <memory>

namespace octavo::core {

/// The strategy that is taken where nobody chose one.
SaveStrategy defaultStrategy(const SaveRequest& request);

/// Errors: LengthChanged where the strategy cannot insert or delete bytes, InvalidArgument where
/// it does not save into the file itself.
Result<std::shared_ptr<Save>> makeSave(SaveRequest request);

}  // namespace octavo::core
