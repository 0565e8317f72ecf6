// Finds one kind of pattern in bytes that are in memory: the seam between the kinds of patterns
// and the searches over a document, which know nothing of each other.
//
// Which matches there are is a property of the places: whether there is a match at a place, and
// how long it is, depends only on the bytes from there on, longest() at most, and on the kAround
// bytes beside those. A search may so cut its range into windows as it likes.
//
// Thread rule: one thread at a time; a clone is independent.
// Units: positions and lengths in bytes, in the window that is given.
#pragma once

#include "core/base/types.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace octavo::core {

/// Bytes, and the places among them where a match may begin. What stands in `bytes` outside of
/// [from, end) are the true neighbours, at least Finder::kAround of them: where `bytes` begin or
/// end nearer by, so does the document. For a finder that does not look around there need be none.
struct FinderWindow {
    ByteSpan bytes;
    std::size_t from = 0;  ///< the first place
    std::size_t to = 0;    ///< one behind the last place; at most end + 1
    std::size_t end = 0;   ///< no match reaches beyond; at least longest() from the last place on,
                           ///< unless the range that is searched ends before
};

struct FinderMatch {
    std::size_t position = 0;
    std::size_t length = 0;
    std::uint8_t alternative = 0;  ///< see Hit
    bool cut = false;

    friend bool operator==(const FinderMatch&, const FinderMatch&) = default;
};

class Finder {
public:
    /// How far a finder may look beyond a match, before and behind it.
    static constexpr Offset kAround = 4;

    virtual ~Finder() = default;
    Finder& operator=(const Finder&) = delete;

    /// The match with the smallest place in [from, to).
    virtual std::optional<FinderMatch> first(const FinderWindow& window) = 0;
    /// The match with the greatest place in [from, to).
    virtual std::optional<FinderMatch> last(const FinderWindow& window) = 0;

    /// Bytes that a match has at most; at least 1.
    virtual Offset longest() const = 0;
    /// Bytes that every match has at least.
    virtual Offset shortest() const = 0;
    /// True where a match can lie inside zeros alone, so that zeros may not be passed over. May
    /// have to try it: not for the GUI thread.
    virtual bool matchesZeros() const = 0;
    /// True where the bytes beside a match count.
    virtual bool looksAround() const { return false; }

    /// To be called when the bytes that the next windows show have changed, with all of them.
    virtual void prepare(ByteSpan bytes) = 0;
    /// The same for another thread; its work counts from 0.
    virtual std::unique_ptr<Finder> clone() const = 0;

    /// What all calls so far have cost, in bytes looked at. A search for every match gives up
    /// where this outgrows the bytes that it has passed.
    virtual std::uint64_t work() const = 0;

protected:
    Finder() = default;
    Finder(const Finder&) = default;
};

}  // namespace octavo::core
