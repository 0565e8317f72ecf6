#include "ui/hex/hex_model.h"

#include "ui/hex/change_flags.h"

#include <algorithm>
#include <cassert>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

std::size_t asSize(Offset value) {
    return static_cast<std::size_t>(value);
}

}  // namespace

HexModel::HexModel(QObject* parent, int bytesPerRow)
    : QAbstractTableModel(parent), bytesPerRow_(bytesPerRow) {
    forget();
}

void HexModel::setDocument(Offset length, bool isOriginal) {
    beginResetModel();
    isOriginal_ = isOriginal;
    length_ = length;
    firstRow_ = 0;
    rows_ = mostRowsFrom(0);
    forget();
    endResetModel();
}

void HexModel::setBytesPerRow(int bytes) {
    const Extent before = windowExtent();
    const core::Bytes knownBytes = bytes_;
    const std::vector<CellFlags> knownFlags = flags_;
    beginResetModel();
    bytesPerRow_ = bytes;
    const Offset lastStart = std::max<Offset>(0, documentRows() - mostRows());
    firstRow_ = std::min(before.offset / bytes, lastStart);
    rows_ = mostRowsFrom(firstRow_);
    forget();
    const Extent kept = intersection(before, windowExtent());
    if (!kept.isEmpty()) {
        std::copy_n(knownBytes.begin() + (kept.offset - before.offset), kept.length,
                    bytes_.begin() + (kept.offset - windowStart()));
        std::copy_n(knownFlags.begin() + (kept.offset - before.offset), kept.length,
                    flags_.begin() + (kept.offset - windowStart()));
    }
    endResetModel();
}

Offset HexModel::mostRowsFrom(Offset row) const {
    return std::min(mostRows(), documentRows() - row);
}

void HexModel::forget() {
    const std::size_t cells = asSize(rows_ * bytesPerRow_);
    bytes_.assign(cells, 0);
    flags_.assign(cells, CellLoading);
}

std::size_t HexModel::cellAt(Offset offset) const {
    return asSize(offset - windowStart());
}

Extent HexModel::windowExtent() const {
    const Offset from = windowStart();
    return {from, std::min(rows_ * bytesPerRow_, length_ - from)};
}

// ---- The window

bool HexModel::showRows(Offset firstRow, Offset rows) {
    // A quarter of the window around what is shown: small moves need no slide.
    const Offset margin = mostRows() / 4;
    const Offset from = std::max<Offset>(0, firstRow - margin);
    const Offset to = std::min(documentRows(), firstRow + std::min(rows, mostRows() / 2) + margin);
    if (from >= firstRow_ && to <= firstRow_ + rows_) {
        return false;
    }
    const Offset lastStart = std::max<Offset>(0, documentRows() - mostRows());
    const Offset centred = std::max<Offset>(0, firstRow + rows / 2 - mostRows() / 2);
    const Offset start = std::min(centred, lastStart);
    const Offset by = start - firstRow_;
    if (by >= rows_ || -by >= rows_) {
        beginResetModel();
        firstRow_ = start;
        rows_ = mostRowsFrom(start);
        forget();
        endResetModel();
    } else if (by > 0) {
        slideDown(by);
    } else if (by < 0) {
        slideUp(-by);
    }
    return true;
}

void HexModel::slideDown(Offset by) {
    const std::size_t cells = asSize(by * bytesPerRow_);
    beginRemoveRows({}, 0, static_cast<int>(by) - 1);
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(cells));
    flags_.erase(flags_.begin(), flags_.begin() + static_cast<std::ptrdiff_t>(cells));
    firstRow_ += by;
    rows_ -= by;
    endRemoveRows();
    resizeTo(mostRowsFrom(firstRow_));
}

void HexModel::slideUp(Offset by) {
    resizeTo(std::min(rows_, mostRows() - by));
    const std::size_t cells = asSize(by * bytesPerRow_);
    beginInsertRows({}, 0, static_cast<int>(by) - 1);
    bytes_.insert(bytes_.begin(), cells, 0);
    flags_.insert(flags_.begin(), cells, CellLoading);
    firstRow_ -= by;
    rows_ += by;
    endInsertRows();
}

void HexModel::resizeTo(Offset rows) {
    if (rows == rows_) {
        return;
    }
    const bool grows = rows > rows_;
    if (grows) {
        beginInsertRows({}, static_cast<int>(rows_), static_cast<int>(rows) - 1);
    } else {
        beginRemoveRows({}, static_cast<int>(rows), static_cast<int>(rows_) - 1);
    }
    bytes_.resize(asSize(rows * bytesPerRow_), 0);
    flags_.resize(asSize(rows * bytesPerRow_), CellLoading);
    rows_ = rows;
    if (grows) {
        endInsertRows();
    } else {
        endRemoveRows();
    }
}

// ---- What happens to the document

void HexModel::splice(Extent replaced, Offset newLength) {
    if (replaced.length == newLength) {
        const Extent part = intersection(replaced, windowExtent());
        if (!part.isEmpty()) {
            std::fill_n(flags_.begin() + (part.offset - windowStart()), part.length, CellLoading);
            tellExtent(part);
        }
        return;
    }
    const Extent before = windowExtent();
    const Offset difference = newLength - replaced.length;
    length_ += difference;
    if (firstRow_ >= documentRows()) {
        beginResetModel();
        firstRow_ = std::max<Offset>(0, documentRows() - mostRows());
        rows_ = mostRowsFrom(firstRow_);
        forget();
        endResetModel();
        return;
    }
    moveCells(before, replaced, difference);
    const Offset firstTold = replaced.offset / bytesPerRow_;
    if (firstTold < firstRow_ + rows_) {
        tellRows(firstTold, firstRow_ + rows_ - 1);
    }
}

void HexModel::moveCells(Extent before, Extent replaced, Offset difference) {
    const core::Bytes bytes = bytes_;
    const std::vector<CellFlags> flags = flags_;
    resizeTo(mostRowsFrom(firstRow_));
    const Extent after = windowExtent();
    const Offset start = after.offset;
    const auto cells = static_cast<Offset>(flags_.size());
    const Offset kept = std::clamp<Offset>(replaced.offset - start, 0, cells);
    std::fill(flags_.begin() + kept, flags_.end(), CellLoading);
    // What stood behind the edit and still stands in the window, by its old offsets.
    const Offset from = std::max({before.offset, replaced.end(), after.offset - difference});
    const Offset to = std::min(before.end(), after.end() - difference);
    if (from < to) {
        const Offset target = from + difference - start;
        std::copy_n(bytes.begin() + (from - start), to - from, bytes_.begin() + target);
        std::copy_n(flags.begin() + (from - start), to - from, flags_.begin() + target);
    }
}

void HexModel::setKnown(Offset offset, core::ByteSpan bytes) {
    fill({offset, Offset(bytes.size())}, bytes, {});
}

void HexModel::setChanges(const std::vector<core::Change>& changes) {
    std::vector<CellFlags> marks(flags_.size(), 0);
    markChanges(changes, windowStart(), marks);
    const std::size_t perRow = asSize(bytesPerRow_);
    Offset firstDifferent = -1;
    for (Offset row = 0; row <= rows_; ++row) {
        bool differs = false;
        for (std::size_t i = asSize(row) * perRow; row < rows_ && i < asSize(row + 1) * perRow;
             ++i) {
            differs |= (flags_[i] & kChangeFlags) != marks[i];
            flags_[i] = static_cast<CellFlags>((flags_[i] & ~kChangeFlags) | marks[i]);
        }
        if (differs && firstDifferent < 0) {
            firstDifferent = row;
        } else if (!differs && firstDifferent >= 0) {
            tellRows(firstRow_ + firstDifferent, firstRow_ + row - 1);
            firstDifferent = -1;
        }
    }
}

void HexModel::setStale() {
    for (CellFlags& flags : flags_) {
        flags |= CellStale;
    }
}

void HexModel::setMatches(Extent extent, const std::vector<Extent>& matches) {
    const Extent part = intersection(extent, windowExtent());
    std::vector<bool> matched(asSize(part.length));
    for (const Extent& match : matches) {
        const Extent cells = intersection(match, part);
        if (!cells.isEmpty()) {
            std::fill_n(matched.begin() + (cells.offset - part.offset), cells.length, true);
        }
    }
    Offset first = -1;
    Offset last = -1;
    for (Offset offset = part.offset; offset < part.end(); ++offset) {
        CellFlags& flags = flags_[cellAt(offset)];
        const bool now = matched[asSize(offset - part.offset)];
        if (((flags & CellMatched) != 0) != now) {
            flags ^= CellMatched;
            first = first < 0 ? offset : first;
            last = offset;
        }
    }
    if (first >= 0) {
        tellRows(first / bytesPerRow_, last / bytesPerRow_, {StateRole});
    }
}

void HexModel::fill(Extent extent, core::ByteSpan bytes, const core::Unreadable& unreadable,
                    const std::vector<Extent>& holes) {
    const Extent part = intersection(extent, windowExtent());
    if (part.isEmpty()) {
        return;
    }
    Offset firstDifferent = -1;
    Offset lastDifferent = -1;
    auto hole = holes.begin();
    for (Offset offset = part.offset; offset < part.end(); ++offset) {
        const std::size_t cell = cellAt(offset);
        const core::Byte byte = bytes[asSize(offset - extent.offset)];
        while (hole != holes.end() && hole->end() <= offset) {
            ++hole;
        }
        const bool isHole = hole != holes.end() && hole->contains(offset);
        const CellFlags read = unreadable.contains(offset) ? CellUnreadable : isHole ? CellHole : 0;
        const auto flags =
            static_cast<CellFlags>((flags_[cell] & (kChangeFlags | CellMatched)) | read);
        // That a cell was stale is not to be seen.
        if (bytes_[cell] != byte || (flags_[cell] & ~CellStale) != flags) {
            firstDifferent = firstDifferent < 0 ? offset : firstDifferent;
            lastDifferent = offset;
        }
        bytes_[cell] = byte;
        flags_[cell] = flags;
    }
    if (firstDifferent >= 0) {
        tellExtent({firstDifferent, lastDifferent + 1 - firstDifferent});
    }
}

void HexModel::tellRows(Offset firstRow, Offset lastRow, const QList<int>& roles) {
    const Offset from = std::max<Offset>(0, firstRow - firstRow_);
    const Offset to = std::min(rows_ - 1, lastRow - firstRow_);
    if (from <= to) {
        emit dataChanged(index(static_cast<int>(from), 0),
                         index(static_cast<int>(to), bytesPerRow_ - 1), roles);
    }
}

void HexModel::tellExtent(Extent extent) {
    tellRows(extent.offset / bytesPerRow_, (extent.end() - 1) / bytesPerRow_);
}

// ---- Asking

std::vector<Extent> HexModel::missing(Extent within) const {
    std::vector<Extent> parts;
    const Extent asked = intersection(within, windowExtent());
    for (Offset offset = asked.offset; offset < asked.end(); ++offset) {
        if ((flags_[cellAt(offset)] & (CellLoading | CellStale)) == 0) {
            continue;
        }
        if (!parts.empty() && parts.back().end() == offset) {
            ++parts.back().length;
        } else {
            parts.push_back({offset, 1});
        }
    }
    return parts;
}

HexRow HexModel::row(Offset row) const {
    assert(hasRow(row));
    const Offset offset = row * bytesPerRow_;
    const std::size_t cell = cellAt(offset);
    const auto count = static_cast<int>(std::min<Offset>(bytesPerRow_, length_ - offset));
    const auto around = [](Offset bytes) {
        return static_cast<int>(std::min<Offset>(bytes, HexRow::kContext));
    };
    const Offset behind = windowExtent().end() - offset - count;
    return {offset,
            count,
            bytes_.data() + cell,
            flags_.data() + cell,
            around(offset - windowStart()),
            around(behind)};
}

int HexModel::knownByte(Offset offset) const {
    if (!windowExtent().contains(offset)) {
        return -1;
    }
    const std::size_t cell = cellAt(offset);
    const bool known = (flags_[cell] & (CellLoading | CellStale | CellUnreadable)) == 0;
    return known ? bytes_[cell] : -1;
}

QModelIndex HexModel::indexOf(Offset offset) const {
    const Offset row = offset / bytesPerRow_;
    if (!hasRow(row)) {
        return {};
    }
    return index(static_cast<int>(row - firstRow_), static_cast<int>(offset % bytesPerRow_));
}

}  // namespace octavo::ui
