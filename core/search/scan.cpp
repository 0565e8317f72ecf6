#include "core/search/scan.h"

#include <algorithm>

namespace octavo::core {

namespace {

// From this length on the block is several times the match, so that the bytes read twice stay few.
constexpr Offset kLongMatch = 4096;
constexpr Offset kStep = Offset{1} << 18;
// To look at bytes in place costs some system calls, and one for each hit.
constexpr Offset kWorthAView = Offset{1} << 16;
constexpr std::size_t kMostInPlace = 64;
// Before a search is given up it may cost as much as this many bytes do.
constexpr Offset kTrial = Offset{1} << 20;

Offset placesAtATime(Offset wanted, Offset longest) {
    return std::max(std::max<Offset>(wanted, 1), longest >= kLongMatch ? 4 * longest : 0);
}

Extent placesOf(Extent range, Offset shortest) {
    if (range.length < shortest) {
        return {range.offset, 0};
    }
    // The end of the range is a place for what may be empty, unless it has no number.
    return {range.offset, std::min(range.length - shortest, kMaxLength - 1 - range.offset) + 1};
}

}  // namespace

Scan::Scan(const Snapshot& snapshot, const Finder& finder, Extent range, Role role,
           Progress& progress, const FindOptions& options)
    : snapshot_(snapshot)
    , finder_(finder.clone())
    , range_(range)
    , options_(options)
    , role_(role)
    , zerosMatch_(finder_->matchesZeros())
    , progress_(progress)
    , longest_(std::max(std::min(finder.longest(), range.length), finder.shortest()))
    , shortest_(finder.shortest())
    , around_(finder.looksAround() ? Finder::kAround : 0)
    , chunk_(placesAtATime(options.chunkLength, longest_))
    , step_(placesAtATime(std::min(kStep, chunk_), longest_))
    , places_(placesOf(range, shortest_))
    , began_(places_)
    , limit_(range.end()) {
    if (options_.beginsBefore <= places_.end()) {
        places_.length = std::max<Offset>(options_.beginsBefore - places_.offset, 0);
        began_ = places_;
    }
    if (role_.reports) {
        progress_.setTotal(range_.length);
        progress_.setDone(0);
    }
}

void Scan::setPlaces(Extent places) {
    places_ = places;
    began_ = places;
    workBefore_ = finder_->work();
    limit_ = range_.end();
    stoppedAt_.reset();
}

void Scan::skipKnown() {
    while (!places_.isEmpty() && (skipZeros() || skipGap())) {
    }
}

Error Scan::cancelled() const {
    return Error{ErrorCode::Cancelled, "find", {}, 0, "cancelled"};
}

Result<std::optional<Hit>> Scan::next() {
    while (!places_.isEmpty() && !stoppedAt_) {
        if (progress_.isCancelled()) {
            return cancelled();
        }
        if (!blockIsNext()) {
            report();
            if (skipZeros() || skipGap()) {
                continue;
            }
            load();
        }
        const Extent window = nextWindow();
        const std::optional<Hit> hit = searchPlaces(window);
        if (!isBlockGood()) {
            continue;
        }
        if (hit) {
            ++block_.hits;
            advance(*hit);
        } else {
            places_.length -= window.length;
            places_.offset += options_.backward ? 0 : window.length;
        }
        if (!places_.isEmpty() && isTooMuch()) {
            stoppedAt_ = options_.backward ? places_.end() : places_.offset;
        }
        if (hit) {
            return hit;
        }
    }
    if (role_.reports && !stoppedAt_) {
        progress_.setDone(range_.length);
    }
    return std::optional<Hit>();
}

void Scan::report() {
    if (!role_.reports) {
        return;
    }
    const Offset done = options_.backward ? range_.end() - places_.end() - (shortest_ - 1)
                                          : places_.offset - range_.offset;
    progress_.setDone(std::clamp<Offset>(done, 0, range_.length));
}

bool Scan::isTooMuch() const {
    if (!role_.boundsWork) {
        return false;
    }
    const Offset advanced = began_.length - places_.length;
    return (finder_->work() - workBefore_) / kMostWork >
           static_cast<std::uint64_t>(advanced) + kTrial;
}

bool Scan::blockIsNext() const {
    return block_.places.contains(options_.backward ? places_.end() - 1 : places_.offset);
}

bool Scan::skipZeros() {
    if (zerosMatch_) {
        return false;
    }
    return options_.backward ? skipZerosBackwards() : skipZerosForwards();
}

// A place can be left out where the longest match and its neighbours would be zeros. What stands
// at the edges of a run of zeros is so searched with the bytes beyond them.
bool Scan::skipZerosForwards() {
    if (places_.offset < around_) {
        return false;
    }
    const Offset zeros = snapshot_.zerosAt(places_.offset - around_) - around_;
    const Offset skipped = std::min(zeros - longest_ - around_ + 1, places_.length);
    if (skipped <= 0) {
        return false;
    }
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
    const Offset run = runBackwards(&Snapshot::zerosAt, longest_ - 1 + around_);
    const Offset skipped = std::max<Offset>(run - around_, 0);
    places_.length -= skipped;
    return skipped > 0;
}

// What is known to be unreadable is reported without trying it: between the regions of a process
// lie terabytes of nothing.
bool Scan::skipGap() {
    if (options_.backward) {
        const Offset beyond = std::max<Offset>(shortest_ - 1, 0);
        const Offset skipped = runBackwards(&Snapshot::gapAt, beyond);
        places_.length -= skipped;
        if (skipped > 0) {
            // What was answered, not a second question: the file may have grown back since.
            pass({places_.end(), skipped + beyond});
        }
        return skipped > 0;
    }
    const Offset gap = std::min(snapshot_.gapAt(places_.offset), range_.end() - places_.offset);
    // The last place is looked at unless all of its bytes are in the gap: it knows about others.
    const bool toTheEnd = places_.offset + gap == range_.end();
    const Offset skipped = toTheEnd && gap > 0 ? places_.length : std::min(gap, places_.length - 1);
    if (skipped > 0) {
        pass({places_.offset, toTheEnd ? gap : skipped});
        places_ = {places_.offset + skipped, places_.length - skipped};
    }
    return skipped > 0;
}

void Scan::load() {
    const Offset count = std::min(chunk_, places_.length);
    const Offset at = options_.backward ? places_.end() - count : places_.offset;
    block_.places = {at, count};
    block_.offset = std::max<Offset>(at - around_, 0);
    const Offset last = at + count - 1;
    const Offset reach = last + std::min(longest_, range_.end() - last);
    const Offset end = std::min(reach, snapshot_.length() - around_) + around_;
    const Extent bytes{block_.offset, std::max<Offset>(end - block_.offset, 0)};
    block_.hits = 0;
    block_.view = bytes.length >= kWorthAView ? snapshot_.view(bytes) : nullptr;
    if (!block_.view) {
        copyBlock(bytes);
        return;
    }
    block_.bytes = block_.view->bytes();
    block_.gaps.clear();
    finder_->prepare(block_.bytes);
}

void Scan::copyBlock(Extent bytes) {
    block_.view.reset();
    block_.copy.resize(static_cast<std::size_t>(bytes.length));
    block_.gaps = snapshot_.read(bytes.offset, block_.copy).extents();
    block_.bytes = block_.copy;
    finder_->prepare(block_.bytes);
}

// False where what was just seen must be looked for again, in a copy.
bool Scan::isBlockGood() {
    if (!block_.view) {
        return true;
    }
    const bool isGood = block_.view->isGood();
    if (!isGood || block_.hits > kMostInPlace) {
        copyBlock({block_.offset, static_cast<Offset>(block_.bytes.size())});
    }
    return isGood;
}

// What is left of the block, at most a step of it.
Extent Scan::nextWindow() const {
    const Extent places = intersection(block_.places, places_);
    const Offset count = std::min(places.length, step_);
    return {options_.backward ? places.end() - count : places.offset, count};
}

std::optional<Hit> Scan::searchPlaces(Extent places) {
    while (!places.isEmpty()) {
        const std::optional<Hit> hit =
            options_.backward ? searchBackwards(places) : searchForwards(places);
        if (!hit) {
            return std::nullopt;
        }
        if (options_.alignment.admits(hit->offset) && hit->end() <= limit_) {
            return hit;
        }
        const Offset from = options_.backward ? places.offset : hit->offset + 1;
        const Offset to = options_.backward ? hit->offset : places.end();
        places = {from, to - from};
    }
    return std::nullopt;
}

std::optional<Hit> Scan::searchForwards(Extent places) {
    const Offset end = places.end() - 1 + std::min(longest_, range_.end() - (places.end() - 1));
    Offset from = places.offset;
    for (const Extent& gap : block_.gaps) {
        const Extent here = intersection(gap, {places.offset, end - places.offset});
        if (here.isEmpty()) {
            continue;
        }
        const Offset to = std::min(here.offset, places.end());
        if (from < to) {
            if (const auto hit = searchRun({from, to - from}, here.offset)) {
                return hit;
            }
        }
        // One further behind may have matches in front of it that the next places begin.
        if (here.offset - places.end() < shortest_) {
            pass(here);
        }
        from = here.end();
    }
    return from < places.end() ? searchRun({from, places.end() - from}, end) : std::nullopt;
}

std::optional<Hit> Scan::searchBackwards(Extent places) {
    Offset end = places.end() - 1 + std::min(longest_, range_.end() - (places.end() - 1));
    Offset to = places.end();
    for (std::size_t i = block_.gaps.size(); i > 0; --i) {
        const Extent here = intersection(block_.gaps[i - 1], {places.offset, end - places.offset});
        if (here.isEmpty()) {
            continue;
        }
        if (here.end() < to) {
            if (const auto hit = searchRun({here.end(), to - here.end()}, end)) {
                return hit;
            }
        }
        pass(here);
        end = here.offset;
        to = std::min(to, here.offset);
    }
    return places.offset < to ? searchRun({places.offset, to - places.offset}, end) : std::nullopt;
}

// Matches that begin at the places and do not reach beyond `end`.
std::optional<Hit> Scan::searchRun(Extent places, Offset end) {
    const auto inBlock = [this](Offset offset) {
        return static_cast<std::size_t>(offset - block_.offset);
    };
    const FinderWindow window{block_.bytes, inBlock(places.offset), inBlock(places.end()),
                              inBlock(end)};
    const std::optional<FinderMatch> match =
        options_.backward ? finder_->last(window) : finder_->first(window);
    if (!match) {
        return std::nullopt;
    }
    return Hit{block_.offset + static_cast<Offset>(match->position),
               static_cast<Offset>(match->length), match->alternative, match->cut};
}

// Takes the places up to and including the hit off, and those that would overlap it.
void Scan::advance(const Hit& hit) {
    if (options_.backward) {
        limit_ = options_.overlapping ? range_.end() : hit.offset;
        const Offset back = options_.overlapping ? 0 : std::max<Offset>(shortest_ - 1, 0);
        places_.length = std::max<Offset>(hit.offset - back - places_.offset, 0);
        return;
    }
    const Offset next = options_.overlapping ? hit.offset + 1 : std::max(hit.end(), hit.offset + 1);
    const Offset from = std::min(next, places_.end());
    places_ = {from, places_.end() - from};
}

// Blocks overlap: gaps of the bytes that they share are met twice. What does not go beyond the last
// gap was met before.
void Scan::pass(Extent gap) {
    if (passed_.empty()) {
        passed_.push_back(gap);
        return;
    }
    Extent& last = passed_.back();
    const bool isNew = options_.backward ? gap.offset < last.offset : gap.end() > last.end();
    const bool touches = options_.backward ? gap.end() >= last.offset : gap.offset <= last.end();
    if (isNew && touches) {
        const Offset from = std::min(last.offset, gap.offset);
        last = {from, std::max(last.end(), gap.end()) - from};
    } else if (isNew) {
        passed_.push_back(gap);
    }
}

Unreadable Scan::notSearched() const {
    std::vector<Extent> ascending = passed_;
    if (options_.backward) {
        std::ranges::reverse(ascending);
    }
    Unreadable unreadable;
    for (const Extent& extent : ascending) {
        unreadable.add(extent);
    }
    return unreadable;
}

}  // namespace octavo::core
