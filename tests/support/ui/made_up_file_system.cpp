#include "tests/support/ui/made_up_file_system.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace octavo::test {

using namespace core;

core::Byte madeUpByte(Offset offset) {
    const auto place = static_cast<std::uint64_t>(offset);
    return static_cast<Byte>(place * 31 + (place >> 16) * 7 + (place >> 40));
}

namespace {

Error refused(const char* operation) {
    return Error::fromSystem(operation, "made up", EROFS);
}

class MadeUpFile final : public File {
public:
    MadeUpFile(std::string path, Offset length) : path_(std::move(path)), length_(length) {}

    const std::string& path() const override { return path_; }
    Result<FileInfo> info() const override {
        FileInfo info;
        info.kind = FileKind::Regular;
        info.size = length_;
        return info;
    }
    Result<FileNature> nature() const override { return FileNature::Ordinary; }
    Result<std::vector<FileExtent>> regions() const override { return refused("list"); }
    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override {
        const Offset rest = std::max<Offset>(0, length_ - at.value);
        const std::size_t count = std::min(out.size(), static_cast<std::size_t>(rest));
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = madeUpByte(at.value + static_cast<Offset>(i));
        }
        return count;
    }
    Status writeAt(FileOffset, ByteSpan) override { return refused("write"); }
    Status resize(Offset) override { return refused("resize"); }
    Status setPermissions(std::uint32_t) override { return refused("change"); }
    Status sync() override { return refused("sync"); }
    Result<bool> lock() override { return refused("lock"); }
    Result<std::shared_ptr<const MappedRegion>> map(FileOffset, Offset) const override {
        return refused("map");
    }
    Result<FileExtent> nextData(FileOffset from) const override {
        return FileExtent{from, length_ - from.value};
    }

private:
    std::string path_;
    Offset length_;
};

}  // namespace

Result<std::shared_ptr<File>> MadeUpFileSystem::open(const std::string& path, OpenMode) {
    return std::shared_ptr<File>(std::make_shared<MadeUpFile>(path, length_));
}

Result<FileInfo> MadeUpFileSystem::info(const std::string& path) {
    return MadeUpFile(path, length_).info();
}

Result<std::shared_ptr<File>> MadeUpFileSystem::openUnnamed(const std::string&) {
    return refused("open");
}

Status MadeUpFileSystem::rename(const std::string&, const std::string&) {
    return refused("rename");
}

Status MadeUpFileSystem::remove(const std::string&) {
    return refused("remove");
}

Status MadeUpFileSystem::syncFolder(const std::string&) {
    return refused("sync");
}

Status MadeUpFileSystem::makeFolder(const std::string&, std::uint32_t) {
    return refused("make a folder in");
}

Result<std::vector<std::string>> MadeUpFileSystem::list(const std::string&) {
    return refused("list");
}

Result<std::string> MadeUpFileSystem::resolve(const std::string& path) {
    return path;
}

}  // namespace octavo::test
