#include "core/content/original_places.h"

#include <algorithm>

namespace octavo::core {

Offset originalOffset(const Snapshot& edited, Offset offset) {
    const PieceTree::Cursor cursor(edited.tree(), std::clamp<Offset>(offset, 0, edited.length()));
    if (cursor.atEnd())
        return edited.tree().fileLength();
    return cursor.fileOffset() + cursor.piece().fileCut(offset - cursor.offset());
}

Offset editedOffset(const Snapshot& edited, Offset originalOffset) {
    const Offset end = edited.tree().fileLength();
    const FileOffset place{std::clamp<Offset>(originalOffset, 0, end)};
    const PieceTree::Cursor cursor = PieceTree::Cursor::atFile(edited.tree(), place);
    if (cursor.atEnd())
        return edited.length();
    return cursor.offset() + std::min(place.value - cursor.fileOffset(), cursor.piece().length);
}

std::vector<Change> changesOfOriginal(const Snapshot& edited, Extent within) {
    const Offset from = editedOffset(edited, within.offset);
    const Offset to = editedOffset(edited, within.end());
    std::vector<Change> changes = edited.changes({from, to - from});
    for (Change& change : changes) {
        const Extent inFile{change.before.offset.value, change.before.length};
        change.before = {FileOffset{change.now.offset}, change.now.length};
        change.now = inFile;
    }
    return changes;
}

}  // namespace octavo::core
