#include "core/document/history_transfer.h"

#include <cassert>
#include <utility>

namespace octavo::core {

namespace {

/// FNV-1a: it stands against a disk that gives back something else, not against a person.
std::uint64_t checksum(ByteSpan bytes) {
    std::uint64_t sum = 0xCBF29CE484222325;
    for (const Byte byte : bytes)
        sum = (sum ^ byte) * 0x100000001B3;
    return sum;
}

}  // namespace

HistoryTransfer::HistoryTransfer(FileSystem& fileSystem, std::string folder,
                                 std::shared_ptr<File> file, FileOffset fileEnd,
                                 std::vector<Chunk> wanted, std::vector<Chunk> cold)
    : fileSystem_(fileSystem)
    , folder_(std::move(folder))
    , file_(std::move(file))
    , fileEnd_(fileEnd)
    , wanted_(std::move(wanted))
    , cold_(std::move(cold)) {}

Status HistoryTransfer::run() {
    Status result;
    for (Chunk& chunk : wanted_) {
        const Status fetched = fetch(chunk);
        if (!fetched && result)
            result = fetched;
    }
    const Status stored = store();
    return result ? stored : result;
}

Status HistoryTransfer::fetch(Chunk& chunk) const {
    assert(file_);
    std::shared_ptr<Byte[]> bytes(new Byte[chunk.size]);
    const MutableByteSpan out(bytes.get(), chunk.size);
    const Result<std::size_t> count = file_->readAt(chunk.stored.at, out);
    if (!count)
        return count.error();
    if (*count < chunk.size || checksum(out) != chunk.stored.checksum)
        return Error{ErrorCode::Unreadable, "read the undo history from", file_->path(), 0,
                     "the file is damaged"};
    chunk.bytes = std::move(bytes);
    chunk.done = true;
    return {};
}

Status HistoryTransfer::store() {
    if (cold_.empty())
        return {};
    storingFailed_ = true;
    if (!file_) {
        Result<std::shared_ptr<File>> made = fileSystem_.openUnnamed(folder_);
        if (!made)
            return made.error();
        file_ = *std::move(made);
    }
    for (Chunk& chunk : cold_) {
        const ByteSpan bytes(chunk.bytes.get(), chunk.size);
        const Status written = file_->writeAt(fileEnd_, bytes);
        if (!written)
            return written;
        chunk.stored = {fileEnd_, checksum(bytes)};
        chunk.done = true;
        fileEnd_ = fileEnd_ + static_cast<Offset>(chunk.size);
    }
    storingFailed_ = false;
    return {};
}

}  // namespace octavo::core
