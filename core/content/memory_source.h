// Bytes in memory that nobody adds to: what a paste, or a file that was copied in, is made of.
// Thread rule: immutable.
#pragma once

#include "core/content/source.h"

#include <utility>

namespace octavo::core {

class MemorySource final : public Source {
public:
    explicit MemorySource(Bytes bytes) : bytes_(std::move(bytes)) {}

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    Offset zerosAt(Offset /*start*/, Offset /*length*/) const override { return 0; }

private:
    Bytes bytes_;
};

}  // namespace octavo::core
