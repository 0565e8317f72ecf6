// The language of `octavo-cli edit`: one edit a line, applied in order.
//
//   overwrite OFFSET HEX        insert OFFSET HEX
//   fill OFFSET LENGTH HEX      delete OFFSET LENGTH
//
// HEX may hold blanks. Blank lines and lines that begin with # are passed over.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/document/document.h"

#include <optional>
#include <string>
#include <string_view>

namespace octavo::cli {

struct ScriptEdit {
    enum class Kind { Overwrite, Insert, Delete, Fill };

    Kind kind = Kind::Overwrite;
    core::Offset offset = 0;
    core::Offset length = 0;  ///< of Delete and Fill
    core::Bytes bytes;        ///< of all but Delete
};

/// Nothing for a line that holds no edit. Errors are InvalidArgument.
core::Result<std::optional<ScriptEdit>> parseScriptLine(std::string_view line);

core::Status applyEdit(core::Document& document, const ScriptEdit& edit);

/// Applies the script in the file `script` ("-": standard input), line by line as it is read.
/// An error names the line; what came before it has then been applied.
core::Status applyScript(core::Document& document, const std::string& script);

}  // namespace octavo::cli
