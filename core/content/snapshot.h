// The content of a document at one revision: immutable, cheap to copy, readable from any thread
// while the document goes on.
//
// It is immutable against Octavo's own edits and saves. Bytes that another program writes into
// the file are seen changed, and isChangedOutside() tells that there may be some.
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

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace octavo::core {

class Snapshot {
public:
    /// How often another program has been seen to write into the file.
    using OutsideWrites = std::shared_ptr<const std::atomic<std::uint64_t>>;

    /// An empty document.
    Snapshot();
    Snapshot(PieceTree tree, std::shared_ptr<const SourceTable> sources, std::uint64_t revision,
             OutsideWrites outsideWrites = nullptr);

    Offset length() const { return tree_.length(); }
    /// Grows with each change of the document's content; equal revisions of one document are
    /// equal content.
    std::uint64_t revision() const { return revision_; }
    const PieceTree& tree() const { return tree_; }
    const std::shared_ptr<const SourceTable>& sources() const { return sources_; }
    const Source& source(SourceId id) const { return sources_->source(id); }
    /// True where another program was seen to write into the file since the snapshot was made.
    bool isChangedOutside() const;

    /// Fills `out` with the bytes from `at`, which must lie within length(). Unreadable bytes are
    /// zeroed and returned as extents of the document.
    Unreadable read(Offset at, MutableByteSpan out) const;

    /// The bytes of the extent where they stand; nothing where they must be read, as those of more
    /// than one piece. Not longer than the snapshot lives.
    std::unique_ptr<SourceView> view(Extent extent) const;

    /// How many bytes from `at` on are known to be zeros without reading them (holes, fills).
    Offset zerosAt(Offset at) const;

    /// How many bytes from `at` on are known to be unreadable without trying them.
    Offset gapAt(Offset at) const;

    /// The changes that are on: all, or those that touch `within` (whole, not cut; what is empty in
    /// the document touches where it stands, both ends of `within` included), in order. Time
    /// follows the number of pieces in `within` and in what is found.
    std::vector<Change> changes() const;
    std::vector<Change> changes(Extent within) const;
    /// The same with those that are off.
    std::vector<Change> changeSet() const;
    std::vector<Change> changeSet(Extent within) const;
    /// Tells each change, on or off, that ends behind `from` or is empty in both and stands there,
    /// in order, until `each` answers false.
    void changesFrom(const Border& from, const std::function<bool(const Change&)>& each) const;
    /// The first change that is on and has a byte at `offset` or behind it, or takes bytes away
    /// there.
    std::optional<Change> changeFrom(Offset offset) const;
    /// A run of the change `id`, sought from where it was last known to stand in the file as far as
    /// neighbouring pieces belong to changes, on or off: to the right first.
    std::optional<Change> change(ChangeId id, FileOffset hint) const;

private:
    Offset knownRun(Offset at, Offset (Source::*ask)(Offset, Offset) const) const;

    PieceTree tree_;
    std::shared_ptr<const SourceTable> sources_;
    std::uint64_t revision_ = 0;
    OutsideWrites outsideWrites_;
    std::uint64_t outsideWritesThen_ = 0;
};

}  // namespace octavo::core
