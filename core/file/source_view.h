// Bytes of a source where they stand, without a copy: for searches, which look at each byte once.
//
// The protocol: look at the bytes, then ask isGood(). Where it says no, what was seen may be
// nothing that ever stood there (the file was cut meanwhile, a save has moved its bytes): read the
// bytes instead.
//
// Thread rule: one thread, which may wait for a disk.
#pragma once

#include "core/base/types.h"

namespace octavo::core {

class SourceView {
public:
    virtual ~SourceView() = default;
    SourceView(const SourceView&) = delete;
    SourceView& operator=(const SourceView&) = delete;

    virtual ByteSpan bytes() const = 0;
    /// True where each byte that was looked at was the source's at that moment.
    virtual bool isGood() const = 0;

protected:
    SourceView() = default;
};

}  // namespace octavo::core
