#include "core/document/edit_map.h"

#include <algorithm>

namespace octavo::core {

/// Makes a batch of parts that come in order.
class EditMap::Builder {
public:
    void put(Offset from, Offset oldLength, Offset newLength) {
        // What keeps its length moves nothing: an overwrite, or what was undone.
        if (oldLength == newLength)
            return;
        if (!batch_.empty() && batch_.back().oldEnd() == from) {
            Part& last = batch_.back();
            const bool areInsertions = last.oldLength == 0 && oldLength == 0;
            const bool areDeletions = last.newLength == 0 && newLength == 0;
            if (areInsertions || areDeletions) {
                last.oldLength += oldLength;
                last.newLength += newLength;
                return;
            }
        }
        batch_.push_back({from, oldLength, newLength, shift()});
    }

    /// Of everything so far.
    Offset shift() const { return batch_.empty() ? 0 : batch_.back().shiftBehind(); }
    Batch take() { return std::move(batch_); }

private:
    Batch batch_;
};

/// Carries out a batch behind another and makes one of both. Places of parts are compared in the
/// coordinates between the two.
class EditMap::Composer {
public:
    Composer(const Batch& first, const Batch& then) : first_(first), then_(then) {
        while (hasFirst() || hasThen()) {
            if (!hasThen() || (hasFirst() && firstIsInFront())) {
                const Part& part = first_[nextFirst_++];
                composed_.put(part.from, part.oldLength, part.newLength);
            } else if (!hasFirst() || thenIsInFront()) {
                const Part& part = then_[nextThen_++];
                composed_.put(part.from - shift(), part.oldLength, part.newLength);
            } else {
                putOverlapping();
            }
        }
    }

    Batch take() { return composed_.take(); }

private:
    bool hasFirst() const { return nextFirst_ < first_.size(); }
    bool hasThen() const { return nextThen_ < then_.size(); }
    /// Of what the first batch did in front of its next part.
    Offset shift() const { return nextFirst_ == 0 ? 0 : first_[nextFirst_ - 1].shiftBehind(); }

    bool firstIsInFront() const {
        return first_[nextFirst_].newEnd() <= then_[nextThen_].from && !isPutBack();
    }
    bool thenIsInFront() const {
        return then_[nextThen_].oldEnd() <= first_[nextFirst_].newFrom() && !isPutBack();
    }
    /// What is put in where something was taken out stands in its place.
    bool isPutBack() const {
        const Part& first = first_[nextFirst_];
        const Part& then = then_[nextThen_];
        return first.newLength == 0 && then.oldLength == 0 && first.newFrom() == then.from;
    }

    void putOverlapping() {
        const Part& first = first_[nextFirst_];
        const Part& then = then_[nextThen_];
        const Offset from = std::min(first.newFrom(), then.from);
        const Offset oldFrom = first.newFrom() <= then.from ? first.from : then.from - shift();
        Offset to = from;
        Offset oldMore = 0;
        Offset newMore = 0;
        const auto takeFirst = [&](const Part& part) {
            to = std::max(to, part.newEnd());
            oldMore += part.oldLength - part.newLength;
            ++nextFirst_;
        };
        const auto takeThen = [&](const Part& part) {
            to = std::max(to, part.oldEnd());
            newMore += part.newLength - part.oldLength;
            ++nextThen_;
        };
        takeFirst(first);
        takeThen(then);
        for (;;) {
            if (hasFirst() && first_[nextFirst_].newFrom() < to)
                takeFirst(first_[nextFirst_]);
            else if (hasThen() && then_[nextThen_].from < to)
                takeThen(then_[nextThen_]);
            else
                break;
        }
        composed_.put(oldFrom, to - from + oldMore, to - from + newMore);
    }

    const Batch& first_;
    const Batch& then_;
    std::size_t nextFirst_ = 0;
    std::size_t nextThen_ = 0;
    Builder composed_;
};

void EditMap::add(Extent replaced, Offset newLength) {
    if (replaced.length == newLength)
        return;
    const Edit edit{replaced, newLength};
    Order order = orderWith(edit);
    if (order == Order::Any) {
        settle();
    } else {
        order_ = order;
    }
    gathered_.push_back(edit);
}

void EditMap::add(std::span<const Edit> edits) {
    if (edits.size() == 1)
        return add(edits.front().replaced, edits.front().newLength);
    settle();
    Builder builder;
    for (const Edit& edit : edits) {
        builder.put(edit.replaced.offset, edit.replaced.length, edit.newLength);
    }
    take(builder.take());
}

/// The order in which what was gathered goes on with `edit`; any where it does not.
EditMap::Order EditMap::orderWith(const Edit& edit) const {
    if (gathered_.empty())
        return Order::Any;
    const Edit& last = gathered_.back();
    const Offset lastEnd = last.replaced.offset + last.newLength;
    const bool isInFront = edit.replaced.end() <= last.replaced.offset;
    const bool isBehind = edit.replaced.offset >= lastEnd;
    const bool touches =
        edit.replaced.end() == last.replaced.offset || edit.replaced.offset == lastEnd;
    // What is put in where something was taken out stands in its place: that is for a Composer.
    const bool isPutBack = touches && ((edit.newLength == 0 && last.replaced.length == 0) ||
                                       (edit.replaced.length == 0 && last.newLength == 0));
    if (isPutBack)
        return Order::Any;
    if (isInFront && order_ != Order::Ascending)
        return Order::Descending;
    return isBehind && order_ != Order::Descending ? Order::Ascending : Order::Any;
}

void EditMap::settle() const {
    if (gathered_.empty())
        return;
    if (order_ == Order::Descending)
        std::ranges::reverse(gathered_);
    Builder builder;
    for (const Edit& edit : gathered_) {
        const Offset shift = order_ == Order::Ascending ? builder.shift() : 0;
        builder.put(edit.replaced.offset - shift, edit.replaced.length, edit.newLength);
    }
    gathered_.clear();
    order_ = Order::Any;
    take(builder.take());
}

void EditMap::take(Batch batch) const {
    constexpr std::size_t kFew = 4096;
    constexpr std::size_t kTimes = 2;
    while (!batches_.empty() && batches_.back().size() <= std::max(kFew, kTimes * batch.size())) {
        batch = Composer(batches_.back(), batch).take();
        batches_.pop_back();
    }
    if (!batch.empty())
        batches_.push_back(std::move(batch));
}

bool EditMap::isEmpty() const {
    settle();
    return batches_.empty();
}

Offset EditMap::follow(const Batch& batch, Offset at, Bias bias) {
    const auto behind = std::partition_point(batch.begin(), batch.end(),
                                             [&](const Part& part) { return part.from <= at; });
    if (behind == batch.begin())
        return at;
    const Part& part = *std::prev(behind);
    if (at > part.from && at >= part.oldEnd())
        return at + part.shiftBehind();
    if (at > part.from || part.oldLength == 0)
        return bias == Bias::Before ? part.newFrom() : part.newEnd();
    // In front of replaced bytes; something may have been put in there.
    const bool isPutIn = std::prev(behind) != batch.begin() && std::prev(behind, 2)->from == at;
    return at + (isPutIn && bias == Bias::Before ? std::prev(behind, 2)->shift : part.shift);
}

Offset EditMap::goBack(const Batch& batch, Offset at, Bias bias) {
    const bool isBefore = bias == Bias::Before;
    const auto first = std::partition_point(batch.begin(), batch.end(), [&](const Part& part) {
        return isBefore ? part.newEnd() < at : part.newFrom() <= at;
    });
    if (isBefore) {
        if (first == batch.end())
            return at - batch.back().shiftBehind();
        if (at < first->newFrom())
            return at - first->shift;
        return first->from;
    }
    if (first == batch.begin())
        return at;
    const Part& part = *std::prev(first);
    if (at > part.newEnd())
        return at - part.shiftBehind();
    return part.oldEnd();
}

Offset EditMap::now(Offset before, Bias bias) const {
    settle();
    for (const Batch& batch : batches_)
        before = follow(batch, before, bias);
    return before;
}

Extent EditMap::now(Extent before) const {
    const Offset begin = now(before.offset, Bias::After);
    return {begin, std::max(begin, now(before.end(), Bias::Before)) - begin};
}

Offset EditMap::before(Offset now, Bias bias) const {
    settle();
    for (auto batch = batches_.rbegin(); batch != batches_.rend(); ++batch)
        now = goBack(*batch, now, bias);
    return now;
}

}  // namespace octavo::core
