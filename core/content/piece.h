// A run of one source and of the file bytes it stands for: the unit a document is made of.
//
// A document's pieces, in order, tell two things at once: what the document shows (`length` bytes
// of `source` each) and which bytes of the file each of them stands in place of (`fileLength`).
// Both sums run from 0 to the end, so every byte of the file is accounted for once:
//
//   in place   the file's own bytes at their own place; change is 0, length == fileLength
//   changed    belongs to a change: put in (fileLength 0), deleted (length 0) or both
//   off        belongs to a change that is switched off: the file's own bytes at their own place,
//              as in place, but marked with the change's number; where the change is an
//              insertion, a mark that is empty in both
//
// Thread rule: plain value.
#pragma once

#include "core/content/change_id.h"
#include "core/content/source.h"

#include <algorithm>

namespace octavo::core {

struct Piece {
    Offset start = 0;       ///< in the source
    Offset length = 0;      ///< bytes of the document
    Offset fileLength = 0;  ///< bytes of the file that it stands for
    SourceId source = 0;
    ChangeTag tag;

    static Piece inPlace(Offset fileOffset, Offset length, SourceId base) {
        return {fileOffset, length, length, base, {}};
    }

    bool isInPlace() const { return tag.isNone(); }
    bool isOff() const { return tag.isOff(); }
    /// Shows the file's own bytes at their own place.
    bool isFile() const { return isInPlace() || isOff(); }
    /// Differs from the file.
    bool isChanged() const { return !isFile(); }
    /// Empty in both: where an insertion is that is switched off.
    bool isMark() const { return length == 0 && fileLength == 0; }
    bool isDeletion() const { return length == 0 && fileLength > 0; }

    /// True where `next` goes on where this piece stops, and one piece can say what both say.
    bool isFollowedBy(const Piece& next) const {
        if (tag != next.tag || isMark() || next.isMark())
            return false;
        if (length == 0 || next.length == 0)
            return length == next.length;  // two deletions
        return source == next.source && start + length == next.start &&
               ((fileLength == length && next.fileLength == next.length) ||
                (fileLength == 0 && next.fileLength == 0));
    }
    /// This and the piece after it, for which isFollowedBy() holds.
    Piece joined(const Piece& next) const {
        return {start, length + next.length, fileLength + next.fileLength, source, tag};
    }

    /// The first `count` bytes, standing for the first `fileCount` bytes of the file, and the
    /// rest. A piece that shows the file is cut at the same place in both.
    Piece head(Offset count, Offset fileCount) const {
        return {start, count, fileCount, source, tag};
    }
    Piece tail(Offset count, Offset fileCount) const {
        return {start + count, length - count, fileLength - fileCount, source, tag};
    }
    /// Where a cut after `count` bytes falls in the file when nobody says otherwise: byte for byte
    /// as far as there are bytes.
    Offset fileCut(Offset count) const { return std::min(count, fileLength); }
    friend bool operator==(const Piece&, const Piece&) = default;
};

}  // namespace octavo::core
