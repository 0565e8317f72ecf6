// What a save in place of a file must keep of it, and how it keeps it.
//
// A save that moves bytes needs to keep only those that will stand nowhere: planPreserve() tells
// which, and where the others will stand. An insertion at the front of a file moves everything and
// keeps nothing.
//
// Thread rule: plain functions; planPreserve() answers from memory, keepBytes() reads and writes
// and is for a worker.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/extent_map.h"
#include "core/content/file_version.h"
#include "core/content/kept_bytes.h"
#include "core/content/snapshot.h"

#include <span>
#include <string>
#include <vector>

namespace octavo::core {

struct PreservePlan {
    /// Where the file's bytes stand once the new content has taken its place.
    ExtentMap standing;
    /// The bytes that stand nowhere then, ascending.
    std::vector<FileExtent> toKeep;

    Offset bytesToKeep() const;
};

/// What becomes of each byte of the file, which is as `current` says, when the content of `saved`
/// is written in its place from the beginning on. Bytes of the file are recognised by the pieces of
/// any version of its chain, whatever change they belong to; where one stands several times, one
/// place is taken. O(n log n) in the pieces. `current` is the newest version.
PreservePlan planPreserve(const FileVersion& current, const Snapshot& saved);

/// The bytes of the file that the `changes` of `saved` show now, ascending and joined. `current` is
/// the newest version.
std::vector<FileExtent> bytesShown(const FileVersion& current, const Snapshot& saved,
                                   std::span<const Change> changes);
/// What both hold; each is ascending and without overlap.
std::vector<FileExtent> intersection(std::span<const FileExtent> a, std::span<const FileExtent> b);

/// Copies `extents` of `file`, ascending, into `kept`. What finds no room in memory goes into
/// `folder`; see KeptBytes. Adds what is done to `progress`.
/// Errors, all before anything was written into the file: NoRoomToKeep, Unreadable, Cancelled,
/// System (what the disk said when it was read).
Status keepBytes(const File& file, std::span<const FileExtent> extents, KeptBytes& kept,
                 FileSystem& fileSystem, const std::string& folder, Progress& progress);

}  // namespace octavo::core
