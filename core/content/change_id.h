// The number of a change, and what a piece says of the change it belongs to.
// Thread rule: plain values.
#pragma once

#include <cstdint>

namespace octavo::core {

/// Given once in the life of a document, and kept through undo, flush and recovery.
using ChangeId = std::uint32_t;
inline constexpr ChangeId kNoChange = 0;
/// The highest number that a tag can carry.
inline constexpr ChangeId kLastChange = 0x7FFFFFFF;

class ChangeTag {
public:
    constexpr ChangeTag() = default;
    static constexpr ChangeTag on(ChangeId id) { return ChangeTag(id); }
    static constexpr ChangeTag off(ChangeId id) { return ChangeTag(id | kOff); }

    constexpr ChangeId id() const { return word_ & ~kOff; }
    constexpr bool isNone() const { return word_ == 0; }
    constexpr bool isOff() const { return (word_ & kOff) != 0; }
    friend constexpr bool operator==(const ChangeTag&, const ChangeTag&) = default;

private:
    static constexpr std::uint32_t kOff = 0x80000000;
    constexpr explicit ChangeTag(std::uint32_t word) : word_(word) {}
    std::uint32_t word_ = 0;
};

}  // namespace octavo::core
