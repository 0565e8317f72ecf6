#include "core/document/splice_log.h"

#include "core/document/history_transfer.h"
#include "core/document/splice_packing.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

// ---- Appending ----------------------------------------------------------------------------

void SpliceLog::append(const SpliceView& splice) {
    std::size_t size = packedBound(splice);
    if (size > freeSize_)
        size = packedSize(splice);
    added(pack(splice, room(size)));
}

void SpliceLog::appendKept(ChangeId change, bool kept) {
    added(packKept(change, kept, room(kPackedKeptBound)));
}

/// Where so many bytes can be written.
Byte* SpliceLog::room(std::size_t bound) {
    if (bound > freeSize_)
        addChunk(std::max(bound, chunkSize_));
    return free_;
}

void SpliceLog::addChunk(std::size_t size) {
    Chunk& chunk = chunks_.emplace_back();
    chunk.begin = end_;
    chunk.capacity = size;
    chunk.bytes.reset(new Byte[size]);  // not zeroed: pages that nothing is written to cost nothing
    free_ = chunk.bytes.get();
    freeSize_ = size;
    bytes_ += size;
}

void SpliceLog::added(const Byte* end) {
    const auto size = static_cast<std::size_t>(end - free_);
    assert(size <= freeSize_);
    chunks_.back().size += size;
    end_ += size;
    free_ += size;
    freeSize_ -= size;
}

void SpliceLog::clear() {
    chunks_ = std::vector<Chunk>();  // gives the memory of the table back too
    free_ = nullptr;
    freeSize_ = bytes_ = unloaded_ = 0;
    file_.reset();
    fileEnd_ = {};
    underWay_.reset();
}

// ---- Walking ------------------------------------------------------------------------------

std::size_t SpliceLog::chunkAt(Position position) const {
    const auto behind =
        std::upper_bound(chunks_.begin(), chunks_.end(), position,
                         [](Position at, const Chunk& chunk) { return at < chunk.begin; });
    assert(behind != chunks_.begin() && position < end_);
    return static_cast<std::size_t>(behind - chunks_.begin()) - 1;
}

bool SpliceLog::isLoaded(Position begin, Position end) const {
    if (unloaded_ == 0 || begin == end)
        return true;
    for (std::size_t i = chunkAt(begin); i < chunks_.size() && chunks_[i].begin < end; ++i) {
        if (!chunks_[i].bytes)
            return false;
    }
    return true;
}

SpliceLog::Walk::Walk(const SpliceLog& log, Position at, Position stop, bool backwards)
    : log_(&log), at_(at), stop_(stop), backwards_(backwards) {
    if (at != stop)
        chunk_ = log.chunkAt(backwards ? at - 1 : at);
}

SpliceLog::Walk SpliceLog::Walk::forwards(const SpliceLog& log, Position begin, Position end) {
    assert(begin <= end && log.isLoaded(begin, end));
    return {log, begin, end, false};
}

SpliceLog::Walk SpliceLog::Walk::backwards(const SpliceLog& log, Position begin, Position end) {
    assert(begin <= end && log.isLoaded(begin, end));
    return {log, end, begin, true};
}

const SpliceLogEntry* SpliceLog::Walk::next() {
    if (at_ == stop_)
        return nullptr;
    return backwards_ ? nextBackwards() : nextForwards();
}

const SpliceLogEntry* SpliceLog::Walk::nextForwards() {
    if (at_ == log_->chunks_[chunk_].begin + log_->chunks_[chunk_].size)
        ++chunk_;
    const Chunk& chunk = log_->chunks_[chunk_];
    const Byte* begin = chunk.bytes.get() + (at_ - chunk.begin);
    at_ += static_cast<Position>(unpack(begin, entry_) - begin);
    return &entry_;
}

const SpliceLogEntry* SpliceLog::Walk::nextBackwards() {
    if (at_ == log_->chunks_[chunk_].begin)
        --chunk_;
    const Chunk& chunk = log_->chunks_[chunk_];
    const Byte* end = chunk.bytes.get() + (at_ - chunk.begin);
    const Byte* begin = packedBegin(end);
    unpack(begin, entry_);
    at_ -= static_cast<Position>(end - begin);
    return &entry_;
}

// ---- Moving -------------------------------------------------------------------------------

std::shared_ptr<HistoryTransfer>
SpliceLog::prepareTransfer(const Needs& needs, FileSystem& fileSystem, const std::string& folder) {
    if (underWay_.lock())
        return nullptr;
    std::vector<HistoryTransfer::Chunk> wanted;
    for (const std::size_t index : needs.chunks) {
        const Chunk& chunk = chunks_[index];
        const bool again = index >= needs.retryFrom && index < needs.retryBehind;
        if (!chunk.bytes && (again || !chunk.unreadable))
            wanted.push_back({chunk.begin, chunk.size, nullptr, *chunk.stored, false});
    }
    std::vector<HistoryTransfer::Chunk> cold;
    for (const std::size_t index : coldChunks(needs)) {
        Chunk& chunk = chunks_[index];
        if (chunk.stored)
            drop(chunk);
        else
            cold.push_back({chunk.begin, chunk.size, chunk.bytes, {}, false});
    }
    if (wanted.empty() && cold.empty())
        return nullptr;
    auto transfer = std::make_shared<HistoryTransfer>(fileSystem, folder, file_, fileEnd_,
                                                      std::move(wanted), std::move(cold));
    underWay_ = transfer;
    return transfer;
}

/// The chunks that go when the budget is used up: those in memory that lie farthest from the
/// present, until an eighth of the budget is free again, so that not every edit moves something.
std::vector<std::size_t> SpliceLog::coldChunks(const Needs& needs) const {
    std::vector<std::size_t> cold;
    if (bytesInMemory() <= needs.budget || chunks_.empty())
        return cold;
    const std::size_t aim = needs.budget - needs.budget / 8;
    std::size_t left = bytesInMemory();
    std::size_t first = 0;
    std::size_t behind = chunks_.size() - 1;  // the last one is written to
    while (left > aim && first < behind) {
        const Position before = needs.present - std::min(needs.present, chunks_[first].begin);
        const Position after =
            chunks_[behind - 1].begin - std::min(needs.present, chunks_[behind - 1].begin);
        const std::size_t index = before > after ? first++ : --behind;
        const Chunk& chunk = chunks_[index];
        if (!chunk.bytes || (!chunk.stored && storingFailed_) || contains(needs.chunks, index))
            continue;
        left -= chunk.capacity;
        cold.push_back(index);
    }
    return cold;
}

void SpliceLog::finishTransfer(const HistoryTransfer& transfer,
                               const std::vector<std::size_t>& neededChunks) {
    if (underWay_.lock().get() != &transfer)
        return;
    underWay_.reset();
    file_ = transfer.file();
    fileEnd_ = transfer.fileEnd();
    storingFailed_ = storingFailed_ || transfer.storingFailed();
    for (const HistoryTransfer::Chunk& fetched : transfer.wanted()) {
        Chunk& chunk = chunks_[chunkAt(fetched.begin)];
        chunk.unreadable = !fetched.done;
        if (!fetched.done)
            continue;
        chunk.bytes = fetched.bytes;
        chunk.capacity = chunk.size;
        bytes_ += chunk.capacity;
        --unloaded_;
    }
    for (const HistoryTransfer::Chunk& written : transfer.cold()) {
        if (!written.done)
            continue;
        const std::size_t index = chunkAt(written.begin);
        chunks_[index].stored = written.stored;
        if (!contains(neededChunks, index))
            drop(chunks_[index]);
    }
}

void SpliceLog::drop(Chunk& chunk) {
    assert(chunk.stored && chunk.bytes);
    chunk.bytes.reset();
    bytes_ -= chunk.capacity;
    ++unloaded_;
}

bool SpliceLog::contains(const std::vector<std::size_t>& chunks, std::size_t chunk) {
    return std::binary_search(chunks.begin(), chunks.end(), chunk);
}

}  // namespace octavo::core
