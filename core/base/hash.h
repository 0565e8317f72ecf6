// A hash of bytes: fast, and the same on every machine, so that it may be written to a file. It
// stands against chance (a disk that gives back something else, another program's write), not
// against a person who wants two contents to look alike.
//
// Source: xxHash's XXH3, 64 bits.
// Thread rule: a Hasher belongs to one thread at a time.
#pragma once

#include "core/base/types.h"

#include <cstdint>
#include <memory>

struct XXH3_state_s;

namespace octavo::core {

std::uint64_t hash64(ByteSpan bytes);

/// The hash of bytes that come in parts: the same as of all of them at once.
class Hasher {
public:
    Hasher();

    void add(ByteSpan bytes);
    /// Of what was added so far; more may follow.
    std::uint64_t value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace octavo::core
