#include "tests/support/simulated_file_system.h"

#include "core/file/path.h"
#include "tests/support/simulated_file.h"

#include <QtGlobal>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace octavo::test {

using namespace octavo::core;

using Part = SimulatedPlan::Part;

namespace {

std::string joined(const std::string& folder, const std::string& name) {
    return folder == "/" ? folder + name : folder + "/" + name;
}

std::string lastPart(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

// ---- for the test itself

void SimulatedFileSystem::makeFolders(const std::string& path, std::uint32_t permissions) {
    if (disk_.find(path))
        return;
    makeFolders(folderOf(path), permissions);
    disk_.setNames({{path, disk_.create(FileKind::Directory, permissions)}});
}

InodeNumber SimulatedFileSystem::placed(const std::string& path, FileKind kind,
                                        std::uint32_t permissions) {
    makeFolders(folderOf(path), 0755);
    if (const std::optional<InodeNumber> before = disk_.find(path))
        return *before;
    const InodeNumber number = disk_.create(kind, permissions);
    disk_.setNames({{path, number}});
    return number;
}

void SimulatedFileSystem::fill(const std::string& path, InodeNumber number, ByteSpan content) {
    if (disk_.write(number, 0, content) < content.size())
        qFatal("the simulated disk has no room for %s", path.c_str());
    disk_.confirm(number, true);
    disk_.confirmFolder(folderOf(path));
}

void SimulatedFileSystem::put(const std::string& path, ByteSpan content,
                              std::uint32_t permissions) {
    const std::lock_guard lock(mutex_);
    const InodeNumber number = placed(path, FileKind::Regular, permissions);
    (void)disk_.resize(number, 0);
    fill(path, number, content);
}

void SimulatedFileSystem::putDevice(const std::string& path, ByteSpan content) {
    const std::lock_guard lock(mutex_);
    fill(path, placed(path, FileKind::BlockDevice, 0660), content);
}

void SimulatedFileSystem::putSymbolicLink(const std::string& path, const std::string& target) {
    const std::lock_guard lock(mutex_);
    makeFolders(folderOf(path), 0755);
    disk_.setNames({{path, disk_.createLink(target)}});
    disk_.confirmFolder(folderOf(path));
}

void SimulatedFileSystem::setAttributes(const std::string& path,
                                        const SimulatedAttributes& attributes) {
    const std::lock_guard lock(mutex_);
    const InodeNumber number = found(path).value();
    disk_.setAttributes(number, attributes);
    disk_.confirm(number, true);
}

SimulatedAttributes SimulatedFileSystem::attributesOf(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    return disk_.inode(found(path).value()).attributes;
}

void SimulatedFileSystem::setForeignLocks(const std::string& path, std::vector<ForeignLock> locks) {
    const std::lock_guard lock(mutex_);
    foreignLocks_[found(path).value()] = std::move(locks);
}

bool SimulatedFileSystem::exists(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    return found(path).has_value();
}

Bytes SimulatedFileSystem::content(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    return disk_.content(found(path).value());
}

std::vector<std::string> SimulatedFileSystem::names(const std::string& folder) const {
    const std::lock_guard lock(mutex_);
    return disk_.list(folder);
}

void SimulatedFileSystem::setPlan(const SimulatedPlan& plan) {
    const std::lock_guard lock(mutex_);
    plan_ = plan;
    changes_ = askings_ = 0;
}

bool SimulatedFileSystem::isKilled() const {
    const std::lock_guard lock(mutex_);
    return killed_;
}

int SimulatedFileSystem::changes() const {
    const std::lock_guard lock(mutex_);
    return changes_;
}

int SimulatedFileSystem::askings() const {
    const std::lock_guard lock(mutex_);
    return askings_;
}

std::vector<SimulatedCall> SimulatedFileSystem::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

SimulatedDisk SimulatedFileSystem::disk() const {
    const std::lock_guard lock(mutex_);
    return disk_;
}

void SimulatedFileSystem::setOptions(const SimulatedOptions& options) {
    const std::lock_guard lock(mutex_);
    disk_.setOptions(options);
}

// ---- plan

SimulatedFileSystem::Verdict SimulatedFileSystem::judge(bool asks) {
    const int call = asks ? ++askings_ : ++changes_;
    if (plan_.at == 0 || plan_.ofAsking != asks || call < plan_.at)
        return {};
    if (plan_.kind == SimulatedPlan::Kind::Kill) {
        killed_ = true;
        return {plan_.part, 0};
    }
    if (call - plan_.at >= plan_.count)
        return {};
    return {plan_.part, plan_.systemError};
}

Error SimulatedFileSystem::killed(const char* operation, const std::string& path) const {
    return Error{ErrorCode::System, operation, path, EIO, "the process was killed"};
}

std::optional<Error> SimulatedFileSystem::ask(const char* operation, const std::string& path) {
    const Verdict verdict = killed_ ? Verdict{} : judge(true);
    if (killed_)
        return killed(operation, path);
    if (verdict.systemError != 0)
        return Error::fromSystem(operation, path, verdict.systemError);
    return std::nullopt;
}

// ---- names

std::string SimulatedFileSystem::followed(const std::string& path) const {
    std::string real = "/";
    int links = 0;
    std::string rest = path;
    while (!rest.empty()) {
        const std::size_t start = rest.find_first_not_of('/');
        if (start == std::string::npos)
            break;
        const std::size_t end = std::min(rest.find('/', start), rest.size());
        const std::string part = rest.substr(start, end - start);
        rest.erase(0, end);
        if (part == ".")
            continue;
        if (part == "..") {
            real = folderOf(real);
            continue;
        }
        const std::string next = joined(real, part);
        const std::optional<InodeNumber> number = disk_.find(next);
        const std::string target = number ? disk_.inode(*number).target : std::string();
        if (target.empty() || ++links > 40) {
            real = next;
            continue;
        }
        if (target.front() == '/')
            real = "/";
        rest.insert(0, target + "/");
    }
    return real;
}

std::string SimulatedFileSystem::nameOf(const std::string& path) const {
    return joined(followed(folderOf(path)), lastPart(path));
}

std::optional<InodeNumber> SimulatedFileSystem::found(const std::string& path) const {
    return disk_.find(followed(path));
}

bool SimulatedFileSystem::mayWriteTo(const SimulatedInode& inode) const {
    const FileOwner me = disk_.options().user;
    const std::uint32_t permissions = inode.attributes.permissions;
    if (me.user == 0)
        return true;
    if (me.user == inode.attributes.owner.user)
        return (permissions & 0200U) != 0;
    const bool isOfGroup = me.group == inode.attributes.owner.group;
    return (permissions & (isOfGroup ? 0020U : 0002U)) != 0;
}

int SimulatedFileSystem::mayMakeNames(const std::string& folder) const {
    const std::optional<InodeNumber> number = found(folder);
    if (!number)
        return ENOENT;
    const SimulatedInode& inode = disk_.inode(*number);
    if (inode.kind != FileKind::Directory)
        return ENOTDIR;
    if (disk_.options().readOnly)
        return EROFS;
    if (inode.attributes.immutable)
        return EPERM;
    return mayWriteTo(inode) ? 0 : EACCES;
}

/// Whether what stands at `path` may lose that name.
int SimulatedFileSystem::mayTakeName(const std::string& path) const {
    if (const int code = mayMakeNames(folderOf(path)))
        return code;
    const std::optional<InodeNumber> number = disk_.find(path);
    if (!number)
        return 0;
    const SimulatedInode& inode = disk_.inode(*number);
    const SimulatedInode& folder = disk_.inode(*disk_.find(folderOf(path)));
    if (inode.kind == FileKind::Directory)
        return EISDIR;
    if (inode.attributes.mountPoint)
        return EBUSY;
    const std::uint32_t me = disk_.options().user.user;
    const bool isOurs =
        me == 0 || me == inode.attributes.owner.user || me == folder.attributes.owner.user;
    const bool isSticky = (folder.attributes.permissions & 01000U) != 0;
    const bool isFixed =
        inode.attributes.immutable || inode.attributes.appendOnly || folder.attributes.appendOnly;
    return isFixed || (isSticky && !isOurs) ? EPERM : 0;
}

FileInfo SimulatedFileSystem::infoOf(InodeNumber number) const {
    const SimulatedInode& inode = disk_.inode(number);
    FileInfo info;
    info.identity = {7, number};
    info.kind = inode.kind;
    info.size = inode.placement.size;
    info.allocated = static_cast<Offset>(inode.placement.places.size()) * disk_.options().blockSize;
    info.modifiedNs = inode.modifiedNs;
    info.changedNs = inode.changedNs;
    info.permissions = inode.attributes.permissions;
    info.links = disk_.links(number);
    return info;
}

// ---- the seam

std::shared_ptr<File> SimulatedFileSystem::opened(InodeNumber number, const std::string& path,
                                                  bool writable, bool linkable) {
    disk_.setOpened(number, 1);
    return std::make_shared<SimulatedFile>(*this, number, path, writable, linkable);
}

Result<std::shared_ptr<File>> SimulatedFileSystem::create(const std::string& path) {
    std::shared_ptr<File> file;
    const Status status = change({"create", path, {}}, "create", [&](Part part) {
        const std::string name = nameOf(path);
        if (const int code = mayMakeNames(folderOf(name)))
            return code;
        if (disk_.find(name))
            return EEXIST;
        if (part != Part::All)
            return 0;
        const InodeNumber number = disk_.create(FileKind::Regular, 0600);
        disk_.setNames({{name, number}});
        file = opened(number, path, true, true);
        return 0;
    });
    if (!status)
        return status.error();
    return file;
}

Result<std::shared_ptr<File>>
SimulatedFileSystem::createUnnamed(const char* name, const std::string& folder, bool can) {
    const char* operation = "create a file without a name in";
    std::shared_ptr<File> file;
    const Status status = change({name, folder, {}}, operation, [&](Part part) {
        const int code = mayMakeNames(folder);
        if (code != 0 || !can)
            return code != 0 ? code : EOPNOTSUPP;
        if (part == Part::All)
            file = opened(disk_.create(FileKind::Regular, 0600), folder, true,
                          disk_.options().can.linksUnnamed);
        return 0;
    });
    if (!status)
        return status.error();
    return file;
}

Result<std::shared_ptr<File>> SimulatedFileSystem::open(const std::string& path, OpenMode mode) {
    if (mode == OpenMode::CreateNew)
        return create(path);
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("open", path))
        return *error;
    const std::optional<InodeNumber> number = found(path);
    if (!number)
        return Error::fromSystem("open", path, ENOENT);
    const SimulatedInode& inode = disk_.inode(*number);
    if (inode.kind == FileKind::Directory)
        return Error{ErrorCode::UnsupportedFile, "open", path, 0, "it is a folder, not a file"};
    const bool writes = mode == OpenMode::ReadWrite;
    if (writes && disk_.options().readOnly)
        return Error::fromSystem("open", path, EROFS);
    if (writes && (inode.attributes.immutable || inode.attributes.appendOnly))
        return Error::fromSystem("open", path, EPERM);
    if (writes && !mayWriteTo(inode))
        return Error::fromSystem("open", path, EACCES);
    return opened(*number, path, writes, true);
}

Result<FileInfo> SimulatedFileSystem::info(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("ask about", path))
        return *error;
    const std::optional<InodeNumber> number = found(path);
    if (!number)
        return Error::fromSystem("ask about", path, ENOENT);
    return infoOf(*number);
}

Result<std::shared_ptr<File>> SimulatedFileSystem::openUnnamed(const std::string& folder) {
    return createUnnamed("openUnnamed", folder, true);
}

Result<std::shared_ptr<File>> SimulatedFileSystem::openUnnamedToLink(const std::string& folder) {
    return createUnnamed("openUnnamedToLink", folder, disk().options().can.linksUnnamed);
}

Status SimulatedFileSystem::link(const File& file, const std::string& path) {
    const auto* known = dynamic_cast<const SimulatedFile*>(&file);
    return change({"link", path, {}}, "link to", [&](Part part) {
        const std::string name = nameOf(path);
        if (known == nullptr || !known->isLinkable())
            return known == nullptr ? EXDEV : ENOENT;
        if (const int code = mayMakeNames(folderOf(name)))
            return code;
        if (disk_.find(name))
            return EEXIST;
        if (part == Part::All)
            disk_.setNames({{name, known->number()}});
        return 0;
    });
}

Status SimulatedFileSystem::rename(const std::string& from, const std::string& to) {
    return change({"rename", to, {}}, "rename to", [&](Part part) {
        const std::string source = nameOf(from);
        const std::string target = nameOf(to);
        const std::optional<InodeNumber> number = disk_.find(source);
        if (!number)
            return ENOENT;
        for (const std::string& name : {source, target}) {
            if (const int code = mayTakeName(name))
                return code;
        }
        // Two names of one file are left as they are, as POSIX says.
        if (part == Part::All && disk_.find(target) != number)
            disk_.setNames({{source, std::nullopt}, {target, number}});
        return 0;
    });
}

Status SimulatedFileSystem::remove(const std::string& path) {
    return change({"remove", path, {}}, "remove", [&](Part part) {
        const std::string name = nameOf(path);
        if (!disk_.find(name))
            return ENOENT;
        if (const int code = mayTakeName(name))
            return code;
        if (part == Part::All)
            disk_.setNames({{name, std::nullopt}});
        return 0;
    });
}

Status SimulatedFileSystem::syncFolder(const std::string& folder) {
    return change({"syncFolder", folder, {}}, "sync", [&](Part part) {
        if (!found(folder))
            return ENOENT;
        if (part == Part::All)
            disk_.confirmFolder(followed(folder));
        return 0;
    });
}

Status SimulatedFileSystem::makeFolder(const std::string& path, std::uint32_t permissions) {
    return change({"makeFolder", path, {}}, "make the folder", [&](Part part) {
        const std::string real = followed(path);
        std::string above = real;
        while (!disk_.find(above))
            above = folderOf(above);
        if (disk_.inode(*disk_.find(above)).kind != FileKind::Directory)
            return ENOTDIR;
        if (above == real)
            return 0;
        if (const int code = mayMakeNames(above))
            return code;
        if (part == Part::All)
            makeFolders(real, permissions);
        return 0;
    });
}

Result<std::vector<std::string>> SimulatedFileSystem::list(const std::string& folder) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("list", folder))
        return *error;
    if (!found(folder))
        return Error::fromSystem("list", folder, ENOENT);
    return disk_.list(followed(folder));
}

Result<std::string> SimulatedFileSystem::resolve(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("open", path))
        return *error;
    const std::string real = followed(path);
    if (!disk_.find(folderOf(real)))
        return Error::fromSystem("open", folderOf(path), ENOENT);
    return real;
}

Result<StorageSpace> SimulatedFileSystem::space(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("ask for the room at", path))
        return *error;
    if (!found(path))
        return Error::fromSystem("ask for the room at", path, ENOENT);
    const SimulatedOptions& options = disk_.options();
    return StorageSpace{disk_.available(), options.total, options.blockSize, options.kind,
                        options.readOnly};
}

Result<StorageAbilities> SimulatedFileSystem::abilities(const std::string& folder) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("ask about the file system of", folder))
        return *error;
    if (const int code = mayMakeNames(folder))
        return Error::fromSystem("ask about the file system of", folder, code);
    return disk_.options().can;
}

Result<FileAttributes> SimulatedFileSystem::attributes(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("ask for the attributes of", path))
        return *error;
    const std::optional<InodeNumber> number = found(path);
    if (!number)
        return Error::fromSystem("ask for the attributes of", path, ENOENT);
    const SimulatedInode& inode = disk_.inode(*number);
    FileAttributes told;
    told.owner = inode.attributes.owner;
    told.permissions = inode.attributes.permissions;
    told.links = disk_.links(*number);
    told.accessedNs = inode.accessedNs;
    told.modifiedNs = inode.modifiedNs;
    told.immutable = inode.attributes.immutable;
    told.appendOnly = inode.attributes.appendOnly;
    told.mountPoint = inode.attributes.mountPoint;
    told.hasCapabilities = inode.attributes.extended.contains("security.capability");
    return told;
}

Result<bool> SimulatedFileSystem::mayWrite(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("ask for the permissions of", path))
        return *error;
    const std::optional<InodeNumber> number = found(path);
    if (!number)
        return Error::fromSystem("ask for the permissions of", path, ENOENT);
    const SimulatedInode& inode = disk_.inode(*number);
    if (inode.kind == FileKind::Directory)
        return mayMakeNames(path) == 0;
    return !disk_.options().readOnly && !inode.attributes.immutable &&
           !inode.attributes.appendOnly && mayWriteTo(inode);
}

Result<bool> SimulatedFileSystem::mayReplace(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (const std::optional<Error> error = ask("ask for the permissions of", path))
        return *error;
    return mayTakeName(followed(path)) == 0;
}

bool SimulatedFileSystem::mayGiveTo(FileOwner owner) {
    const std::lock_guard lock(mutex_);
    const FileOwner me = disk_.options().user;
    return me.user == 0 || me == owner;
}

}  // namespace octavo::test
