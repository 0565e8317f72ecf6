// Finds numbers by value: integers and floating-point numbers of a range.
#pragma once

#include "core/base/byte_order.h"
#include "core/base/result.h"
#include "core/search/anchored_finder.h"

#include <cstdint>
#include <string_view>

namespace octavo::core {

/// Integers from `low` to `high` in `width` bytes: as unsigned ones, or, where `low` is negative,
/// as two's complement.
struct IntegerRange {
    bool isSigned = false;
    std::uint64_t low = 0;  ///< as two's complement of 64 bits where it is signed
    std::uint64_t high = 0;

    /// "1000", "-5", "0x3E8", "1000..2000". Errors name the part at fault.
    static Result<IntegerRange> parse(std::string_view text);
    /// An error where a number of the range does not fit into so many bytes, 1 to 8.
    Status fits(unsigned width) const;
};

/// Floating-point numbers from `low` to `high`, or any that is none.
struct FloatRange {
    double low = 0;
    double high = 0;
    bool isNan = false;

    /// "1.5", "-1e10", "inf", "nan", "1.0..2.5", rounded to the nearest of `width` (4 or 8) bytes.
    static Result<FloatRange> parse(std::string_view text, unsigned width);
};

class NumberFinder final : public AnchoredFinder {
public:
    /// `range` fits into `width`.
    NumberFinder(const IntegerRange& range, unsigned width, ByteOrder order);
    NumberFinder(const FloatRange& range, unsigned width, ByteOrder order);

    Offset longest() const override { return width_; }
    Offset shortest() const override { return width_; }
    bool matchesZeros() const override { return admits(0); }
    std::unique_ptr<Finder> clone() const override;

protected:
    std::optional<FinderMatch> matchAt(const FinderWindow& window, std::size_t place) override;

private:
    enum class Kind : std::uint8_t { Unsigned, Signed, Float, Double };

    bool admits(std::uint64_t bits) const;

    Kind kind_;
    ByteOrder order_;
    unsigned width_;
    IntegerRange integers_;
    FloatRange floats_;
};

}  // namespace octavo::core
