// Changes as text for the clipboard: one line each, with the bytes before and after.
//
//   0x0010: 41 42 -> 43 42
//   0x0020: -> 00 00          inserted
//   0x0030: FF ->  (off)      deleted, and switched off
//
// The offset is that in the file, so that lines say what to do to the file whatever else is
// changed. Bytes that cannot be read are "??".
//
// Thread rule: a thread that may wait for the disk.
#pragma once

#include "core/base/progress.h"
#include "core/content/content.h"
#include "ui/changes/change_rows.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::ui {

struct PatchLine {
    ChangeRow row;
    core::Content switchedOff;  ///< what a change that is off would show
};

/// Progress counts bytes. Stops in the midst where it was cancelled.
std::string patchText(const ChangeRows& all, const std::vector<PatchLine>& lines,
                      core::Progress& progress);

}  // namespace octavo::ui
