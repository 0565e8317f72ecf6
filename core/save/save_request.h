// What every save into the file under a document is given.
// Thread rule: a value; its snapshot and version go to any thread.
#pragma once

#include "core/content/change.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/file/file_system.h"
#include "core/save/journal.h"
#include "core/save/save_options.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

struct SaveRequest {
    FileSystem* fileSystem = nullptr;
    std::string path;
    FileInfo expected;  ///< the file as it was opened, or after our own last save into it
    Snapshot snapshot;  ///< the document when the save was prepared
    SourceId base = 0;  ///< in the snapshot: the source of the pieces that are the file in place
    std::shared_ptr<const FileVersion> version;  ///< the file as the document knows it
    std::shared_ptr<Journal> journal;            ///< of the file, for saves in place
    std::vector<Change> changes;  ///< of the snapshot, on, ascending: what is written
    SaveOptions options;

    /// What the file is to hold: the changes that are written and no others.
    Snapshot content() const;
    /// True where every byte that is not changed stays in its place.
    bool keepsPlaces() const;
};

}  // namespace octavo::core
