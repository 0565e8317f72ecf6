#include "tests/support/passing_file_system.h"

#include <utility>

namespace octavo::test {

using namespace octavo::core;

const File& PassingFile::realOf(const File& file) {
    const auto* passing = dynamic_cast<const PassingFile*>(&file);
    return passing != nullptr ? *passing->real_ : file;
}

Result<FileInfo> PassingFile::info() const {
    return real_->info();
}

Result<FileNature> PassingFile::nature() const {
    return real_->nature();
}

Result<std::vector<FileExtent>> PassingFile::regions() const {
    return real_->regions();
}

Result<std::size_t> PassingFile::readAt(FileOffset at, MutableByteSpan out) const {
    return real_->readAt(at, out);
}

Status PassingFile::writeAt(FileOffset at, ByteSpan bytes) {
    return real_->writeAt(at, bytes);
}

Status PassingFile::resize(Offset length) {
    return real_->resize(length);
}

Status PassingFile::setPermissions(std::uint32_t permissions) {
    return real_->setPermissions(permissions);
}

Status PassingFile::sync() {
    return real_->sync();
}

Status PassingFile::syncAll() {
    return real_->syncAll();
}

Result<bool> PassingFile::lock() {
    return real_->lock();
}

Result<std::vector<ForeignLock>> PassingFile::foreignLocks() const {
    return real_->foreignLocks();
}

Result<std::shared_ptr<const MappedRegion>> PassingFile::map(FileOffset at, Offset length) const {
    return real_->map(at, length);
}

Result<FileExtent> PassingFile::nextData(FileOffset from) const {
    return real_->nextData(from);
}

Status PassingFile::cloneRange(const File& from, FileExtent extent, FileOffset to) {
    return real_->cloneRange(realOf(from), extent, to);
}

Status PassingFile::copyRange(const File& from, FileExtent extent, FileOffset to) {
    return real_->copyRange(realOf(from), extent, to);
}

Status PassingFile::insertRange(FileExtent extent) {
    return real_->insertRange(extent);
}

Status PassingFile::collapseRange(FileExtent extent) {
    return real_->collapseRange(extent);
}

Status PassingFile::punchHole(FileExtent extent) {
    return real_->punchHole(extent);
}

Status PassingFile::preallocate(FileExtent extent, Preallocation size) {
    return real_->preallocate(extent, size);
}

Result<std::vector<PlacedExtent>> PassingFile::layout(FileExtent extent) const {
    return real_->layout(extent);
}

Status PassingFile::setOwner(FileOwner owner) {
    return real_->setOwner(owner);
}

Status PassingFile::setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) {
    return real_->setTimes(accessedNs, modifiedNs);
}

Result<std::vector<std::string>> PassingFile::copyAttributesFrom(const File& from) {
    return real_->copyAttributesFrom(realOf(from));
}

Result<std::shared_ptr<File>> PassingFileSystem::open(const std::string& path, OpenMode mode) {
    return wrapped(real_.open(path, mode));
}

Result<FileInfo> PassingFileSystem::info(const std::string& path) {
    return real_.info(path);
}

Result<std::shared_ptr<File>> PassingFileSystem::openUnnamed(const std::string& folder) {
    return wrapped(real_.openUnnamed(folder));
}

Result<std::shared_ptr<File>> PassingFileSystem::openUnnamedToLink(const std::string& folder) {
    return wrapped(real_.openUnnamedToLink(folder));
}

Status PassingFileSystem::link(const File& file, const std::string& path) {
    return real_.link(PassingFile::realOf(file), path);
}

Status PassingFileSystem::rename(const std::string& from, const std::string& to) {
    return real_.rename(from, to);
}

Status PassingFileSystem::remove(const std::string& path) {
    return real_.remove(path);
}

Status PassingFileSystem::syncFolder(const std::string& folder) {
    return real_.syncFolder(folder);
}

Status PassingFileSystem::makeFolder(const std::string& path, std::uint32_t permissions) {
    return real_.makeFolder(path, permissions);
}

Result<std::vector<std::string>> PassingFileSystem::list(const std::string& folder) {
    return real_.list(folder);
}

Result<std::string> PassingFileSystem::resolve(const std::string& path) {
    return real_.resolve(path);
}

Result<StorageSpace> PassingFileSystem::space(const std::string& path) {
    return real_.space(path);
}

Result<StorageAbilities> PassingFileSystem::abilities(const std::string& folder) {
    return real_.abilities(folder);
}

Result<FileAttributes> PassingFileSystem::attributes(const std::string& path) {
    return real_.attributes(path);
}

Result<bool> PassingFileSystem::mayWrite(const std::string& path) {
    return real_.mayWrite(path);
}

Result<bool> PassingFileSystem::mayReplace(const std::string& path) {
    return real_.mayReplace(path);
}

bool PassingFileSystem::mayGiveTo(FileOwner owner) {
    return real_.mayGiveTo(owner);
}

std::uint32_t PassingFileSystem::user() const {
    return real_.user();
}

std::uint32_t PassingFileSystem::newFilePermissions() {
    return real_.newFilePermissions();
}

Result<std::shared_ptr<File>> PassingFileSystem::wrapped(Result<std::shared_ptr<File>> opened) {
    if (!opened)
        return opened;
    return wrap(*std::move(opened));
}

}  // namespace octavo::test
