// Writes the hits of a search to a file, for other programs: as JSON in the words of octavo-cli
// find, or as lines of comma-separated values with a line of names above.
//
// Thread rule: a thread that may wait for the disk. Offsets are those of the snapshot.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/snapshot.h"
#include "core/document/edit_map.h"
#include "core/search/hit_store.h"
#include "core/search/search_query.h"

#include <string>

namespace octavo::ui {

enum class HitFormat { Csv, Json };

/// All hits that `store` has by now; `map` leads from where they were found into the snapshot. The
/// file at `path` is replaced whole or left as it is. Progress counts the bytes of the
/// snapshot that are passed.
core::Status exportHits(const std::string& path, HitFormat format, const core::HitStore& store,
                        const core::EditMap& map, const core::SearchQuery& query,
                        const core::Snapshot& snapshot, core::Progress& progress);

}  // namespace octavo::ui
