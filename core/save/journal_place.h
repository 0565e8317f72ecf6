// Where the journal of a file lies: beside it, `.NAME.octavo-journal`, where its folder may be
// written to; else in the user's state folder, by inode and device.
//
// Thread rule: plain functions; those that are given a FileSystem wait for the disk.
#pragma once

#include "core/file/file_system.h"

#include <string>
#include <vector>

namespace octavo::core {

/// A journal beside `target`, a path without symbolic links.
std::string journalBeside(const std::string& target);

struct JournalPlace {
    std::string path;
    std::string folder;
    bool isBeside = true;
};

/// Where the journal of a save into `target`, with symbolic links followed, is to be. An error
/// where there is no place for one.
Result<JournalPlace> journalPlace(FileSystem& fileSystem, const std::string& target,
                                  const FileInfo& info);

/// Every place at which something lies that may be the journal of this file.
std::vector<std::string> journalsOf(FileSystem& fileSystem, const std::string& target,
                                    const FileInfo& info);

}  // namespace octavo::core
