// The little that core needs to know about the names of files.
// Thread rule: plain functions.
#pragma once

#include <string>

namespace octavo::core {

/// The folder in which `path` names a file: "." where it holds no slash.
std::string folderOf(const std::string& path);

}  // namespace octavo::core
