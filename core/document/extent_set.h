// A set of bytes as extents that neither overlap nor touch.
// Thread rule: plain value.
// Cost: O(log n) in the number of extents, plus those that are given or merged.
#pragma once

#include "core/base/types.h"

#include <map>
#include <vector>

namespace octavo::core {

class ExtentSet {
public:
    bool isEmpty() const { return ends_.empty(); }
    void add(Extent extent);
    void add(const ExtentSet& other);
    void remove(Extent extent);
    std::vector<Extent> extents() const;
    /// The parts of `extent` that are in the set, in order.
    std::vector<Extent> in(Extent extent) const;
    /// The parts of `extent` that are not, in order.
    std::vector<Extent> missing(Extent extent) const;

private:
    using Ends = std::map<Offset, Offset>;  // begin to end
    /// The first extent that ends behind `offset`.
    Ends::const_iterator firstBehind(Offset offset) const;

    Ends ends_;
};

}  // namespace octavo::core
