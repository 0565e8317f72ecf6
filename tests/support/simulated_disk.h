// A whole disk in memory: names, files, their blocks, and for each of them what the disk has
// confirmed and what it may have by now.
//
// What everybody sees is what was written; what is left after a power cut is decided by PowerCut
// (simulated_power_cut.h). The file system below an editor is modelled as a careful one with a
// journal that promises no more than POSIX does:
// - Content is lasting after a sync of its file alone, or of another that stands on the same
//   blocks, and until then each sector may be as any write left it. New blocks are zeros.
// - The places of blocks (and the size) are lasting after the same sync. Until then places that
//   were found by writing come in any order, and shifts, cuts and clones in the order in which they
//   were asked for, the last one in part.
// - Permissions, owner and extended attributes are lasting after a sync of everything.
// - Names are lasting after a sync of the folder; each change is made whole or not at all.
// - After a sync that failed, the next one succeeds and confirms nothing that it was to write.
// Blocks are never used a second time. Times are never lost.
//
// A copy of a disk costs about as much as its lists are long; contents are shared (a file of 256
// blocks: 60 us, a power cut of it 0.4 ms).
// Thread rule: none of its own; copies share what they have in common, so a copy goes to another
// thread only where the original is no longer changed.
#pragma once

#include "core/base/types.h"
#include "core/file/file_attributes.h"
#include "core/file/file_info.h"
#include "core/file/placed_extent.h"
#include "core/file/storage.h"
#include "tests/support/simulated_block.h"
#include "tests/support/simulated_placement.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace octavo::test {

using InodeNumber = std::uint64_t;

/// What kind of disk it is.
struct SimulatedOptions {
    core::Offset blockSize = 4096;
    core::Offset sectorSize = 512;               ///< what a disk writes whole or not at all
    core::Offset total = core::Offset{1} << 30;  ///< room for blocks in use, in bytes
    core::Offset blocksPerExtent = 4;            ///< so many blocks lie side by side, no more
    core::StorageKind kind = core::StorageKind::Other;
    core::StorageAbilities can = {true, true, true, true, true, true, true};
    int fullError = 28;  ///< ENOSPC, or what a quota says
    bool readOnly = false;
    core::FileOwner user;  ///< who asks; 0 may everything
};

/// What a sync of everything makes lasting.
struct SimulatedAttributes {
    std::uint32_t permissions = 0;
    core::FileOwner owner;
    std::map<std::string, std::string> extended;
    bool immutable = false;
    bool appendOnly = false;
    bool mountPoint = false;
};

struct SimulatedInode {
    struct Change {
        std::uint64_t number;
        PlacementChange change;
    };
    struct AttributeChange {
        std::uint64_t number;
        SimulatedAttributes after;
    };

    core::FileKind kind = core::FileKind::Regular;
    std::string target;  ///< of a symbolic link
    Placement placement;
    Placement confirmedPlacement;
    std::vector<Change> changes;  ///< what leads from the one to the other
    SimulatedAttributes attributes;
    SimulatedAttributes confirmedAttributes;
    std::vector<AttributeChange> attributeChanges;
    std::int64_t accessedNs = 0;
    std::int64_t modifiedNs = 0;
    std::int64_t changedNs = 0;
    int opened = 0;  ///< how often
};

class SimulatedDisk {
public:
    explicit SimulatedDisk(const SimulatedOptions& options = {});

    const SimulatedOptions& options() const { return options_; }
    void setOptions(const SimulatedOptions& options) { options_ = options; }

    // Names: absolute paths, without a symbolic link but for the last part.

    std::optional<InodeNumber> find(const std::string& path) const;
    std::vector<std::string> list(const std::string& folder) const;
    std::uint64_t links(InodeNumber number) const;
    /// A file without a name yet.
    InodeNumber create(core::FileKind kind, std::uint32_t permissions);
    InodeNumber createLink(const std::string& target);
    /// Changes these names at once.
    void setNames(std::map<std::string, std::optional<InodeNumber>> names);
    /// Makes the names of a folder lasting, and all that they depend on.
    void confirmFolder(const std::string& folder);

    // Files. What returns an int returns an errno or 0.

    const SimulatedInode& inode(InodeNumber number) const { return *inodes_.at(number); }
    void setOpened(InodeNumber number, int by) { change(number).opened += by; }
    std::size_t read(InodeNumber number, core::Offset at, core::MutableByteSpan out) const;
    core::Bytes content(InodeNumber number) const;
    /// Returns how many bytes found room.
    std::size_t write(InodeNumber number, core::Offset at, core::ByteSpan bytes);
    int resize(InodeNumber number, core::Offset size);
    /// `isHalf`: an error ends it after half of its steps.
    int insert(InodeNumber number, core::FileExtent extent, bool isHalf = false);
    int collapse(InodeNumber number, core::FileExtent extent, bool isHalf = false);
    int punch(InodeNumber number, core::FileExtent extent);
    int preallocate(InodeNumber number, core::FileExtent extent, bool extendSize);
    int clone(InodeNumber from, core::FileExtent extent, InodeNumber number, core::Offset to);
    core::FileExtent nextData(InodeNumber number, core::Offset from) const;
    std::vector<core::PlacedExtent> layout(InodeNumber number, core::FileExtent extent) const;
    void setAttributes(InodeNumber number, const SimulatedAttributes& attributes);
    void setTimes(InodeNumber number, std::int64_t accessedNs, std::int64_t modifiedNs);
    /// Makes content and placement lasting, and the attributes too where `all`.
    void confirm(InodeNumber number, bool all);
    /// A sync that failed: what waits to be written is taken for written.
    void forget(InodeNumber number);

    /// Bytes in blocks of files that have a name or are open.
    core::Offset used() const;
    core::Offset available() const { return options_.total - used(); }
    /// Makes everything lasting.
    void confirmAll();
    /// What is left when the process ends: everything but files without a name.
    SimulatedDisk afterKill() const;
    /// True where nothing is left for a power cut to decide about.
    bool isCertain() const;

private:
    friend class PowerCutter;

    struct NameChange {
        std::uint64_t number;
        std::map<std::string, std::optional<InodeNumber>> names;
    };

    SimulatedInode& change(InodeNumber number);
    void touch(InodeNumber number);
    void changePlacement(InodeNumber number, const PlacementChange& change);
    void shift(InodeNumber number, const PlacementChange& change, bool isHalf);
    core::Bytes blockContent(const Placement& placement, core::Offset index) const;
    std::uint64_t writeBlock(BlockNumber block, core::Bytes content);
    BlockNumber newBlock();
    bool isShared(BlockNumber block) const;
    bool isReachable(InodeNumber number) const;
    std::optional<std::uint64_t> putBlock(InodeNumber number, core::Offset index,
                                          core::Offset within, core::ByteSpan bytes);
    PlacementChange::Least clearTail(InodeNumber number);
    core::Offset blocksFree() const { return available() / options_.blockSize; }
    core::Offset blockSize() const { return options_.blockSize; }
    core::Offset blocksFor(core::Offset bytes) const {
        return (bytes + blockSize() - 1) / blockSize();
    }
    bool isWholeBlocks(core::FileExtent extent) const;

    SimulatedOptions options_;
    std::map<InodeNumber, std::shared_ptr<SimulatedInode>> inodes_;  // shared with copies
    std::map<BlockNumber, std::shared_ptr<const SimulatedBlock>> blocks_;
    std::map<std::string, InodeNumber> names_;
    std::map<std::string, InodeNumber> confirmedNames_;
    std::vector<NameChange> nameChanges_;
    std::uint64_t lastNumber_ = 0;  // of a change; also the clock
    InodeNumber lastInode_ = 0;
    BlockNumber lastBlock_ = 0;
    bool everCloned_ = false;
};

}  // namespace octavo::test
