#include "core/document/edit_log_file.h"

#include "core/base/allocate.h"
#include "core/base/hash.h"
#include "core/document/edit_log_bytes.h"
#include "core/document/edit_log_entry.h"

#include <algorithm>
#include <array>
#include <random>

namespace octavo::core {

namespace {

constexpr std::array<Byte, 8> kMagic{'O', 'c', 't', 'E', 'd', 'i', 't', 's'};
constexpr Offset kPrologue = 24;
constexpr Offset kNumber = sizeof(std::uint64_t);  // a length or a checksum

std::uint64_t newNumber() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

std::uint64_t checksum(std::uint64_t number, Offset at, ByteSpan payload) {
    Bytes head;
    EditLogEncoder encoder(head);
    encoder.fixed64(number);
    encoder.fixed64(static_cast<std::uint64_t>(at));
    encoder.fixed64(payload.size());
    Hasher hasher;
    hasher.add(head);
    hasher.add(payload);
    return hasher.value();
}

/// False where the file ends before.
Result<bool> readWhole(const File& file, Offset at, MutableByteSpan out) {
    const Result<std::size_t> got = file.readAt({at}, out);
    if (!got)
        return got.error();
    return *got == out.size();
}

}  // namespace

Result<std::unique_ptr<EditLogFile>> EditLogFile::create(FileSystem& fileSystem,
                                                         const std::string& path) {
    Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::CreateNew);
    if (!file)
        return std::move(file).error();
    std::unique_ptr<EditLogFile> log(new EditLogFile(*std::move(file), newNumber()));
    const auto prepared = [&]() -> Status {
        const Result<bool> locked = log->file_->lock();
        if (!locked)
            return locked.error();
        // Whoever looks for logs that nobody owns may have taken it away before it was locked.
        const Result<FileInfo> mine = log->file_->info();
        const Result<FileInfo> named = fileSystem.info(path);
        if (!*locked || !mine || !named || mine->identity != named->identity)
            return Error{ErrorCode::ChangedOutside, "create", path, 0,
                         "another program has taken the new file away"};
        Bytes prologue(kMagic.begin(), kMagic.end());
        EditLogEncoder encoder(prologue);
        encoder.fixed32(kEditLogVersion);
        encoder.fixed32(0);
        encoder.fixed64(log->number_);
        return log->write(prologue);
    }();
    if (!prepared) {
        (void)fileSystem.remove(path);
        return prepared.error();
    }
    return log;
}

Status EditLogFile::failed(Error error) {
    end_ = synced_;
    mustCut_ = true;
    return error;
}

Status EditLogFile::write(ByteSpan bytes) {
    if (mustCut_) {
        if (Status cut = file_->resize(end_); !cut)
            return cut;
        mustCut_ = false;
    }
    if (Status written = file_->writeAt({end_}, bytes); !written)
        return failed(written.error());
    end_ += static_cast<Offset>(bytes.size());
    return {};
}

Status EditLogFile::add(ByteSpan payload) {
    Bytes record;
    record.reserve(payload.size() + 2 * static_cast<std::size_t>(kNumber));
    EditLogEncoder encoder(record);
    encoder.fixed64(payload.size());
    record.insert(record.end(), payload.begin(), payload.end());
    encoder.fixed64(checksum(number_, end_, payload));
    return write(record);
}

Status EditLogFile::sync() {
    if (end_ == synced_)
        return {};
    if (Status synced = file_->sync(); !synced)
        return failed(synced.error());
    synced_ = end_;
    return {};
}

Result<EditLogRecords> EditLogRecords::open(std::shared_ptr<const File> file) {
    const Result<FileInfo> info = file->info();
    if (!info)
        return info.error();
    Bytes prologue(static_cast<std::size_t>(kPrologue));
    const Result<bool> whole = readWhole(*file, 0, prologue);
    if (!whole)
        return whole.error();
    if (!*whole || !std::equal(kMagic.begin(), kMagic.end(), prologue.begin()))
        return Error{ErrorCode::UnsupportedFile, "read", file->path(), 0, "it is no edit log"};
    EditLogDecoder decoder(ByteSpan(prologue).subspan(kMagic.size()));
    if (decoder.fixed32() != kEditLogVersion)
        return Error{ErrorCode::UnsupportedFile, "read", file->path(), 0,
                     "it is an edit log of another version of Octavo"};
    (void)decoder.fixed32();
    const std::uint64_t number = decoder.fixed64();
    return EditLogRecords(std::move(file), info->size, number, kPrologue);
}

Result<bool> EditLogRecords::next(Bytes& payload) {
    const Offset rest = length_ - end_;
    if (rest < 2 * kNumber)
        return false;
    std::array<Byte, sizeof(std::uint64_t)> number{};
    Result<bool> hasLength = readWhole(*file_, end_, number);
    if (!hasLength || !*hasLength)
        return hasLength;
    const std::uint64_t length = EditLogDecoder(number).fixed64();
    if (length > static_cast<std::uint64_t>(rest - 2 * kNumber))
        return false;
    Result<Bytes> bytes = allocate("read the edit log", static_cast<Offset>(length) + kNumber);
    if (!bytes)
        return std::move(bytes).error();
    payload = *std::move(bytes);
    Result<bool> whole = readWhole(*file_, end_ + kNumber, payload);
    if (!whole || !*whole)
        return whole;
    const auto size = static_cast<std::size_t>(length);
    const std::uint64_t told = EditLogDecoder(ByteSpan(payload).subspan(size)).fixed64();
    payload.resize(size);
    if (told != checksum(number_, end_, payload))
        return false;
    payloadAt_ = {end_ + kNumber};
    end_ = payloadAt_.value + static_cast<Offset>(length) + kNumber;
    return true;
}

}  // namespace octavo::core
