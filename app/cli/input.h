// The document that an operand names: a file, or with "-" what standard input gives.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <memory>
#include <string>

namespace octavo::cli {

/// Read-only. Standard input that is no file is first read to its end, into a temporary file that
/// goes with the document, so that its size does not matter.
core::Result<std::unique_ptr<core::Document>> openInput(const std::string& operand);

}  // namespace octavo::cli
