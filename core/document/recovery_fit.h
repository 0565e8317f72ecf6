// Which changes of an edit log fit the file as it is now.
//
// Where the file is the very one and looks as it did (device, inode, size, times, sampled content),
// all of them. Where not, each change for itself: by the fingerprint of what it replaces, at the
// same place of the file and nowhere else.
//
// Thread rule: a plain function that reads, so for a worker.
#pragma once

#include "core/document/recovered_edits.h"

#include <vector>

namespace octavo::core {

enum class Fit {
    Fits,
    DoesNotFit,
    CannotTell,  ///< to be applied only when the user says so, after a look
};

enum class FitReason {
    FileUnchanged,   ///< it fits: the file is what it was
    BytesUnchanged,  ///< it fits: what it replaces is what it was
    BytesChanged,    ///< other bytes stand there now
    BehindTheEnd,    ///< the file is shorter now
    NoFile,          ///< there is no file
    NotLookedAt,     ///< nobody had looked at the bytes before the run ended
    TooLong,         ///< the samples agree, but not every byte was looked at
    OfChangedFile,   ///< it shows bytes from another place of the file, which has changed
    SourceChanged,   ///< it shows bytes of another file, which is not what it was
    ContentMissing,  ///< its bytes are not in the log
    FlushUndecided,  ///< a flush may or may not have written it
};

struct ChangeFit {
    ChangeId id = kNoChange;
    Fit fit = Fit::CannotTell;
    FitReason reason = FitReason::NotLookedAt;
};

/// Every change, on or off, in the order of the document. `file` is the file as it is now and
/// `info` what the system says of it; nothing where the document is untitled or the file is gone.
std::vector<ChangeFit> fit(const RecoveredEdits& edits, const FileVersion* file,
                           const FileInfo& info);

}  // namespace octavo::core
