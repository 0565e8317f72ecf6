#include "core/save/journal_reader.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;
/// The longest path that the system takes.
constexpr Offset kLongestPath = 4096;

}  // namespace

JournalReader::JournalReader(std::shared_ptr<File> file, const JournalHeader& header)
    : file_(std::move(file)), header_(header) {}

Result<std::optional<JournalReader>>
JournalReader::open(FileSystem& fileSystem, const std::string& path, Progress& progress) {
    Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::Read);
    if (!file)
        return file.error();
    Bytes bytes(JournalHeader::kSize);
    const Result<std::size_t> got = (*file)->readAt({0}, bytes);
    if (!got)
        return got.error();
    bytes.resize(*got);
    const std::optional<JournalHeader> header = JournalHeader::decoded(bytes);
    if (!header)
        return std::optional<JournalReader>();
    JournalReader reader(*std::move(file), *header);
    const Result<bool> whole = header->isIdle ? Result<bool>(true) : reader.isWhole(progress);
    if (!whole)
        return whole.error();
    if (!*whole || header->pathLength < 0 || header->pathLength > kLongestPath)
        return std::optional<JournalReader>();
    if (!header->isIdle) {
        if (const Status read = reader.readPath(); !read)
            return read.error();
    }
    return std::optional<JournalReader>(std::move(reader));
}

Result<bool> JournalReader::isWhole(Progress& progress) const {
    Hasher hasher;
    Bytes block;
    FileOffset at{Offset{JournalHeader::kSize}};
    for (Offset left = header_.bodyLength; left > 0;) {
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, "recover", file_->path(), 0, "cancelled"};
        block.resize(static_cast<std::size_t>(std::min(left, kBlock)));
        const Result<std::size_t> got = file_->readAt(at, block);
        if (!got)
            return got.error();
        if (*got < block.size())
            return false;
        hasher.add(block);
        at = at + static_cast<Offset>(block.size());
        left -= static_cast<Offset>(block.size());
    }
    return hasher.value() == header_.bodyHash;
}

Status JournalReader::readPath() {
    target_.resize(static_cast<std::size_t>(header_.pathLength));
    rewind();
    Bytes bytes(target_.size());
    at_ = {Offset{JournalHeader::kSize}};
    const Status read = take(bytes);
    target_.assign(bytes.begin(), bytes.end());
    return read;
}

void JournalReader::rewind() {
    at_ = {Offset{JournalHeader::kSize} + header_.pathLength};
    runsLeft_ = header_.runs;
}

Status JournalReader::take(MutableByteSpan out) {
    const Result<std::size_t> got = file_->readAt(at_, out);
    if (!got)
        return got.error();
    if (*got < out.size())
        return damaged();
    at_ = at_ + static_cast<Offset>(out.size());
    return {};
}

Result<bool> JournalReader::next(JournalRun& run) {
    if (runsLeft_ == 0)
        return false;
    --runsLeft_;
    std::uint32_t length = 0;
    Bytes head(sizeof(run.at.value) + sizeof(length));
    if (const Status read = take(head); !read)
        return read.error();
    std::memcpy(&run.at.value, head.data(), sizeof(run.at.value));
    std::memcpy(&length, head.data() + sizeof(run.at.value), sizeof(length));
    if (run.at.value < 0 || length > JournalRun::kLongest || run.at.value > kMaxLength - length)
        return damaged();
    run.before.resize(length);
    if (const Status read = take(run.before); !read)
        return read.error();
    run.after.resize(JournalRun::parts({run.at, Offset{length}}).size());
    Bytes hashes(run.after.size() * sizeof(std::uint64_t));
    if (const Status read = take(hashes); !read)
        return read.error();
    std::memcpy(run.after.data(), hashes.data(), hashes.size());
    return true;
}

Error JournalReader::damaged() const {
    return {ErrorCode::Unreadable, "recover", file_->path(), 0, "the journal is damaged"};
}

}  // namespace octavo::core
