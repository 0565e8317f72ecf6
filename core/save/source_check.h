// The other files that pending changes refer to: which they are, and whether they are still what
// they were when the changes were made.
//
// A change that was pasted from another document, or inserted from a large file, shows bytes of
// that file. Our own saves into it keep them; another program's do not.
//
// Thread rule: plain functions; changedSources() asks the disk, so it runs on a worker.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/change_id.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/file/file_info.h"

#include <string>
#include <vector>

namespace octavo::core {

struct ReferencedFile {
    std::string path;
    Offset bytes = 0;  ///< of the document that are read from it
    FileInfo info;     ///< as it was when it was opened, or after our own last save into it
};

/// The files that the changes in `snapshot` refer to, in the order in which they come there, but
/// for the one under the document: `base`, which is nothing where there is none. A copy of what is
/// made while it is read is no file. Time follows the number of pieces.
std::vector<ReferencedFile> referencedFiles(const Snapshot& snapshot, const FileVersion* base);

/// The changes that refer to such a file and cannot rely on it: another file has its name, it is
/// gone or cannot be asked, or its size or times are others; or it is the very file under the
/// document, opened apart because another program had written there, and a flush would write over
/// what it reads. In ascending order. Each file is asked once. Cancelled is the only error.
Result<std::vector<ChangeId>> changedSources(const Snapshot& snapshot, const FileVersion* base,
                                             Progress& progress);

}  // namespace octavo::core
