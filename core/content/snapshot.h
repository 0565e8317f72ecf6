// The content of a document at one revision: immutable, cheap to copy, readable from any thread
// while the document goes on.
//
// It is immutable against Octavo's own edits and saves. Bytes that another program writes into
// the file are seen changed.
//
// Thread rule: copies are independent values; read() and zerosAt() may wait for a disk, so they
// are not for the GUI thread. Everything else answers from memory.
// Units: document offsets.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/content/change.h"
#include "core/content/piece_tree.h"
#include "core/content/source_table.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace octavo::core {

class Snapshot {
public:
    /// An empty document.
    Snapshot();
    /// `base` is the source that is the file at its own place; `baseLength` its length.
    Snapshot(PieceTree tree, std::shared_ptr<const SourceTable> sources, SourceId base,
             Offset baseLength, std::uint64_t revision);

    Offset length() const { return tree_.length(); }
    /// Grows with each change of the document's content; equal revisions of one document are
    /// equal content.
    std::uint64_t revision() const { return revision_; }
    const PieceTree& tree() const { return tree_; }
    SourceId base() const { return base_; }

    /// Fills `out` with the bytes from `at`, which must lie within length(). Unreadable bytes are
    /// zeroed and returned as extents of the document.
    Unreadable read(Offset at, MutableByteSpan out) const;

    /// How many bytes from `at` on are known to be zeros without reading them (holes, fills).
    Offset zerosAt(Offset at) const;

    /// How many bytes from `at` on are known to be unreadable without trying them.
    Offset gapAt(Offset at) const;

    /// All changes that touch `within` (whole, not cut; a deletion touches where it stands, both
    /// ends of `within` included), in order. Time follows the number of pieces in `within`.
    std::vector<Change> changes(Extent within) const;
    /// All changes of the document.
    std::vector<Change> changes() const;

private:
    Offset knownRun(Offset at, Offset (Source::*ask)(Offset, Offset) const) const;

    PieceTree tree_;
    std::shared_ptr<const SourceTable> sources_;
    SourceId base_ = kNoSource;
    Offset baseLength_ = 0;
    std::uint64_t revision_ = 0;
};

}  // namespace octavo::core
