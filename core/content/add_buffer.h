// The append-only store of new bytes: everything a user types or pastes.
//
// Thread rule: append() on the document's thread; read() from any thread.
#pragma once

#include "core/base/stable_vector.h"
#include "core/content/source.h"

namespace octavo::core {

class AddBuffer final : public Source {
public:
    /// Adds the bytes and returns where they begin.
    Offset append(ByteSpan bytes);

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    Offset zerosAt(Offset start, Offset length) const override;

private:
    StableVector<Byte, 4096> bytes_;
};

}  // namespace octavo::core
