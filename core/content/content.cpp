#include "core/content/content.h"

#include "core/content/memory_source.h"
#include "core/content/pattern_source.h"
#include "core/content/snapshot.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace octavo::core {

Content Content::bytes(ByteSpan bytes) {
    if (bytes.empty())
        return {};
    return of(std::make_shared<MemorySource>(Bytes(bytes.begin(), bytes.end())), 0,
              static_cast<Offset>(bytes.size()));
}

Content Content::repeated(ByteSpan pattern, Offset length) {
    return of(std::make_shared<PatternSource>(pattern), 0, length);
}

Content Content::of(const Snapshot& snapshot, Extent extent) {
    assert(extent.isValid() && extent.end() <= snapshot.length());
    Content content;
    if (extent.isEmpty())
        return content;
    PieceTree::Cursor cursor(snapshot.tree(), extent.offset);
    for (; !cursor.atEnd() && cursor.offset() < extent.end(); cursor.next()) {
        const Piece& piece = cursor.piece();
        if (piece.length == 0)
            continue;  // a deletion or a mark: it has no source
        const Extent part = intersection({cursor.offset(), piece.length}, extent);
        content.add({snapshot.sources()->shared(piece.source),
                     piece.start + (part.offset - cursor.offset()), part.length});
    }
    return content;
}

Content Content::of(std::shared_ptr<const Source> source, Offset start, Offset length) {
    Content content;
    content.add({std::move(source), start, length});
    return content;
}

void Content::append(const Content& other) {
    // By number and each by value: `other` may be this one.
    const std::size_t count = other.runs_.size();
    for (std::size_t i = 0; i < count; ++i)
        add(Run(other.runs_[i]));
}

void Content::add(Run run) {
    assert(run.length >= 0 && checkedSum(length_, run.length));
    length_ += run.length;
    if (run.length == 0)
        return;
    if (!runs_.empty() && runs_.back().source == run.source &&
        runs_.back().start + runs_.back().length == run.start)
        runs_.back().length += run.length;
    else
        runs_.push_back(std::move(run));
}

}  // namespace octavo::core
