// What is pending after a flush that an edit log tells of, in terms of the file as the flush left
// it.
//
// All splices of a log speak of the file before. What the flush wrote is told by the document when
// it began; what was edited since is found by comparing that with the document at the end: content
// that stands in the file now, in the same order, is no change any more, and the rest keeps the
// change it belongs to. Of bytes of the old file that the flush has overwritten only those are left
// that stand in the log.
//
// Thread rule: plain object, one thread.
// Cost: O(n log n) in the number of pieces.
#pragma once

#include "core/content/piece_tree.h"
#include "core/document/flush_bracket.h"

#include <optional>
#include <unordered_set>
#include <vector>

namespace octavo::core {

class FlushRebase {
public:
    /// `written` are the changes of `begun`, the document when the flush began, that stand in the
    /// file. `lost` is a source that has what the log has of the old file `base`.
    FlushRebase(const PieceTree& begun, const std::vector<ChangeId>& written, SourceId base,
                SourceId lost);

    /// The length of the file now.
    Offset newLength() const { return newLength_; }

    /// `tree`, which speaks of the old file, in terms of the new one. What belongs to no change any
    /// more and differs from it all the same (old content that was brought back since) becomes
    /// change `fallback`.
    PieceTree rebased(const PieceTree& tree, ChangeId fallback) const;
    /// Pieces that are switched off: their content in terms of the new file.
    std::vector<Piece> rebased(const std::vector<Piece>& pieces) const;
    /// Where bytes of the old file stand in the new one; nothing where a part was written over.
    std::optional<FileOffset> whereabouts(FileExtent extent) const;

private:
    /// A run of the new file.
    struct Run {
        Offset oldAt = 0;  ///< in the old file
        Offset oldLength = 0;
        Offset newAt = 0;  ///< in the new file
        Offset newLength = 0;
        SourceId source = 0;  ///< what it shows, in terms of before
        Offset start = 0;
        ChangeTag tag;  ///< of a written change; none: the old file's bytes

        bool isKept() const { return tag.isNone(); }
        Run part(Offset from, Offset length) const;  // of a kept one
    };
    class Merge;
    class Region;

    /// The run that holds the old file's byte at `at`; the last one behind the end.
    std::vector<Run>::const_iterator runAt(Offset at) const;
    /// A piece of content, in parts: where it is the old file's, as it is to be had now.
    void translate(const Piece& piece, std::vector<Piece>& out) const;

    std::vector<Run> runs_;
    std::unordered_set<ChangeId> written_;
    std::unordered_set<ChangeId> begun_;  // all that there were
    SourceId base_;
    SourceId lost_;
    Offset newLength_ = 0;
};

}  // namespace octavo::core
