#include "ui/results/row_selection.h"

#include <algorithm>
#include <limits>

namespace octavo::ui {

namespace {

/// The first range that ends at `row` or behind it.
auto firstTo(const std::vector<RowRange>& ranges, std::uint64_t row) {
    return std::ranges::lower_bound(ranges, row, {}, &RowRange::last);
}

}  // namespace

bool RowSelection::contains(std::uint64_t row) const {
    const auto found = firstTo(ranges_, row);
    return found != ranges_.end() && found->first <= row;
}

std::optional<std::uint64_t> RowSelection::first() const {
    return isEmpty() ? std::nullopt : std::optional(ranges_.front().first);
}

std::vector<RowRange> RowSelection::in(RowRange rows) const {
    std::vector<RowRange> parts;
    for (auto each = firstTo(ranges_, rows.first);
         each != ranges_.end() && each->first <= rows.last; ++each) {
        parts.push_back({std::max(each->first, rows.first), std::min(each->last, rows.last)});
    }
    return parts;
}

/// `by` in place of every range that has a row in `touched`.
void RowSelection::replace(RowRange touched, const std::vector<RowRange>& by) {
    const auto from = ranges_.begin() + (firstTo(ranges_, touched.first) - ranges_.cbegin());
    const auto to =
        std::ranges::upper_bound(from, ranges_.end(), touched.last, {}, &RowRange::first);
    for (auto each = from; each != to; ++each) {
        count_ -= each->count();
    }
    for (const RowRange& range : by) {
        count_ += range.count();
    }
    ranges_.insert(ranges_.erase(from, to), by.begin(), by.end());
}

void RowSelection::add(RowRange rows) {
    // Ranges that touch it become one with it.
    constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();
    const RowRange wide{rows.first - (rows.first > 0 ? 1 : 0),
                        rows.last + (rows.last < kLast ? 1 : 0)};
    RowRange whole = rows;
    for (auto each = firstTo(ranges_, wide.first);
         each != ranges_.end() && each->first <= wide.last; ++each) {
        whole.first = std::min(whole.first, each->first);
        whole.last = std::max(whole.last, each->last);
    }
    replace(wide, {whole});
}

void RowSelection::remove(RowRange rows) {
    std::vector<RowRange> rests;
    for (auto each = firstTo(ranges_, rows.first);
         each != ranges_.end() && each->first <= rows.last; ++each) {
        if (each->first < rows.first) {
            rests.push_back({each->first, rows.first - 1});
        }
        if (each->last > rows.last) {
            rests.push_back({rows.last + 1, each->last});
        }
    }
    replace(rows, rests);
}

void RowSelection::toggle(std::uint64_t row) {
    if (contains(row)) {
        remove({row, row});
    } else {
        add({row, row});
    }
}

void RowSelection::cut(std::uint64_t total) {
    remove({total, std::numeric_limits<std::uint64_t>::max()});
}

}  // namespace octavo::ui
