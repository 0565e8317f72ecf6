#include "core/document/history.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <tuple>

namespace octavo::core {

namespace {

// How far around the current step the log is kept in memory: so many chunks each way, as far as
// they are reached within so many steps. Undo held down goes through 30 steps a second.
constexpr std::size_t kNearChunks = 4;
constexpr std::size_t kNearSteps = 256;

/// What a name takes in its table, beside its characters.
constexpr std::size_t kNameBytes = sizeof(std::pair<const StepId, std::string>) + 4 * sizeof(void*);

}  // namespace

History::History(std::size_t chunkSize) : log_(chunkSize) {
    addRecord({});
}

History::Step History::step(StepId id) const {
    assert(id != kFirstStep && id <= last_);
    const Record& from = record(id);
    Step step;
    step.parent = from.parent;
    step.kind = from.kind;
    if (from.hasName)
        step.name = names_.find(id)->second;
    step.timeNs = from.timeNs;
    step.base = from.base;
    step.transaction = from.transaction;
    step.splices = from.splices;
    step.offset = from.offset;
    step.begin = from.begin;
    step.end = endOf(id);
    return step;
}

std::vector<StepId> History::children(StepId id) const {
    std::vector<StepId> children;
    for (StepId child = record(id).lastChild; child != kFirstStep;
         child = record(child).olderSibling)
        children.push_back(child);
    std::reverse(children.begin(), children.end());
    return children;
}

void History::setName(StepId id, std::string_view name) {
    assert(id != kFirstStep && id <= last_);
    Record& named = record(id);
    if (named.hasName) {
        const auto old = names_.find(id);
        nameBytes_ -= kNameBytes + old->second.capacity();
        names_.erase(old);
    }
    named.hasName = !name.empty();
    if (named.hasName) {
        const auto added = names_.emplace(id, name).first;
        nameBytes_ += kNameBytes + added->second.capacity();
    }
}

// ---- Recording ----------------------------------------------------------------------------

/// Puts it behind the last one.
void History::addRecord(const Record& added) {
    const std::size_t id = blocks_.empty() ? 0 : std::size_t{last_} + 1;
    if (id == blocks_.size() * kBlock)
        blocks_.push_back(std::make_unique_for_overwrite<Record[]>(kBlock));
    blocks_[id / kBlock][id % kBlock] = added;
}

StepId History::begin(EditKind kind, std::string_view name, std::int64_t timeNs, SourceId base,
                      std::uint32_t transaction) {
    assert(!open_ && last_ < std::numeric_limits<StepId>::max());
    Record& parent = record(current_);
    Record added;
    added.timeNs = timeNs;
    added.begin = log_.end();
    added.parent = current_;
    added.olderSibling = parent.lastChild;
    added.base = base;
    added.transaction = transaction;
    added.kind = kind;
    addRecord(added);
    ++last_;
    redoBefore_ = parent.redoChild;
    parent.lastChild = parent.redoChild = last_;
    current_ = last_;
    open_ = true;
    if (!name.empty())
        setName(last_, name);
    return last_;
}

void History::reopen() {
    assert(!open_ && current_ == last_ && current_ != kFirstStep);
    open_ = true;
}

void History::append(const SpliceView& splice) {
    assert(open_);
    Record& step = record(last_);
    assert(step.splices < std::numeric_limits<std::uint32_t>::max());
    if (step.splices++ == 0)
        step.offset = splice.from.offset;
    log_.append(splice);
}

void History::appendKept(ChangeId change, bool kept) {
    assert(open_);
    log_.appendKept(change, kept);
}

void History::end() {
    assert(open_);
    open_ = false;
    if (record(last_).begin != log_.end())
        return;
    setName(last_, {});
    const Record& empty = record(last_);
    Record& parent = record(empty.parent);
    parent.lastChild = empty.olderSibling;
    parent.redoChild = redoBefore_;
    current_ = empty.parent;
    --last_;
}

// ---- Walking ------------------------------------------------------------------------------

bool History::isLoaded(StepId id) const {
    return id == kFirstStep || log_.isLoaded(record(id).begin, endOf(id));
}

SpliceLog::Walk History::forwards(StepId id) const {
    return forwards(id, record(id).begin);
}

SpliceLog::Walk History::backwards(StepId id) const {
    return backwards(id, endOf(id));
}

SpliceLog::Walk History::forwards(StepId id, SpliceLog::Position from) const {
    assert(id != kFirstStep && id <= last_);
    return SpliceLog::Walk::forwards(log_, from, endOf(id));
}

SpliceLog::Walk History::backwards(StepId id, SpliceLog::Position from) const {
    assert(id != kFirstStep && id <= last_);
    return SpliceLog::Walk::backwards(log_, record(id).begin, from);
}

void History::moveTo(StepId id) {
    assert(!open_ && id <= last_);
    if (id == record(current_).parent && current_ != kFirstStep) {
        record(id).redoChild = current_;
    } else {
        assert(id != kFirstStep && record(id).parent == current_);
        record(current_).redoChild = id;
    }
    current_ = id;
}

std::vector<StepId> History::way(StepId id) const {
    assert(id <= last_);
    std::vector<StepId> way;
    std::vector<StepId> down;
    // A parent has the smaller number, so of two steps the one with the greater is no ancestor of
    // the other.
    for (StepId from = current_; from != id;) {
        if (from > id) {
            from = record(from).parent;
            way.push_back(from);
        } else {
            down.push_back(id);
            id = record(id).parent;
        }
    }
    way.insert(way.end(), down.rbegin(), down.rend());
    return way;
}

std::uint64_t History::splicesTo(StepId id) const {
    std::uint64_t splices = 0;
    StepId at = current_;
    for (const StepId next : way(id)) {
        splices += record(playedBetween(at, next)).splices;
        at = next;
    }
    return splices;
}

void History::clear() {
    assert(!open_);
    log_.clear();
    blocks_.clear();
    names_.clear();
    nameBytes_ = 0;
    current_ = last_ = kFirstStep;
    addRecord({});
}

// ---- Memory -------------------------------------------------------------------------------

std::size_t History::memory() const {
    return blocks_.size() * kBlock * sizeof(Record) + blocks_.capacity() * sizeof(blocks_[0]) +
           nameBytes_ + log_.bytesInMemory();
}

void History::setBudget(std::size_t bytes) {
    budget_ = bytes;
    log_.retryStoring();
}

/// The first chunk that holds something of the step and the one behind the last.
std::pair<std::size_t, std::size_t> History::chunksOf(StepId id) const {
    const SpliceLog::Position begin = record(id).begin;
    const SpliceLog::Position end = endOf(id);
    if (begin == end)
        return {0, 0};  // just begun
    return {log_.chunkAt(begin), log_.chunkAt(end - 1) + 1};
}

/// The chunks of the log nearest to the current step, on the way to the root or on that of redo.
void History::addNear(std::vector<std::size_t>& chunks, bool towardsRoot) const {
    const std::size_t most = chunks.size() + kNearChunks;
    std::optional<std::size_t> nearest;
    StepId id = towardsRoot ? current_ : redoChild(current_);
    for (std::size_t i = 0; i < kNearSteps && id != kFirstStep; ++i) {
        const auto [first, behind] = chunksOf(id);
        for (std::size_t k = 0; k < behind - first; ++k) {
            const std::size_t chunk = towardsRoot ? behind - 1 - k : first + k;
            if (nearest == chunk)
                continue;
            if (chunks.size() == most)
                return;
            chunks.push_back(chunk);
            nearest = chunk;
        }
        id = towardsRoot ? record(id).parent : redoChild(id);
    }
}

SpliceLog::Needs History::needs(std::span<const StepId> wanted) const {
    SpliceLog::Needs needs;
    addNear(needs.chunks, true);
    addNear(needs.chunks, false);
    for (const StepId step : wanted) {
        if (step == kFirstStep)
            continue;
        const auto [first, behind] = chunksOf(step);
        const bool isFirst = needs.retryFrom == needs.retryBehind;
        needs.retryFrom = isFirst ? first : std::min(needs.retryFrom, first);
        needs.retryBehind = std::max(needs.retryBehind, behind);
        for (std::size_t chunk = first; chunk < behind; ++chunk) {
            // Steps lie side by side as a rule, many in a chunk.
            if (needs.chunks.empty() || needs.chunks.back() != chunk)
                needs.chunks.push_back(chunk);
        }
    }
    std::sort(needs.chunks.begin(), needs.chunks.end());
    needs.chunks.erase(std::unique(needs.chunks.begin(), needs.chunks.end()), needs.chunks.end());
    needs.present = current_ == kFirstStep ? 0 : record(current_).begin;
    const std::size_t steps = memory() - log_.bytesInMemory();
    needs.budget = budget_ - std::min(budget_, steps);
    return needs;
}

std::shared_ptr<HistoryTransfer> History::prepareTransfer(std::optional<StepId> wanted,
                                                          FileSystem& fileSystem,
                                                          const std::string& folder) {
    const std::size_t count = wanted ? 1 : 0;
    const StepId step = wanted.value_or(kFirstStep);
    return prepareTransfer(std::span(&step, count), fileSystem, folder);
}

std::shared_ptr<HistoryTransfer> History::prepareTransfer(std::span<const StepId> wanted,
                                                          FileSystem& fileSystem,
                                                          const std::string& folder) {
    if (log_.isWhole() && memory() <= budget_)
        return nullptr;
    return log_.prepareTransfer(needs(wanted), fileSystem, folder);
}

void History::finishTransfer(const HistoryTransfer& transfer) {
    log_.finishTransfer(transfer, needs({}).chunks);
}

}  // namespace octavo::core
