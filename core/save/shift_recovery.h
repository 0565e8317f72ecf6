// Leads a file back to the content that it had before a shift, or finds that the shift had come to
// its end.
//
// Thread rule: plain functions that wait for the disk; for whoever has the lock on the file. Safe
// to be killed at any moment and done again.
#pragma once

#include "core/file/file_system.h"
#include "core/save/recover_save.h"
#include "core/save/shift_journal.h"

namespace octavo::core {

/// Undoes what was done, from wherever `progress` says it had come to; waits for the disk.
/// Unreadable where the file is not what any moment of the shift leaves.
Status undoShift(File& file, const ShiftRecord& record, ShiftJournal& journal,
                 ShiftProgress progress);

/// OldContent, NewContent or Foreign; the journal is left to the caller.
Result<SaveOutcome> recoverShift(File& file, ShiftJournal::Found& found);

/// As the file system carries it out.
Status carryOut(File& file, const ShiftOperation& operation);

}  // namespace octavo::core
