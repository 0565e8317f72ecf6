// One replacement in the order of pieces, with what was there and what is there now: the unit of
// undo, of the edit log and of what is done again after a flush.
// Thread rule: plain values; a view is valid as long as what it looks at.
#pragma once

#include "core/content/border.h"
#include "core/content/piece.h"

#include <span>

namespace octavo::core {

struct SpliceView {
    Border from;
    std::span<const Piece> removed;
    std::span<const Piece> inserted;

    /// The end of `removed` before, of `inserted` after.
    Border removedEnd() const { return endOf(removed); }
    Border insertedEnd() const { return endOf(inserted); }
    SpliceView inverse() const { return {from, inserted, removed}; }
    /// A splice that leaves nothing at a place where a mark follows takes that mark out and in
    /// again, so that its inverse knows on which side of the mark things stood. This is what it
    /// really does.
    SpliceView withoutAnchor() const {
        const bool isAnchored = removed.size() > 1 && inserted.size() == 1 &&
                                inserted.front().isMark() && removed.back() == inserted.front();
        return isAnchored ? SpliceView{from, removed.first(removed.size() - 1), {}} : *this;
    }
    /// Takes out the mark of an insertion that is switched off.
    bool removesMark() const { return removed.size() == 1 && removed.front().isMark(); }

private:
    Border endOf(std::span<const Piece> pieces) const {
        Border end = from;
        for (const Piece& piece : pieces) {
            end.offset += piece.length;
            end.fileOffset += piece.fileLength;
        }
        return end;
    }
};

}  // namespace octavo::core
