#include "ui/results/hit_list.h"

#include "core/search/hit_filter.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;
using core::Hit;
using core::Offset;
using Bias = core::EditMap::Bias;

namespace {

constexpr std::size_t kAtATime = 256;
constexpr std::size_t kAFew = 4;
constexpr int kEditedAfterMs = 15;

}  // namespace

HitList::HitList(EditorDocument& document, Request request, QObject* parent)
    : QObject(parent)
    , document_(document)
    , request_(std::move(request))
    , map_(document.document().mapEdits())
    , revision_(document.document().revision())
    , isWhole_(request_.range.offset == 0 && request_.range.end() >= document.document().length())
    , all_(std::make_shared<core::HitStore>(request_.budget)) {
    job_ = Job::start(
        tr("Searching"),
        [store = all_, finder = request_.finder, range = request_.range, options = request_.options,
         snapshot = document.document().snapshot()](core::Progress& progress) {
            auto outcome = core::findAll(
                snapshot, *finder, range, progress, [&](const Hit& hit) { return store->add(hit); },
                options);
            store->close();
            return outcome;
        },
        this, [this](const core::Result<core::FindAllOutcome>& outcome) { finish(outcome); });
    connect(job_, &Job::progressed, this, [this] {
        goOnFiltering();
        emit changed();
    });
    // Edits may come thick and fast.
    editedSoon_.setSingleShot(true);
    editedSoon_.setInterval(kEditedAfterMs);
    connect(&editedSoon_, &QTimer::timeout, this, &HitList::changed);
    connect(&document_, &EditorDocument::contentChanged, this, [this] {
        if (!editedSoon_.isActive())
            editedSoon_.start();
    });
}

HitList::~HitList() {
    all_->close();
}

void HitList::stop() {
    if (!isRunning())
        return;
    all_->close();
    delete job_.data();
    state_ = State::Stopped;
    goOnFiltering();
    emit changed();
}

void HitList::finish(const core::Result<core::FindAllOutcome>& outcome) {
    job_ = nullptr;
    if (!outcome) {
        state_ = State::Failed;
        error_ = outcome.error();
    } else {
        notSearched_ = outcome->notSearched.total();
        state_ = all_->isFull() ? State::Full : State::Ended;
        if (outcome->stoppedAt) {
            state_ = State::GivenUp;
            stoppedAt_ = *outcome->stoppedAt;
        } else if (const std::optional<Hit> last = all_->at(all_->size() - 1)) {
            stoppedAt_ = last->offset;
        }
    }
    goOnFiltering();
    emit changed();
}

Offset HitList::done() const {
    return job_ ? job_->done() : filterJob_ ? filterJob_->done() : 0;
}

Offset HitList::total() const {
    return job_ ? job_->total() : filterJob_ ? filterJob_->total() : 0;
}

bool HitList::isOutdated() const {
    return document_.document().revision() != revision_;
}

std::vector<Hit> HitList::hits(std::uint64_t first, std::size_t most) const {
    return shown().from(first, most);
}

Extent HitList::rangeNow() const {
    if (isWhole_)
        return {0, document_.document().length()};
    // What is put in at its ends belongs to it.
    const Offset from = map_->now(request_.range.offset, Bias::Before);
    return {from, map_->now(request_.range.end(), Bias::After) - from};
}

std::uint64_t HitList::firstFrom(Offset offset) const {
    // Of those that the map cannot tell apart the first that is not in front.
    std::uint64_t number = shown().firstFrom(map_->before(offset, Bias::Before));
    for (;;) {
        const std::vector<Hit> some = hits(number, kAFew);
        for (const Hit& hit : some) {
            if (now(hit).offset >= offset)
                return number;
            ++number;
        }
        if (some.size() < kAFew)
            return number;
    }
}

std::vector<Extent> HitList::matchesIn(Extent extent, std::size_t most) const {
    Offset from = map_->before(extent.offset, Bias::Before);
    const Offset to = map_->before(extent.end(), Bias::After);
    std::vector<Extent> matches;
    bool isFirst = true;  // only then does what begins in front count
    for (bool goesOn = true; goesOn && from < to && matches.size() < most; isFirst = false) {
        goesOn = false;
        for (const Hit& hit : shown().meeting({from, to - from}, most - matches.size())) {
            if (!isFirst && hit.offset < from)
                continue;
            const Extent match = now(hit);
            if (!intersection(match, extent).isEmpty()) {
                matches.push_back(match);
            } else if (isGone(hit, match)) {
                from = behindGone(hit, match);
                goesOn = true;
                break;
            }
        }
    }
    return matches;
}

std::optional<Offset> HitList::nextMatch(Offset offset) const {
    for (std::uint64_t number = firstFrom(offset);;) {
        const std::vector<Hit> next = hits(number, 1);
        if (next.empty())
            return std::nullopt;
        const Extent match = now(next.front());
        if (!isGone(next.front(), match))
            return match.offset;
        number = std::max(number + 1, shown().firstFrom(behindGone(next.front(), match)));
    }
}

bool HitList::isGone(const Hit& hit, Extent match) {
    return match.isEmpty() && hit.length > 0;
}

/// Where the bytes that went together with the hit end, in what was searched: there may be very
/// many hits among them.
Offset HitList::behindGone(const Hit& hit, Extent match) const {
    return std::max(hit.offset + 1, map_->before(match.offset, Bias::After));
}

// ---- Filter

void HitList::setFilter(const QString& text) {
    if (text == filter_)
        return;
    stopFiltering();
    filter_ = text;
    filtered_.reset();
    filteredUpTo_ = 0;
    if (!filter_.isEmpty()) {
        filtered_ = std::make_shared<core::HitStore>(request_.budget);
        goOnFiltering();
    }
    emit changed();
}

void HitList::stopFiltering() {
    if (filtered_)
        filtered_->close();
    delete filterJob_.data();
}

/// Filters what has been found since the last time.
void HitList::goOnFiltering() {
    const std::uint64_t found = all_->size();
    if (!filtered_ || filterJob_ || filteredUpTo_ == found)
        return;
    filterJob_ = Job::start(
        tr("Filtering"),
        [all = all_, filtered = filtered_, from = filteredUpTo_, found, map = *map_,
         filter = core::HitFilter(request_.query, filter_.toStdString()),
         snapshot = document_.document().snapshot()](core::Progress& progress) {
            progress.setTotal(static_cast<Offset>(found - from));
            for (std::uint64_t at = from; at < found; at += kAtATime) {
                const std::size_t most =
                    static_cast<std::size_t>(std::min<std::uint64_t>(kAtATime, found - at));
                for (const Hit& hit : all->from(at, most)) {
                    if (progress.isCancelled())
                        return false;
                    Hit standing = hit;
                    const Extent place = map.now(hit.extent());
                    standing.offset = place.offset;
                    standing.length = place.length;
                    if (filter.admits(snapshot, standing) && !filtered->add(hit))
                        return false;
                }
                progress.setDone(static_cast<Offset>(at - from));
            }
            return true;
        },
        this,
        [this, found](bool) {
            filterJob_ = nullptr;
            filteredUpTo_ = found;
            goOnFiltering();
            emit changed();
        });
    connect(filterJob_, &Job::progressed, this, &HitList::changed);
}

// ---- Export

std::function<core::Status(core::Progress&)> HitList::exporter(const std::string& path,
                                                               HitFormat format) const {
    return [path, format, store = filtered_ ? filtered_ : all_, map = *map_, query = request_.query,
            snapshot = document_.document().snapshot()](core::Progress& progress) {
        return exportHits(path, format, *store, map, query, snapshot, progress);
    };
}

}  // namespace octavo::ui
