#include "core/save/content_writer.h"

#include "core/content/with_only.h"

#include <algorithm>
#include <cerrno>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;
// Shorter runs of zeros are written: a hole for each would cost more than it saves.
constexpr Offset kShortestHole = Offset{1} << 16;

/// The whole blocks of `piece`, in the file; empty where it does not stand on the blocks' borders
/// when it stands at `at`.
FileExtent wholeBlocks(const Piece& piece, Offset at, Offset block) {
    const Offset behind = piece.start % block;
    if (at % block != behind)
        return {};
    const Offset head = behind == 0 ? 0 : block - behind;
    if (head >= piece.length)
        return {};
    return {{piece.start + head}, (piece.length - head) / block * block};
}

bool cannotShare(const Error& error) {
    return error.systemError == EXDEV || error.systemError == EINVAL ||
           error.systemError == EOPNOTSUPP;
}

}  // namespace

Status ContentWriter::write(File& file, Progress& progress) {
    const Offset length = content_.length();
    progress.setTotal(length);
    Offset done = 0;  // all before it is in the file
    PieceTree::Cursor cursor = firstPiece(content_.tree());
    for (; sharing_ && !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const FileExtent blocks = piece.source == sharing_->source
                                      ? wholeBlocks(piece, cursor.offset(), sharing_->blockSize)
                                      : FileExtent{};
        if (blocks.isEmpty())
            continue;
        const Offset at = cursor.offset() + (blocks.offset.value - piece.start);
        if (const Status put = writeBlocks(file, {done, at - done}, progress); !put)
            return put;
        done = at;
        const Result<bool> isShared = share(file, at, blocks);
        if (!isShared)
            return isShared.error();
        if (*isShared)
            done += blocks.length;
        else
            sharing_.reset();
        progress.setDone(done);
    }
    if (const Status put = writeBlocks(file, {done, length - done}, progress); !put)
        return put;
    return file.resize(length);
}

/// False where the file system cannot: then all is written.
Result<bool> ContentWriter::share(File& file, Offset at, FileExtent extent) {
    if (const Status shared = file.cloneRange(sharing_->file, extent, {at}); !shared) {
        if (cannotShare(shared.error()))
            return false;
        return shared.error();
    }
    shared_ += extent.length;
    return true;
}

Status ContentWriter::writeBlocks(File& file, Extent extent, Progress& progress) {
    for (Offset at = extent.offset; at < extent.end(); progress.setDone(at)) {
        if (progress.isCancelled())
            return error(ErrorCode::Cancelled, "cancelled");
        const Offset zeros = std::min(content_.zerosAt(at), extent.end() - at);
        if (zeros >= kShortestHole || at + zeros == content_.length()) {
            at += zeros;
            continue;
        }
        const Offset count = std::min(kBlock, extent.end() - at);
        block_.resize(static_cast<std::size_t>(count));
        if (!content_.read(at, block_).isEmpty())
            return error(ErrorCode::Unreadable, "a part of the content could not be read");
        if (const Status put = file.writeAt({at}, block_); !put)
            return put;
        written_ += count;
        at += count;
    }
    return {};
}

Error ContentWriter::error(ErrorCode code, const char* reason) const {
    return {code, operation_, path_, 0, reason};
}

}  // namespace octavo::core
