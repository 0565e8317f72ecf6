#include "app/cli/input.h"

#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

namespace octavo::cli {

using core::Document;
using core::Result;

namespace {

constexpr const char* kStandardInput = "/dev/stdin";

core::Status copyStandardInput(core::File& to) {
    std::vector<core::Byte> block(std::size_t{1} << 20);
    core::FileOffset at;
    for (;;) {
        const std::size_t count = std::fread(block.data(), 1, block.size(), stdin);
        if (count == 0) {
            break;
        }
        if (const core::Status written = to.writeAt(at, core::ByteSpan(block).first(count));
            !written) {
            return written;
        }
        at = at + static_cast<core::Offset>(count);
    }
    if (std::ferror(stdin) != 0) {
        return core::Error{core::ErrorCode::System, "read", "-", 0, "standard input failed"};
    }
    return {};
}

std::string temporaryPath() {
    const char* const folder = std::getenv("TMPDIR");
    std::random_device random;
    return std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/octavo-input-" +
           std::to_string(random()) + std::to_string(random());
}

Result<std::unique_ptr<Document>> openCopy() {
    core::FileSystem& fileSystem = core::systemFileSystem();
    const std::string path = temporaryPath();
    const auto file = fileSystem.open(path, core::OpenMode::CreateNew);
    if (!file) {
        return file.error();
    }
    const core::Status copied = copyStandardInput(**file);
    Result<std::unique_ptr<Document>> document =
        copied ? Document::open(fileSystem, path, core::AccessMode::ReadOnly)
               : Result<std::unique_ptr<Document>>(copied.error());
    // The document holds what it has opened.
    if (const core::Status removed = fileSystem.remove(path); !removed) {
        return removed.error();
    }
    return document;
}

}  // namespace

Result<std::unique_ptr<Document>> openInput(const std::string& operand) {
    core::FileSystem& fileSystem = core::systemFileSystem();
    if (operand != "-") {
        return Document::open(fileSystem, operand, core::AccessMode::ReadOnly);
    }
    // A file that somebody has read from would be given from its beginning again.
    if (std::ftell(stdin) == 0) {
        Result<std::unique_ptr<Document>> document =
            Document::open(fileSystem, kStandardInput, core::AccessMode::ReadOnly);
        if (document) {
            return document;
        }
    }
    return openCopy();
}

}  // namespace octavo::cli
