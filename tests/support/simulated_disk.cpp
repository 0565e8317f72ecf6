#include "tests/support/simulated_disk.h"

#include "core/file/path.h"

#include <algorithm>
#include <cerrno>
#include <set>

namespace octavo::test {

using namespace octavo::core;

SimulatedDisk::SimulatedDisk(const SimulatedOptions& options) : options_(options) {
    setNames({{"/", create(FileKind::Directory, 0755)}});
    confirmAll();
}

// ---- names

std::optional<InodeNumber> SimulatedDisk::find(const std::string& path) const {
    const auto found = names_.find(path);
    return found == names_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> SimulatedDisk::list(const std::string& folder) const {
    const std::string start = folder == "/" ? folder : folder + "/";
    std::vector<std::string> found;
    for (const auto& [path, number] : names_) {
        if (path != "/" && folderOf(path) == folder)
            found.push_back(path.substr(start.size()));
    }
    return found;
}

std::uint64_t SimulatedDisk::links(InodeNumber number) const {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        names_, [number](const auto& name) { return name.second == number; }));
}

InodeNumber SimulatedDisk::create(FileKind kind, std::uint32_t permissions) {
    auto inode = std::make_shared<SimulatedInode>();
    inode->kind = kind;
    inode->attributes.permissions = permissions;
    inode->attributes.owner = options_.user;
    inode->confirmedAttributes = inode->attributes;
    inodes_[++lastInode_] = std::move(inode);
    touch(lastInode_);
    return lastInode_;
}

InodeNumber SimulatedDisk::createLink(const std::string& target) {
    const InodeNumber number = create(FileKind::Unknown, 0777);
    change(number).target = target;
    return number;
}

void SimulatedDisk::setNames(std::map<std::string, std::optional<InodeNumber>> names) {
    for (const auto& [path, number] : names) {
        if (const std::optional<InodeNumber> before = find(path))
            touch(*before);
        if (number)
            names_[path] = *number;
        else
            names_.erase(path);
    }
    nameChanges_.push_back({++lastNumber_, std::move(names)});
}

void SimulatedDisk::confirmFolder(const std::string& folder) {
    // A change of two folders is one change: what came before it in the other one comes along.
    std::set<std::string> folders{folder};
    std::vector<NameChange> confirmed;
    for (std::size_t index = nameChanges_.size(); index-- > 0;) {
        const NameChange& change = nameChanges_[index];
        const bool isPart = std::ranges::any_of(
            change.names, [&](const auto& name) { return folders.contains(folderOf(name.first)); });
        if (!isPart)
            continue;
        for (const auto& [path, number] : change.names)
            folders.insert(folderOf(path));
        confirmed.push_back(change);
        nameChanges_.erase(nameChanges_.begin() + static_cast<std::ptrdiff_t>(index));
    }
    for (auto change = confirmed.rbegin(); change != confirmed.rend(); ++change) {
        for (const auto& [path, number] : change->names) {
            if (number)
                confirmedNames_[path] = *number;
            else
                confirmedNames_.erase(path);
        }
    }
}

// ---- the parts of a change

SimulatedInode& SimulatedDisk::change(InodeNumber number) {
    std::shared_ptr<SimulatedInode>& slot = inodes_.at(number);
    if (slot.use_count() > 1)  // a copy of the disk has it too
        slot = std::make_shared<SimulatedInode>(*slot);
    return *slot;
}

void SimulatedDisk::touch(InodeNumber number) {
    SimulatedInode& inode = change(number);
    // A millisecond for each change, so that no two have the same time.
    inode.changedNs = static_cast<std::int64_t>(++lastNumber_) * 1'000'000;
}

void SimulatedDisk::changePlacement(InodeNumber number, const PlacementChange& placementChange) {
    SimulatedInode& inode = change(number);
    placementChange.apply(inode.placement);
    inode.changes.push_back({++lastNumber_, placementChange});
    inode.modifiedNs = inode.changedNs = static_cast<std::int64_t>(lastNumber_) * 1'000'000;
}

Bytes SimulatedDisk::blockContent(const Placement& placement, Offset index) const {
    const auto found = placement.places.find(index);
    if (found == placement.places.end() || found->second.unwritten)
        return Bytes(static_cast<std::size_t>(blockSize()));
    return blocks_.at(found->second.block)->content();
}

std::uint64_t SimulatedDisk::writeBlock(BlockNumber block, Bytes content) {
    auto own = std::make_shared<SimulatedBlock>(*blocks_.at(block));
    own->write(++lastNumber_, std::move(content));
    blocks_[block] = std::move(own);
    return lastNumber_;
}

BlockNumber SimulatedDisk::newBlock() {
    ++lastBlock_;
    // A block that is left out ends a run.
    if (lastBlock_ % static_cast<BlockNumber>(options_.blocksPerExtent + 1) == 0)
        ++lastBlock_;
    const auto zeros = std::make_shared<const Bytes>(static_cast<std::size_t>(blockSize()));
    blocks_[lastBlock_] = std::make_shared<const SimulatedBlock>(zeros);
    return lastBlock_;
}

bool SimulatedDisk::isReachable(InodeNumber number) const {
    return inodes_.at(number)->opened > 0 || links(number) > 0;
}

bool SimulatedDisk::isShared(BlockNumber block) const {
    if (!everCloned_)
        return false;
    int holders = 0;
    for (const auto& [number, inode] : inodes_) {
        if (!isReachable(number))
            continue;
        for (const auto& [index, place] : inode->placement.places)
            holders += place.block == block ? 1 : 0;
    }
    return holders > 1;
}

/// Writes a part of one block; the number of the write, or nothing where there is no room.
std::optional<std::uint64_t> SimulatedDisk::putBlock(InodeNumber number, Offset index,
                                                     Offset within, ByteSpan bytes) {
    const Placement& placement = inode(number).placement;
    Bytes content = blockContent(placement, index);
    std::ranges::copy(bytes, content.begin() + within);
    const auto found = placement.places.find(index);
    std::optional<Place> place;
    if (found != placement.places.end())
        place = found->second;
    const bool needsBlock = !place || isShared(place->block);
    if (needsBlock && blocksFree() < 1)
        return std::nullopt;
    const BlockNumber block = needsBlock ? newBlock() : place->block;
    const std::uint64_t write = writeBlock(block, std::move(content));
    if (needsBlock || place->unwritten)
        changePlacement(number, PlacementChange::place(index, {block, false}));
    return write;
}

/// Zeros what stands behind the end of the file in its last block, for the file will grow.
PlacementChange::Least SimulatedDisk::clearTail(InodeNumber number) {
    const Placement& placement = inode(number).placement;
    const Offset within = placement.size % blockSize();
    const Offset index = placement.size / blockSize();
    const auto found = placement.places.find(index);
    if (within == 0 || found == placement.places.end() || found->second.unwritten)
        return {};
    const Bytes zeros(static_cast<std::size_t>(blockSize() - within));
    const std::optional<std::uint64_t> write = putBlock(number, index, within, zeros);
    if (!write)
        return {};
    return {{inode(number).placement.places.at(index).block, *write}};
}

bool SimulatedDisk::isWholeBlocks(FileExtent extent) const {
    return !extent.isEmpty() && extent.offset.value % blockSize() == 0 &&
           extent.length % blockSize() == 0;
}

// ---- files

std::size_t SimulatedDisk::read(InodeNumber number, Offset at, MutableByteSpan out) const {
    const Placement& placement = inode(number).placement;
    std::size_t done = 0;
    while (done < out.size() && at < placement.size) {
        const Offset within = at % blockSize();
        const Offset most = std::min(
            {blockSize() - within, placement.size - at, static_cast<Offset>(out.size() - done)});
        const Bytes content = blockContent(placement, at / blockSize());
        std::copy_n(content.begin() + within, most,
                    out.begin() + static_cast<std::ptrdiff_t>(done));
        done += static_cast<std::size_t>(most);
        at += most;
    }
    return done;
}

Bytes SimulatedDisk::content(InodeNumber number) const {
    Bytes bytes(static_cast<std::size_t>(inode(number).placement.size));
    (void)read(number, 0, bytes);
    return bytes;
}

std::size_t SimulatedDisk::write(InodeNumber number, Offset at, ByteSpan bytes) {
    PlacementChange::Least cleared;
    if (!bytes.empty() && at > inode(number).placement.size)
        cleared = clearTail(number);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const Offset within = at % blockSize();
        const auto most = static_cast<std::size_t>(
            std::min(blockSize() - within, static_cast<Offset>(bytes.size() - done)));
        if (!putBlock(number, at / blockSize(), within, bytes.subspan(done, most)))
            break;
        done += most;
        at += static_cast<Offset>(most);
    }
    if (done > 0 && at > inode(number).placement.size)
        changePlacement(number, PlacementChange::grow(at, std::move(cleared)));
    if (done > 0) {
        touch(number);
        change(number).modifiedNs = inode(number).changedNs;
    }
    return done;
}

int SimulatedDisk::resize(InodeNumber number, Offset size) {
    if (inode(number).kind != FileKind::Regular)
        return EINVAL;
    PlacementChange::Least cleared;
    if (size > inode(number).placement.size)
        cleared = clearTail(number);
    PlacementChange::Places places;
    const Placement& placement = inode(number).placement;
    for (auto place = placement.places.lower_bound(blocksFor(size));
         size < placement.size && place != placement.places.end(); ++place)
        places[place->first] = std::nullopt;
    changePlacement(number, PlacementChange::resize(size, std::move(places), std::move(cleared)));
    return 0;
}

void SimulatedDisk::shift(InodeNumber number, const PlacementChange& change, bool isHalf) {
    changePlacement(number, isHalf ? change.stoppedHalfway(inode(number).placement) : change);
}

int SimulatedDisk::insert(InodeNumber number, FileExtent extent, bool isHalf) {
    if (!isWholeBlocks(extent) || extent.offset.value >= inode(number).placement.size)
        return EINVAL;
    const Offset count = extent.length / blockSize();
    shift(number, PlacementChange::insert(extent.offset.value / blockSize(), count, blockSize()),
          isHalf);
    return 0;
}

int SimulatedDisk::collapse(InodeNumber number, FileExtent extent, bool isHalf) {
    if (!isWholeBlocks(extent) || extent.end().value >= inode(number).placement.size)
        return EINVAL;
    const Offset count = extent.length / blockSize();
    shift(number, PlacementChange::collapse(extent.offset.value / blockSize(), count, blockSize()),
          isHalf);
    return 0;
}

int SimulatedDisk::punch(InodeNumber number, FileExtent extent) {
    const Offset firstWhole = blocksFor(extent.offset.value);
    const Offset endWhole = extent.end().value / blockSize();
    PlacementChange::Places places;
    for (Offset index = extent.offset.value / blockSize(); index * blockSize() < extent.end().value;
         ++index) {
        if (!inode(number).placement.places.contains(index))
            continue;
        if (index >= firstWhole && index < endWhole) {
            places[index] = std::nullopt;
            continue;
        }
        const Offset from = std::max(extent.offset.value, index * blockSize());
        const Offset to = std::min(extent.end().value, (index + 1) * blockSize());
        if (!putBlock(number, index, from % blockSize(),
                      Bytes(static_cast<std::size_t>(to - from))))
            return options_.fullError;
    }
    changePlacement(number, PlacementChange::patch(std::move(places), std::nullopt, {}));
    return 0;
}

int SimulatedDisk::preallocate(InodeNumber number, FileExtent extent, bool extendSize) {
    PlacementChange::Places places;
    bool isFull = false;
    Offset room = blocksFree();
    for (Offset index = extent.offset.value / blockSize();
         index * blockSize() < extent.end().value && !isFull; ++index) {
        if (inode(number).placement.places.contains(index))
            continue;
        isFull = room-- == 0;
        if (!isFull)
            places[index] = Place{newBlock(), true};
    }
    // What found room keeps it, as everywhere.
    PlacementChange::Least cleared;
    std::optional<Offset> size;
    if (!isFull && extendSize && extent.end().value > inode(number).placement.size) {
        cleared = clearTail(number);
        size = extent.end().value;
    }
    changePlacement(number, PlacementChange::patch(std::move(places), size, std::move(cleared)));
    return isFull ? options_.fullError : 0;
}

int SimulatedDisk::clone(InodeNumber from, FileExtent extent, InodeNumber number, Offset to) {
    const Placement source = inode(from).placement;
    const bool endsWithFile =
        extent.end().value == source.size && to + extent.length >= inode(number).placement.size;
    const bool isWhole = extent.length % blockSize() == 0 || endsWithFile;
    const bool overlaps =
        from == number && to < extent.end().value && extent.offset.value < to + extent.length;
    if (extent.offset.value % blockSize() != 0 || to % blockSize() != 0 || !isWhole || overlaps ||
        extent.end().value > source.size)
        return EINVAL;
    PlacementChange::Least cleared;
    if (to > inode(number).placement.size)
        cleared = clearTail(number);
    PlacementChange::Places places;
    for (Offset index = 0; index < blocksFor(extent.length); ++index) {
        const auto found = source.places.find(extent.offset.value / blockSize() + index);
        const Offset at = to / blockSize() + index;
        if (found != source.places.end())
            places[at] = found->second;
        else if (inode(number).placement.places.contains(at))
            places[at] = std::nullopt;
    }
    std::optional<Offset> size;
    if (to + extent.length > inode(number).placement.size)
        size = to + extent.length;
    everCloned_ = true;
    changePlacement(number, PlacementChange::patch(std::move(places), size, std::move(cleared)));
    return 0;
}

FileExtent SimulatedDisk::nextData(InodeNumber number, Offset from) const {
    const Placement& placement = inode(number).placement;
    const auto isData = [&](Offset index) {
        const auto found = placement.places.find(index);
        return found != placement.places.end() && !found->second.unwritten;
    };
    Offset start = from;
    while (start < placement.size && !isData(start / blockSize()))
        start = (start / blockSize() + 1) * blockSize();
    if (start >= placement.size)
        return {{std::max(placement.size, from)}, 0};
    Offset end = start;
    while (end < placement.size && isData(end / blockSize()))
        end = (end / blockSize() + 1) * blockSize();
    return {{start}, std::min(end, placement.size) - start};
}

std::vector<PlacedExtent> SimulatedDisk::layout(InodeNumber number, FileExtent extent) const {
    std::vector<PlacedExtent> found;
    for (const PlacedRun& run : inode(number).placement.runs()) {
        const Offset begin = run.first * blockSize();
        const Offset end = (run.first + run.count) * blockSize();
        if (end <= extent.offset.value || begin >= extent.end().value)
            continue;
        PlacedExtent placed;
        placed.extent = {{begin}, end - begin};
        placed.physical = static_cast<Offset>(run.place.block) * blockSize();
        placed.unwritten = run.place.unwritten;
        for (Offset index = 0; index < run.count; ++index)
            placed.shared |= isShared(run.place.block + static_cast<BlockNumber>(index));
        found.push_back(placed);
    }
    return found;
}

void SimulatedDisk::setAttributes(InodeNumber number, const SimulatedAttributes& attributes) {
    touch(number);
    SimulatedInode& inode = change(number);
    inode.attributes = attributes;
    inode.attributeChanges.push_back({lastNumber_, attributes});
}

void SimulatedDisk::setTimes(InodeNumber number, std::int64_t accessedNs, std::int64_t modifiedNs) {
    touch(number);
    SimulatedInode& inode = change(number);
    inode.accessedNs = accessedNs;
    inode.modifiedNs = modifiedNs;
}

void SimulatedDisk::confirm(InodeNumber number, bool all) {
    SimulatedInode& inode = change(number);
    inode.confirmedPlacement = inode.placement;
    inode.changes.clear();
    if (all) {
        inode.confirmedAttributes = inode.attributes;
        inode.attributeChanges.clear();
    }
    for (const auto& [index, place] : inode.placement.places) {
        auto block = std::make_shared<SimulatedBlock>(*blocks_.at(place.block));
        block->confirm();
        blocks_[place.block] = std::move(block);
    }
}

void SimulatedDisk::forget(InodeNumber number) {
    for (const auto& [index, place] : inode(number).placement.places) {
        auto block = std::make_shared<SimulatedBlock>(*blocks_.at(place.block));
        block->forget();
        blocks_[place.block] = std::move(block);
    }
}

// ---- the whole

Offset SimulatedDisk::used() const {
    std::set<BlockNumber> used;
    for (const auto& [number, inode] : inodes_) {
        if (!isReachable(number))
            continue;
        for (const auto& [index, place] : inode->placement.places)
            used.insert(place.block);
    }
    return static_cast<Offset>(used.size()) * blockSize();
}

void SimulatedDisk::confirmAll() {
    for (const auto& [number, inode] : std::map(inodes_))
        confirm(number, true);
    confirmedNames_ = names_;
    nameChanges_.clear();
}

SimulatedDisk SimulatedDisk::afterKill() const {
    SimulatedDisk left = *this;
    for (const auto& [number, inode] : inodes_) {
        if (inode->opened > 0)
            left.change(number).opened = 0;
    }
    return left;
}

bool SimulatedDisk::isCertain() const {
    const bool inodesAre = std::ranges::all_of(inodes_, [](const auto& entry) {
        return entry.second->changes.empty() && entry.second->attributeChanges.empty();
    });
    const bool blocksAre = std::ranges::all_of(
        blocks_, [](const auto& entry) { return entry.second->possible().size() == 1; });
    return inodesAre && blocksAre && nameChanges_.empty();
}

}  // namespace octavo::test
