#include "core/search/scan.h"

#include <algorithm>

namespace octavo::core {

namespace {

// From this length on the block is several times the pattern, so that the bytes read twice stay
// few.
constexpr Offset kLongPattern = 4096;

Offset blockLength(Offset chunkLength, Offset patternLength) {
    return std::max(std::max<Offset>(chunkLength, 1),
                    patternLength >= kLongPattern ? 4 * patternLength : 0);
}

}  // namespace

Scan::Scan(const Snapshot& snapshot, const Pattern& pattern, Extent range, bool backward,
           Progress& progress, const FindOptions& options)
    : snapshot_(snapshot)
    , matcher_(pattern)
    , range_(range)
    , backward_(backward)
    , zerosMatch_(pattern.matchesZeros())
    , progress_(progress)
    , size_(pattern.length())
    , chunk_(blockLength(options.chunkLength, pattern.length()))
    , places_{range.offset, std::max<Offset>(range.length - (size_ - 1), 0)} {
    progress_.setTotal(range_.length);
    progress_.setDone(0);
}

Result<std::optional<Offset>> Scan::next() {
    while (!places_.isEmpty()) {
        if (!blockIsNext()) {
            if (progress_.isCancelled()) {
                return Error{ErrorCode::Cancelled, "find", {}, 0, "cancelled"};
            }
            report();
            if (skipZeros() || skipGap()) {
                continue;
            }
            load();
        }
        if (const std::optional<Offset> match = searchBlock()) {
            return match;
        }
    }
    progress_.setDone(range_.length);
    return std::optional<Offset>();
}

void Scan::report() {
    progress_.setDone(backward_ ? range_.end() - places_.end() - (size_ - 1)
                                : places_.offset - range_.offset);
}

bool Scan::blockIsNext() const {
    return block_.places.contains(backward_ ? places_.end() - 1 : places_.offset);
}

bool Scan::skipZeros() {
    if (zerosMatch_) {
        return false;
    }
    return backward_ ? skipZerosBackwards() : skipZerosForwards();
}

// A place can be left out where the pattern's length of zeros begins. What stands at the edges of
// a run of zeros is so searched with the bytes beyond them.
bool Scan::skipZerosForwards() {
    const Offset zeros = snapshot_.zerosAt(places_.offset);
    if (zeros < size_) {
        return false;
    }
    const Offset skipped = std::min(zeros - size_ + 1, places_.length);
    places_ = {places_.offset + skipped, places_.length - skipped};
    return true;
}

// A run is known from a place on, not up to one: ask from further and further back. Answers how
// many of the last places begin one that reaches `beyond` bytes further than they do.
Offset Scan::runBackwards(Offset (Snapshot::*known)(Offset) const, Offset beyond) const {
    Offset run = 0;
    Offset count = std::min(chunk_, places_.length);
    while (run < places_.length && (snapshot_.*known)(places_.end() - count) - count >= beyond) {
        run = count;
        count = count > places_.length / 2 ? places_.length : 2 * count;
    }
    return run;
}

bool Scan::skipZerosBackwards() {
    const Offset skipped = runBackwards(&Snapshot::zerosAt, size_ - 1);
    places_.length -= skipped;
    return skipped > 0;
}

// What is known to be unreadable is reported without trying it: between the regions of a process
// lie terabytes of nothing.
bool Scan::skipGap() {
    if (backward_) {
        const Offset skipped = runBackwards(&Snapshot::gapAt, size_ - 1);
        places_.length -= skipped;
        if (skipped > 0) {
            // What was answered, not a second question: the file may have grown back since.
            pass({places_.end(), skipped + size_ - 1});
        }
        return skipped > 0;
    }
    const Offset gap = std::min(snapshot_.gapAt(places_.offset), range_.end() - places_.offset);
    // The last place is looked at unless all of its bytes are in the gap: it knows about others.
    const bool toTheEnd = places_.offset + gap == range_.end();
    const Offset skipped = toTheEnd ? places_.length : std::min(gap, places_.length - 1);
    if (skipped > 0) {
        pass({places_.offset, toTheEnd ? gap : skipped});
        places_ = {places_.offset + skipped, places_.length - skipped};
    }
    return skipped > 0;
}

void Scan::load() {
    const Offset count = std::min(chunk_, places_.length);
    const Offset at = backward_ ? places_.end() - count : places_.offset;
    block_.places = {at, count};
    block_.bytes.resize(static_cast<std::size_t>(count + size_ - 1));
    block_.gaps = snapshot_.read(at, block_.bytes).extents();

    constexpr std::size_t kWorthTuning = 4096;
    if (block_.bytes.size() >= kWorthTuning) {
        matcher_.tune(block_.bytes);
    }
}

// Looks at what is left of the block, and takes it off places_: up to and including the match.
std::optional<Offset> Scan::searchBlock() {
    const Extent places = intersection(block_.places, places_);
    const Extent bytes{places.offset, places.length + size_ - 1};
    if (const std::optional<Offset> match =
            backward_ ? searchBackwards(bytes) : searchForwards(bytes)) {
        const Offset from = backward_ ? places_.offset : std::min(*match + size_, places_.end());
        const Offset to = backward_ ? std::max(*match - size_ + 1, from) : places_.end();
        places_ = {from, to - from};
        return match;
    }
    places_.length -= places.length;
    if (!backward_) {
        places_.offset += places.length;
    }
    return std::nullopt;
}

std::optional<Offset> Scan::searchForwards(Extent bytes) {
    Offset from = bytes.offset;
    for (const Extent& gap : block_.gaps) {
        const Extent here = intersection(gap, bytes);
        if (here.isEmpty()) {
            continue;
        }
        if (const auto match = searchRun({from, here.offset - from})) {
            return match;
        }
        pass(here);
        from = here.end();
    }
    return searchRun({from, bytes.end() - from});
}

std::optional<Offset> Scan::searchBackwards(Extent bytes) {
    Offset to = bytes.end();
    for (std::size_t i = block_.gaps.size(); i > 0; --i) {
        const Extent here = intersection(block_.gaps[i - 1], bytes);
        if (here.isEmpty()) {
            continue;
        }
        if (const auto match = searchRun({here.end(), to - here.end()})) {
            return match;
        }
        pass(here);
        to = here.offset;
    }
    return searchRun({bytes.offset, to - bytes.offset});
}

std::optional<Offset> Scan::searchRun(Extent run) {
    const ByteSpan bytes = ByteSpan(block_.bytes)
                               .subspan(static_cast<std::size_t>(run.offset - block_.places.offset),
                                        static_cast<std::size_t>(run.length));
    const std::optional<std::size_t> match =
        backward_ ? matcher_.last(bytes) : matcher_.first(bytes);
    if (!match) {
        return std::nullopt;
    }
    return run.offset + static_cast<Offset>(*match);
}

// Blocks overlap: gaps of the bytes that they share are met twice. What does not go beyond the last
// gap was met before.
void Scan::pass(Extent gap) {
    if (passed_.empty()) {
        passed_.push_back(gap);
        return;
    }
    Extent& last = passed_.back();
    const bool isNew = backward_ ? gap.offset < last.offset : gap.end() > last.end();
    const bool touches = backward_ ? gap.end() >= last.offset : gap.offset <= last.end();
    if (isNew && touches) {
        const Offset from = std::min(last.offset, gap.offset);
        last = {from, std::max(last.end(), gap.end()) - from};
    } else if (isNew) {
        passed_.push_back(gap);
    }
}

Unreadable Scan::notSearched() const {
    std::vector<Extent> ascending = passed_;
    if (backward_) {
        std::ranges::reverse(ascending);
    }
    Unreadable unreadable;
    for (const Extent& extent : ascending) {
        unreadable.add(extent);
    }
    return unreadable;
}

}  // namespace octavo::core
