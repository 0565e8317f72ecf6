#include "core/save/shift_journal.h"

#include "core/base/hash.h"
#include "core/file/path.h"
#include "core/save/journal_place.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace octavo::core {

namespace {

constexpr std::array<char, 8> kMagic{'O', 'c', 't', 'a', 'v', 'o', 'S', '1'};

struct Header {
    std::array<char, 8> magic = kMagic;
    std::uint64_t phase = 0;
    std::uint64_t done = 0;
    std::uint64_t bodyLength = 0;
    std::uint64_t bodyHash = 0;
    std::uint64_t hash = 0;  // of all before it

    ByteSpan bytes() const { return {reinterpret_cast<const Byte*>(this), sizeof(Header)}; }
    std::uint64_t ownHash() const { return hash64(bytes().first(offsetof(Header, hash))); }
};
static_assert(sizeof(Header) == 48);

/// The most that a shift notes; see ShiftSave.
constexpr std::uint64_t kLongestBody = std::uint64_t{1} << 31;

}  // namespace

Result<std::unique_ptr<ShiftJournal>> ShiftJournal::create(FileSystem& fileSystem,
                                                           const std::string& target,
                                                           const FileInfo& info,
                                                           const ShiftRecord& record) {
    const Result<JournalPlace> place = journalPlace(fileSystem, target, info);
    if (!place)
        return place.error();
    if (!place->isBeside) {
        if (const Status made = fileSystem.makeFolder(place->folder, 0700); !made)
            return made.error();
    }
    // Whatever bears the name is idle: the save has settled every other journal before.
    if (fileSystem.info(place->path)) {
        if (const Status removed = fileSystem.remove(place->path); !removed)
            return removed.error();
    }
    Result<std::shared_ptr<File>> file = fileSystem.open(place->path, OpenMode::CreateNew);
    if (!file)
        return file.error();
    std::unique_ptr<ShiftJournal> journal(new ShiftJournal(fileSystem, *std::move(file)));
    const Bytes body = record.encoded();
    journal->bodyLength_ = body.size();
    journal->bodyHash_ = hash64(body);
    Status status = journal->file_->writeAt({Offset{sizeof(Header)}}, body);
    if (status)
        status = journal->mark({});
    if (status)
        status = journal->sync();
    if (status)
        status = fileSystem.syncFolder(place->folder);
    if (status)
        return journal;
    journal->remove();
    const int code = status.error().systemError;
    if (code != ENOSPC && code != EDQUOT)
        return status.error();
    return Error{ErrorCode::NoRoom, "flush", target, code, "there is no room for its journal"};
}

Result<std::optional<ShiftJournal::Found>>
ShiftJournal::open(FileSystem& fileSystem, const std::string& path, OpenMode mode) {
    Result<std::shared_ptr<File>> file = fileSystem.open(path, mode);
    if (!file)
        return file.error();
    Header header;
    Bytes bytes(sizeof(Header));
    Result<std::size_t> got = (*file)->readAt({0}, bytes);
    if (!got)
        return got.error();
    std::memcpy(&header, bytes.data(), sizeof(Header));
    if (*got < sizeof(Header) || header.magic != kMagic || header.hash != header.ownHash() ||
        header.bodyLength > kLongestBody || header.phase > 2)
        return std::optional<Found>();
    Bytes body(header.bodyLength);
    got = (*file)->readAt({Offset{sizeof(Header)}}, body);
    if (!got)
        return got.error();
    if (*got < body.size() || hash64(body) != header.bodyHash)
        return std::optional<Found>();
    std::optional<ShiftRecord> record = ShiftRecord::decoded(body);
    if (!record || header.done > record->operations.size())
        return std::optional<Found>();
    std::unique_ptr<ShiftJournal> journal(new ShiftJournal(fileSystem, *std::move(file)));
    journal->bodyLength_ = header.bodyLength;
    journal->bodyHash_ = header.bodyHash;
    return std::optional<Found>(
        Found{std::move(journal),
              *std::move(record),
              {static_cast<ShiftProgress::Phase>(header.phase), header.done}});
}

Status ShiftJournal::mark(const ShiftProgress& progress) {
    Header header;
    header.phase = static_cast<std::uint64_t>(progress.phase);
    header.done = progress.done;
    header.bodyLength = bodyLength_;
    header.bodyHash = bodyHash_;
    header.hash = header.ownHash();
    return file_->writeAt({0}, header.bytes());
}

Status ShiftJournal::sync() {
    return file_->sync();
}

void ShiftJournal::remove() {
    (void)fileSystem_.remove(file_->path());
    (void)fileSystem_.syncFolder(folderOf(file_->path()));
}

}  // namespace octavo::core
