// Bytes to be put into a document, referred to and not copied: a run of typed bytes, a pattern
// repeated, an extent of any snapshot of any document, a file.
//
// A paste of 10 GiB from another document holds that document's sources and nothing else.
//
// Thread rule: a value; the sources are readable from any thread. Making one touches no file.
#pragma once

#include "core/base/types.h"
#include "core/content/source.h"

#include <memory>
#include <vector>

namespace octavo::core {

class Snapshot;

class Content {
public:
    struct Run {
        std::shared_ptr<const Source> source;
        Offset start = 0;
        Offset length = 0;
    };

    Content() = default;
    /// The bytes, copied.
    static Content bytes(ByteSpan bytes);
    /// `pattern`, which is not empty, over and over: `length` bytes.
    static Content repeated(ByteSpan pattern, Offset length);
    /// What `snapshot` shows in `extent`, which lies within it. Time follows the pieces there.
    static Content of(const Snapshot& snapshot, Extent extent);
    static Content of(std::shared_ptr<const Source> source, Offset start, Offset length);

    Offset length() const { return length_; }
    /// None is empty, and none goes on where the one before it stops.
    const std::vector<Run>& runs() const { return runs_; }
    /// Adds what `other` holds; the sum of lengths must stay within kMaxLength.
    void append(const Content& other);

private:
    void add(Run run);

    std::vector<Run> runs_;
    Offset length_ = 0;
};

}  // namespace octavo::core
