// Bytes that pieces point at. A source never changes under a piece: what a piece showed once it
// shows for ever, against everything that Octavo does itself.
//
// Thread rule: read() and zerosAt() from any thread; they may wait for a disk, so never from the
// GUI thread unless the source is known to be memory.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/file/source_view.h"

#include <cstdint>
#include <limits>
#include <memory>

namespace octavo::core {

using SourceId = std::uint32_t;

/// Names no source: the base of a document that has no file.
inline constexpr SourceId kNoSource = std::numeric_limits<SourceId>::max();

class Source {
public:
    virtual ~Source() = default;

    /// Fills `out` with the bytes from `start`. What cannot be read is zeroed and reported in the
    /// caller's coordinates, in which out[0] is `reportedAt`.
    virtual void read(Offset start, MutableByteSpan out, Offset reportedAt,
                      Unreadable& unreadable) const = 0;

    /// The bytes from `start` where they stand; nothing where they must be read. Not longer than
    /// the source lives.
    virtual std::unique_ptr<SourceView> view(Offset /*start*/, Offset /*length*/) const {
        return nullptr;
    }

    /// How many bytes from `start` on, at most `length`, are known to be zeros without reading
    /// them. 0 where nothing is known.
    virtual Offset zerosAt(Offset start, Offset length) const = 0;

    /// How many bytes from `start` on, at most `length`, are known to be unreadable without
    /// trying them. 0 where nothing is known.
    virtual Offset gapAt(Offset /*start*/, Offset /*length*/) const { return 0; }
};

}  // namespace octavo::core
