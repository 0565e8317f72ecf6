#include "core/content/with_only.h"

#include <unordered_set>
#include <vector>

namespace octavo::core {

PieceTree::Cursor firstPiece(const PieceTree& tree) {
    PieceTree::Cursor cursor(tree, Border{});
    while (cursor.previous()) {  // marks
    }
    return cursor;
}

PieceTree withOnly(const PieceTree& tree, std::span<const ChangeId> changes, SourceId base) {
    const std::unordered_set<ChangeId> wanted(changes.begin(), changes.end());
    std::vector<Piece> pieces;
    for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        if (piece.isChanged() && wanted.contains(piece.tag.id()))
            pieces.push_back(piece);
        else if (piece.fileLength > 0)
            pieces.push_back(Piece::inPlace(cursor.fileOffset(), piece.fileLength, base));
    }
    PieceTree result;
    result.replace({}, {}, pieces);
    return result;
}

}  // namespace octavo::core
