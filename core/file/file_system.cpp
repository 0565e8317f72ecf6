#include "core/file/file_system.h"

#include <cerrno>

namespace octavo::core {

namespace {

Error notSupported(const char* operation, const std::string& path) {
    return Error{ErrorCode::System, operation, path, EOPNOTSUPP,
                 "the file system does not offer it"};
}

}  // namespace

Status File::syncAll() {
    return notSupported("sync", path());
}

Result<std::vector<ForeignLock>> File::foreignLocks() const {
    return notSupported("ask for the locks of", path());
}

Status File::cloneRange(const File&, FileExtent, FileOffset) {
    return notSupported("share blocks with", path());
}

Status File::copyRange(const File&, FileExtent, FileOffset) {
    return notSupported("copy a range to", path());
}

Status File::insertRange(FileExtent) {
    return notSupported("insert a range into", path());
}

Status File::collapseRange(FileExtent) {
    return notSupported("collapse a range of", path());
}

Status File::punchHole(FileExtent) {
    return notSupported("punch a hole into", path());
}

Status File::preallocate(FileExtent, Preallocation) {
    return notSupported("take room for", path());
}

Result<std::vector<PlacedExtent>> File::layout(FileExtent) const {
    return notSupported("ask for the layout of", path());
}

Status File::setOwner(FileOwner) {
    return notSupported("set the owner of", path());
}

Status File::setTimes(std::int64_t, std::int64_t) {
    return notSupported("set the times of", path());
}

Result<std::vector<std::string>> File::copyAttributesFrom(const File&) {
    return notSupported("set the attributes of", path());
}

Result<std::shared_ptr<File>> FileSystem::openUnnamedToLink(const std::string& folder) {
    return notSupported("create a file without a name in", folder);
}

Status FileSystem::link(const File&, const std::string& path) {
    return notSupported("link to", path);
}

Result<StorageSpace> FileSystem::space(const std::string& path) {
    return notSupported("ask for the room at", path);
}

Result<StorageAbilities> FileSystem::abilities(const std::string& folder) {
    return notSupported("ask about the file system of", folder);
}

Result<FileAttributes> FileSystem::attributes(const std::string& path) {
    return notSupported("ask for the attributes of", path);
}

Result<bool> FileSystem::mayWrite(const std::string& path) {
    return notSupported("ask for the permissions of", path);
}

Result<bool> FileSystem::mayReplace(const std::string& path) {
    return notSupported("ask for the permissions of", path);
}

bool FileSystem::mayGiveTo(FileOwner) {
    return false;
}

}  // namespace octavo::core
