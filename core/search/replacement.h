// What is put in place of a hit: fixed bytes, parts of what was found, and counters.
//
//   as hexadecimal bytes    EE $1 BB      $1 to $99: the first, second ... position of the pattern
//                                         that is not one fixed byte; $0: all of the match
//                           {n} {n:4} {n:4be}
//                                         the number of the hit, from 1, in 1 to 8 bytes
//   as text                 id-$1 ${12}   groups of the expression; $0: all of the match
//                           ${n} ${n:4}   the number of the hit, with zeros to so many digits
//                           $$ \n \t \\ \xHH
//                                         a dollar, a line feed, a tab, a backslash, any byte
//
// Thread rule: plain value.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace octavo::core {

class Replacement {
public:
    /// The match, and where its groups stand in it; nothing for one that took no part.
    struct Found {
        ByteSpan bytes;
        std::span<const std::optional<Extent>> groups;  ///< $1 is the first
        std::uint64_t number = 1;
    };

    /// Errors name the part at fault, also a group that what is sought does not have.
    static Result<Replacement> fromHex(std::string_view text, std::size_t groupCount);
    static Result<Replacement> fromText(std::string_view text, std::size_t groupCount);

    /// True where every hit gets the same bytes.
    bool isFixed() const;
    /// True where it needs to know the groups.
    bool usesGroups() const;
    /// Appends the bytes for a hit. A number that does not fit its width goes on from 0.
    void append(const Found& found, Bytes& out) const;

private:
    enum class Kind : std::uint8_t { Fixed, Group, Binary, Decimal };
    struct Part {
        Kind kind = Kind::Fixed;
        Bytes bytes;
        std::size_t group = 0;
        unsigned width = 1;
        bool bigEndian = false;
    };
    class Reader;

    void append(Part part);

    std::vector<Part> parts_;
};

}  // namespace octavo::core
