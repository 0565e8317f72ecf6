#include "core/document/flush_bracket.h"

#include "core/document/logged_edits.h"

#include <unordered_set>

namespace octavo::core {

PieceTree withOnly(const PieceTree& tree, const std::vector<ChangeId>& changes, SourceId base) {
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
