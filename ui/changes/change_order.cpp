#include "ui/changes/change_order.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace octavo::ui {

using core::ChangeId;
using Order = std::vector<std::uint32_t>;

namespace {

/// By a key that is quick to ask for.
template <typename Key>
void sortBy(Order& order, const ChangeRows& rows, bool isDescending, Key key) {
    const auto compare = [&](std::uint32_t a, std::uint32_t b) {
        const auto left = key(rows.rows[a]);
        const auto right = key(rows.rows[b]);
        if (left != right) {
            return isDescending ? right < left : left < right;
        }
        return a < b;
    };
    std::ranges::sort(order, compare);
}

void sortByName(Order& order, const ChangeRows& rows, bool isDescending) {
    const auto nameOf = [&](std::uint32_t at) -> const std::string& {
        return rows.name(rows.rows[at].change.id);
    };
    const auto unnamed =
        std::ranges::stable_partition(order, [&](std::uint32_t at) { return !nameOf(at).empty(); });
    std::stable_sort(order.begin(), unnamed.begin(), [&](std::uint32_t a, std::uint32_t b) {
        return isDescending ? nameOf(b) < nameOf(a) : nameOf(a) < nameOf(b);
    });
}

}  // namespace

Order arrange(const ChangeRows& rows, const ChangeSort& sort, const ChangeFilter& filter) {
    Order order;
    order.reserve(filter.isEmpty() ? rows.rows.size() : 0);
    for (std::uint32_t at = 0; at < rows.rows.size(); ++at) {
        const ChangeRow& row = rows.rows[at];
        if (filter.isEmpty() || filter.admits(row, rows.name(row.change.id))) {
            order.push_back(at);
        }
    }
    const bool isDescending = sort.isDescending;
    switch (sort.by) {
    case ChangeOrder::State:
        sortBy(order, rows, isDescending, [](const ChangeRow& row) { return row.change.isOff; });
        break;
    case ChangeOrder::Offset:
        if (isDescending) {
            std::ranges::reverse(order);
        }
        break;
    case ChangeOrder::Kind:
        sortBy(order, rows, isDescending, [](const ChangeRow& row) { return row.kind(); });
        break;
    case ChangeOrder::Size:
        sortBy(order, rows, isDescending, [](const ChangeRow& row) { return row.bytes(); });
        break;
    case ChangeOrder::Name:
        sortByName(order, rows, isDescending);
        break;
    case ChangeOrder::Step:
        sortBy(order, rows, isDescending, [](const ChangeRow& row) { return row.step; });
        break;
    }
    return order;
}

bool haveSameChanges(const ChangeListing& a, const ChangeListing& b) {
    if (a.count() != b.count()) {
        return false;
    }
    for (std::uint64_t number = 0; number < a.count(); ++number) {
        if (a.row(number).change.id != b.row(number).change.id) {
            return false;
        }
    }
    return true;
}

RowSelection followed(const RowSelection& chosen, const ChangeListing& before,
                      const ChangeListing& after) {
    std::unordered_set<ChangeId> ids;
    ids.reserve(static_cast<std::size_t>(chosen.count()));
    for (const RowRange& range : chosen.ranges()) {
        for (std::uint64_t number = range.first; number <= range.last && number < before.count();
             ++number) {
            ids.insert(before.row(number).change.id);
        }
    }
    RowSelection rows;
    for (std::uint64_t number = 0; number < after.count() && !ids.empty(); ++number) {
        if (ids.contains(after.row(number).change.id)) {
            rows.add({number, number});
        }
    }
    return rows;
}

}  // namespace octavo::ui
