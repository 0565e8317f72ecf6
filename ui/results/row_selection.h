// Which rows of a long table are chosen: ranges of row numbers.
//
// Thread rule: plain value. Cost: a look is O(log n) in the number of ranges; a change O(n).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace octavo::ui {

/// Rows from `first` to `last`, both included.
struct RowRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;

    std::uint64_t count() const { return last - first + 1; }
    friend bool operator==(const RowRange&, const RowRange&) = default;
};

class RowSelection {
public:
    RowSelection() = default;
    explicit RowSelection(RowRange rows) : ranges_{rows}, count_(rows.count()) {}

    bool isEmpty() const { return ranges_.empty(); }
    /// How many rows; not all 2^64 of them.
    std::uint64_t count() const { return count_; }
    bool contains(std::uint64_t row) const;
    std::optional<std::uint64_t> first() const;
    /// Ascending; they neither overlap nor touch.
    const std::vector<RowRange>& ranges() const { return ranges_; }
    /// The parts that lie within `rows`.
    std::vector<RowRange> in(RowRange rows) const;

    void add(RowRange rows);
    void remove(RowRange rows);
    void toggle(std::uint64_t row);
    /// Rows from `total` on are not there any more.
    void cut(std::uint64_t total);

    friend bool operator==(const RowSelection& a, const RowSelection& b) {
        return a.ranges_ == b.ranges_;
    }

private:
    void replace(RowRange touched, const std::vector<RowRange>& by);

    std::vector<RowRange> ranges_;
    std::uint64_t count_ = 0;
};

}  // namespace octavo::ui
