// A file's content, to be put into a document.
//
// What is small is copied and has nothing to do with the file from then on. What is larger is
// referred to: it takes no memory, must be compared before it is flushed (core/save/source_check.h)
// and keeps the file open. Where a document has the same file open, its saves are followed.
//
// Thread rule: on a worker.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/content.h"
#include "core/file/file_system.h"

#include <string>

namespace octavo::core {

/// Up to this length a file is copied.
inline constexpr Offset kMostImportCopied = Offset{64} << 20;

/// The content of the file at `path`; `mostCopied` is another limit for tests. Errors: those of
/// opening it; Unreadable where a byte that is to be copied cannot be read; TooLarge where there is
/// more than the limit of what is made while it is read, or of a process's memory: that is always
/// copied; Cancelled.
Result<Content> importFile(FileSystem& fileSystem, const std::string& path, Progress& progress,
                           Offset mostCopied = kMostImportCopied);

}  // namespace octavo::core
