#include "core/document/splice_edits.h"

#include <algorithm>

namespace octavo::core {

namespace {

/// Walks one side of a splice, in bytes of the file.
class Side {
public:
    Side(std::span<const Piece> pieces, Offset fileOffset)
        : pieces_(pieces), fileOffset_(fileOffset) {}

    Offset fileOffset() const { return fileOffset_; }
    /// Goes behind what is not the file in place; returns how many bytes of the document that is.
    Offset skipChanged() {
        Offset skipped = 0;
        for (; !pieces_.empty() && pieces_.front().isChanged(); pieces_ = pieces_.subspan(1)) {
            skipped += pieces_.front().length;
            fileOffset_ += pieces_.front().fileLength;
        }
        return skipped;
    }
    bool atEnd() const { return pieces_.empty(); }
    /// How many bytes from here on are the file in place, in this piece. Not atEnd(), nor where
    /// skipChanged() has something to skip.
    Offset inPlace() const { return pieces_.front().length - taken_; }
    void take(Offset count) {
        taken_ += count;
        fileOffset_ += count;
        if (taken_ == pieces_.front().length) {
            pieces_ = pieces_.subspan(1);
            taken_ = 0;
        }
    }

private:
    std::span<const Piece> pieces_;
    Offset taken_ = 0;  // of the first piece
    Offset fileOffset_;
};

}  // namespace

std::vector<TrackedPositions::Edit> editsIn(const SpliceView& splice) {
    std::vector<TrackedPositions::Edit> edits;
    Side removed(splice.removed, splice.from.fileOffset);
    Side inserted(splice.inserted, splice.from.fileOffset);
    TrackedPositions::Edit edit{{splice.from.offset, 0}, 0};
    for (;;) {
        edit.replaced.length += removed.skipChanged();
        edit.newLength += inserted.skipChanged();
        if (removed.atEnd() && inserted.atEnd())
            break;
        // What only one of the sides shows of the file comes or goes.
        const Offset ahead = inserted.fileOffset() - removed.fileOffset();
        if (inserted.atEnd() || (!removed.atEnd() && ahead > 0)) {
            const Offset count =
                inserted.atEnd() ? removed.inPlace() : std::min(ahead, removed.inPlace());
            edit.replaced.length += count;
            removed.take(count);
        } else if (removed.atEnd() || ahead < 0) {
            const Offset count =
                removed.atEnd() ? inserted.inPlace() : std::min(-ahead, inserted.inPlace());
            edit.newLength += count;
            inserted.take(count);
        } else {
            const Offset count = std::min(removed.inPlace(), inserted.inPlace());
            if (count > 0 && (!edit.replaced.isEmpty() || edit.newLength > 0)) {
                edits.push_back(edit);
                edit = {{edit.replaced.end(), 0}, 0};
            }
            edit.replaced.offset += count;
            removed.take(count);
            inserted.take(count);
        }
    }
    if (!edit.replaced.isEmpty() || edit.newLength > 0)
        edits.push_back(edit);
    return edits;
}

}  // namespace octavo::core
