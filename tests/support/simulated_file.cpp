#include "tests/support/simulated_file.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace octavo::test {

using namespace octavo::core;

using Part = SimulatedPlan::Part;

namespace {

Offset lengthOf(Part part, Offset length) {
    return part == Part::All ? length : part == Part::Half ? length / 2 : 0;
}

FileExtent extentOf(Part part, FileExtent extent) {
    return {extent.offset, lengthOf(part, extent.length)};
}

constexpr const char* kAccessList = "system.posix_acl_access";
constexpr auto kNeverCarried =
    std::to_array<const char*>({"security.capability", "security.ima", "security.evm"});

}  // namespace

SimulatedFile::SimulatedFile(SimulatedFileSystem& owner, InodeNumber number, std::string path,
                             bool writable, bool linkable)
    : owner_(owner)
    , number_(number)
    , path_(std::move(path))
    , writable_(writable)
    , linkable_(linkable) {}

SimulatedFile::~SimulatedFile() {
    const std::lock_guard lock(owner_.mutex_);
    owner_.disk_.setOpened(number_, -1);
    const auto holder = owner_.lockHolders_.find(number_);
    if (holder != owner_.lockHolders_.end() && holder->second == this)
        owner_.lockHolders_.erase(holder);
}

template <typename Work>
Status SimulatedFile::change(const char* name, FileExtent extent, const char* operation,
                             const Work& work) {
    return owner_.change({name, path_, extent}, operation, work);
}

template <typename T, typename Work>
Result<T> SimulatedFile::ask(const char* operation, const Work& work) const {
    const std::lock_guard lock(owner_.mutex_);
    if (const std::optional<Error> error = owner_.ask(operation, path_))
        return *error;
    return work();
}

int SimulatedFile::refusal(bool can) const {
    if (!writable_)
        return EBADF;
    const bool isRegular = owner_.disk_.inode(number_).kind == FileKind::Regular;
    return can && isRegular ? 0 : EOPNOTSUPP;
}

/// What the system takes from a file whose content is changed.
void SimulatedFile::dropRights() {
    SimulatedAttributes attributes = owner_.disk_.inode(number_).attributes;
    const bool isRoot = owner_.disk_.options().user.user == 0;
    const std::uint32_t kept = isRoot ? 07777 : 01777;
    const bool hadRights = attributes.extended.erase("security.capability") > 0 ||
                           (attributes.permissions & ~kept) != 0;
    attributes.permissions &= kept;
    if (hadRights)
        owner_.disk_.setAttributes(number_, attributes);
}

template <typename Change>
int SimulatedFile::changeAttributes(const Change& change) {
    SimulatedAttributes attributes = owner_.disk_.inode(number_).attributes;
    const std::uint32_t user = owner_.disk_.options().user.user;
    if (user != 0 && user != attributes.owner.user)
        return EPERM;
    change(attributes);
    owner_.disk_.setAttributes(number_, attributes);
    return 0;
}

// ---- content and size

Result<FileInfo> SimulatedFile::info() const {
    return ask<FileInfo>("ask about", [&] { return owner_.infoOf(number_); });
}

Result<std::vector<FileExtent>> SimulatedFile::regions() const {
    return Error::fromSystem("ask for the regions of", path_, EOPNOTSUPP);
}

Result<std::size_t> SimulatedFile::readAt(FileOffset at, MutableByteSpan out) const {
    return ask<std::size_t>("read", [&] { return owner_.disk_.read(number_, at.value, out); });
}

Status SimulatedFile::writeAt(FileOffset at, ByteSpan bytes) {
    const FileExtent extent{at, static_cast<Offset>(bytes.size())};
    return change("writeAt", extent, "write", [&](Part part) {
        if (!writable_)
            return EBADF;
        Offset length = lengthOf(part, extent.length);
        if (part == Part::Half)  // a kernel stops between pages, and so between sectors
            length = std::max<Offset>(0, length - (at.value + length) %
                                                      owner_.disk_.options().sectorSize);
        const SimulatedInode& inode = owner_.disk_.inode(number_);
        if (inode.kind == FileKind::BlockDevice)
            length = std::clamp<Offset>(inode.placement.size - at.value, 0, length);
        dropRights();
        const std::size_t done =
            owner_.disk_.write(number_, at.value, bytes.first(static_cast<std::size_t>(length)));
        return done < bytes.size() ? owner_.disk_.options().fullError : 0;
    });
}

Status SimulatedFile::resize(Offset length) {
    return change("resize", {{length}, 0}, "resize", [&](Part part) {
        if (!writable_)
            return EINVAL;
        if (part != Part::All)
            return 0;
        dropRights();
        return owner_.disk_.resize(number_, length);
    });
}

Status SimulatedFile::sync(bool all) {
    return change(all ? "syncAll" : "sync", {}, "sync", [&](Part part) {
        if (part == Part::All)
            owner_.disk_.confirm(number_, all);
        else if (!owner_.killed_)
            owner_.disk_.forget(number_);
        return 0;
    });
}

Result<std::shared_ptr<const MappedRegion>> SimulatedFile::map(FileOffset, Offset) const {
    return Error::fromSystem("map", path_, ENODEV);
}

Result<FileExtent> SimulatedFile::nextData(FileOffset from) const {
    return ask<FileExtent>("read", [&] { return owner_.disk_.nextData(number_, from.value); });
}

// ---- ranges

Status SimulatedFile::cloneRange(const File& from, FileExtent extent, FileOffset to) {
    const auto* source = dynamic_cast<const SimulatedFile*>(&from);
    return change("cloneRange", {to, extent.length}, "share blocks with", [&](Part part) {
        const int refused = refusal(owner_.disk_.options().can.clonesRanges);
        if (refused != 0 || part != Part::All || extent.isEmpty())
            return refused;
        if (source == nullptr)
            return EXDEV;
        dropRights();
        return owner_.disk_.clone(source->number_, extent, number_, to.value);
    });
}

Status SimulatedFile::copyRange(const File& from, FileExtent extent, FileOffset to) {
    const auto* source = dynamic_cast<const SimulatedFile*>(&from);
    bool endsEarly = false;
    const Status status =
        change("copyRange", {to, extent.length}, "copy a range to", [&](Part part) {
            if (!writable_)
                return EBADF;
            if (source == nullptr)
                return EXDEV;
            const FileExtent range = extentOf(part, extent);
            Bytes bytes(static_cast<std::size_t>(range.length));
            bytes.resize(owner_.disk_.read(source->number_, range.offset.value, bytes));
            endsEarly = static_cast<Offset>(bytes.size()) < range.length;
            dropRights();
            const std::size_t done = owner_.disk_.write(number_, to.value, bytes);
            return done < bytes.size() ? owner_.disk_.options().fullError : 0;
        });
    if (status.ok() && endsEarly)
        return Error{ErrorCode::Unreadable, "copy a range of", from.path(), 0,
                     "the file ends before it"};
    return status;
}

Status SimulatedFile::insertRange(FileExtent extent) {
    return change("insertRange", extent, "insert a range into", [&](Part part) {
        const int refused = refusal(owner_.disk_.options().can.insertsRanges);
        // A signal ends the process after the shift, never within it.
        if (refused != 0 || part == Part::None)
            return refused;
        return owner_.disk_.insert(number_, extent, part == Part::Half && !owner_.killed_);
    });
}

Status SimulatedFile::collapseRange(FileExtent extent) {
    return change("collapseRange", extent, "collapse a range of", [&](Part part) {
        const int refused = refusal(owner_.disk_.options().can.collapsesRanges);
        if (refused != 0 || part == Part::None)
            return refused;
        return owner_.disk_.collapse(number_, extent, part == Part::Half && !owner_.killed_);
    });
}

Status SimulatedFile::punchHole(FileExtent extent) {
    return change("punchHole", extent, "punch a hole into", [&](Part part) {
        const int refused = refusal(owner_.disk_.options().can.punchesHoles);
        if (refused != 0 || part == Part::None)
            return refused;
        return owner_.disk_.punch(number_, extentOf(part, extent));
    });
}

Status SimulatedFile::preallocate(FileExtent extent, Preallocation size) {
    return change("preallocate", extent, "take room for", [&](Part part) {
        const int refused = refusal(owner_.disk_.options().can.preallocates);
        if (refused != 0 || part == Part::None)
            return refused;
        const bool extends = part == Part::All && size == Preallocation::ExtendSize;
        return owner_.disk_.preallocate(number_, extentOf(part, extent), extends);
    });
}

Result<std::vector<PlacedExtent>> SimulatedFile::layout(FileExtent extent) const {
    using Layout = std::vector<PlacedExtent>;
    return ask<Layout>("ask for the layout of", [&]() -> Result<Layout> {
        if (!owner_.disk_.options().can.tellsLayout)
            return Error::fromSystem("ask for the layout of", path_, EOPNOTSUPP);
        return owner_.disk_.layout(number_, extent);
    });
}

// ---- attributes and locks

Status SimulatedFile::setPermissions(std::uint32_t permissions) {
    return change("setPermissions", {}, "set the permissions of", [&](Part part) {
        if (part != Part::All)
            return 0;
        return changeAttributes([&](SimulatedAttributes& all) { all.permissions = permissions; });
    });
}

Status SimulatedFile::setOwner(FileOwner owner) {
    return change("setOwner", {}, "set the owner of", [&](Part part) {
        const std::uint32_t user = owner_.disk_.options().user.user;
        if (user != 0 && owner != owner_.disk_.options().user)
            return EPERM;
        if (part != Part::All)
            return 0;
        return changeAttributes([&](SimulatedAttributes& all) {
            all.owner = owner;
            all.permissions &= 01777U;
        });
    });
}

Status SimulatedFile::setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) {
    return change("setTimes", {}, "set the times of", [&](Part part) {
        if (part == Part::All)
            owner_.disk_.setTimes(number_, accessedNs, modifiedNs);
        return 0;
    });
}

Result<std::vector<std::string>> SimulatedFile::copyAttributesFrom(const File& from) {
    const auto* source = dynamic_cast<const SimulatedFile*>(&from);
    std::vector<std::string> lost;
    const Status status = change("copyAttributesFrom", {}, "set the attributes of", [&](Part part) {
        if (part != Part::All || source == nullptr)
            return source == nullptr ? EXDEV : 0;
        const auto& wanted = owner_.disk_.inode(source->number_).attributes.extended;
        return changeAttributes([&](SimulatedAttributes& all) {
            all.extended.erase(kAccessList);
            for (const auto& [name, value] : wanted) {
                if (std::ranges::find(kNeverCarried, name) == kNeverCarried.end())
                    all.extended[name] = value;
                else
                    lost.push_back(name + ": not for another content");
            }
        });
    });
    if (!status)
        return status.error();
    return lost;
}

Result<bool> SimulatedFile::lock() {
    return ask<bool>("lock", [&]() -> Result<bool> {
        if (!writable_)
            return Error::fromSystem("lock", path_, EBADF);
        const auto holder = owner_.lockHolders_.emplace(number_, this).first;
        return holder->second == this;
    });
}

Result<std::vector<ForeignLock>> SimulatedFile::foreignLocks() const {
    return ask<std::vector<ForeignLock>>("ask for the locks of", [&] {
        std::vector<ForeignLock> locks;
        if (const auto known = owner_.foreignLocks_.find(number_);
            known != owner_.foreignLocks_.end())
            locks = known->second;
        const auto holder = owner_.lockHolders_.find(number_);
        if (holder != owner_.lockHolders_.end() && holder->second != this)
            locks.push_back({ForeignLock::Kind::Range, true, {{0}, kMaxLength}, 0});
        return locks;
    });
}

}  // namespace octavo::test
