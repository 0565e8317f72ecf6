// The sources of one document: their numbers, which of them are versions of its file, and the
// patterns that fills share.
//
// Thread rule: the document's thread; table() goes to any thread in snapshots.
#pragma once

#include "core/content/file_version.h"
#include "core/content/piece.h"
#include "core/content/source_table.h"

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace octavo::core {

class SourceRegistry {
public:
    SourceRegistry();

    const std::shared_ptr<SourceTable>& table() const { return table_; }
    /// The source's number, given at the first call.
    SourceId idOf(const std::shared_ptr<const Source>& source);
    /// A source that shows `pattern`, which is not empty, over and over.
    SourceId pattern(ByteSpan pattern);

    /// Appends `piece` to `out` in terms of `base`, the file as it is now: the parts that stand in
    /// the file still as pieces of `base` at their place there, the rest as it is. The parts keep
    /// the lengths of the document; their lengths in the file are 0.
    void normalise(const Piece& piece, const std::shared_ptr<const FileVersion>& base,
                   SourceId baseId, std::vector<Piece>& out) const;

private:
    std::shared_ptr<SourceTable> table_;
    std::unordered_map<const Source*, SourceId> ids_;
    std::unordered_map<SourceId, std::shared_ptr<const FileVersion>> versions_;
    std::map<Bytes, SourceId> patterns_;
};

}  // namespace octavo::core
