// The language of `octavo-cli edit`: one edit a line, applied in order.
//
//   overwrite OFFSET HEX        fill OFFSET LENGTH HEX
//   insert OFFSET HEX           replace OFFSET LENGTH HEX
//   insert-file OFFSET PATH     delete OFFSET LENGTH
//   set-size LENGTH
//
// HEX may hold blanks, and so may PATH, which is what is left of the line but for blanks at its
// ends. Blank lines and lines that begin with # are passed over.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/document/document.h"

#include <optional>
#include <string>
#include <string_view>

namespace octavo::cli {

struct ScriptEdit {
    enum class Kind { Overwrite, Insert, InsertFile, Delete, Fill, Replace, SetSize };

    Kind kind = Kind::Overwrite;
    core::Offset offset = 0;  ///< of all but SetSize
    core::Offset length = 0;  ///< of Delete, Fill, Replace and SetSize
    core::Bytes bytes;        ///< of Overwrite, Insert, Fill and Replace
    std::string path;         ///< of InsertFile
};

/// Nothing for a line that holds no edit. Errors are InvalidArgument.
core::Result<std::optional<ScriptEdit>> parseScriptLine(std::string_view line);

core::Status applyEdit(core::Document& document, const ScriptEdit& edit);

/// Applies the script in the file `script` ("-": standard input), line by line as it is read, as
/// one transaction. An error names the line; what came before it has then been applied.
core::Status applyScript(core::Document& document, const std::string& script);

}  // namespace octavo::cli
