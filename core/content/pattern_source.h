// A short run of bytes repeated without end: what a fill is made of, in one piece at any length.
//
// Position p shows pattern[p % size]; a fill that begins with the pattern's first byte starts at 0.
// Thread rule: immutable.
#pragma once

#include "core/content/source.h"

namespace octavo::core {

class PatternSource final : public Source {
public:
    /// `pattern` is not empty.
    explicit PatternSource(ByteSpan pattern);
    const Bytes& pattern() const { return pattern_; }

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    Offset zerosAt(Offset start, Offset length) const override;

private:
    Bytes pattern_;
    bool zeros_;
};

}  // namespace octavo::core
