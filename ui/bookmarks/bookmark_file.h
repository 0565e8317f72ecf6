// Bookmarks on the disk: for each document a JSON file, named after a hash of its path.
//
// Its offsets are those of the file and not of the document with its pending edits: these may be
// discarded, and the bookmarks still stand at their bytes.
// Thread rule: reading and writing for a thread that may wait for the disk; the rest answers from
// memory.
#pragma once

#include "core/base/result.h"
#include "core/content/piece_tree.h"
#include "ui/bookmarks/bookmark_list.h"

#include <string>
#include <vector>

namespace octavo::ui {

/// Where in the file stands what is at `offset` in the document; for what is not in the file, where
/// it would be put in. And the other way round.
core::Offset offsetInFile(const core::PieceTree& tree, core::Offset offset);
core::Offset offsetInDocument(const core::PieceTree& tree, core::Offset fileOffset);

/// None where there is no file. What is no bookmark in it is left out; a file that is no JSON is an
/// error.
core::Result<std::vector<Bookmark>> readBookmarks(const std::string& folder,
                                                  const std::string& documentPath);
/// Replaces the file whole or leaves it as it is; without bookmarks there is to be none.
core::Status writeBookmarks(const std::string& folder, const std::string& documentPath,
                            const std::vector<Bookmark>& bookmarks);

}  // namespace octavo::ui
