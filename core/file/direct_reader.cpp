#include "core/file/direct_reader.h"

#include <algorithm>

namespace octavo::core {

void DirectReader::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                        Unreadable& unreadable) const {
    constexpr int kAttempts = 3;
    constexpr int kPageAttempts = 100;
    if (readSettled(at, out, reportedAt, unreadable, kAttempts))
        return;
    while (!out.empty()) {
        const Offset page = FileSystem::pageSize();
        const Offset count = std::min(static_cast<Offset>(out.size()), page - at.value % page);
        const MutableByteSpan part = out.first(static_cast<std::size_t>(count));
        // A file that does not stand still for one page is shown as it was seen last.
        if (!readSettled(at, part, reportedAt, unreadable, kPageAttempts))
            readOnce(at, part, reportedAt, unreadable);
        at = at + count;
        reportedAt += count;
        out = out.subspan(part.size());
    }
}

/// True where the file's size and time were the same before and after one of the attempts; else
/// `out` holds what is not to be believed and nothing is reported.
bool DirectReader::readSettled(FileOffset at, MutableByteSpan out, Offset reportedAt,
                               Unreadable& unreadable, int attempts) const {
    Result<FileInfo> before = file_->info();
    for (int attempt = 0; attempt < attempts; ++attempt) {
        Unreadable found;
        readOnce(at, out, reportedAt, found);
        const Result<FileInfo> after = file_->info();
        if (!before || !after || after->looksLike(*before)) {
            for (const Extent& extent : found.extents())
                unreadable.add(extent);
            return true;
        }
        before = after;
    }
    return false;
}

void DirectReader::readOnce(FileOffset at, MutableByteSpan out, Offset reportedAt,
                            Unreadable& unreadable) const {
    while (!out.empty()) {
        const Result<std::size_t> got = file_->readAt(at, out);
        std::size_t count = got ? *got : 0;
        if (got && count < out.size()) {
            // The end of the file, or an error behind what came; a second call tells which.
            const Result<std::size_t> more =
                file_->readAt(at + static_cast<Offset>(count), out.subspan(count, 1));
            if (more && *more == 0) {
                std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), Byte{0});
                unreadable.add({reportedAt + static_cast<Offset>(count),
                                static_cast<Offset>(out.size() - count)});
                return;
            }
        }
        if (count == 0) {
            // The device cannot deliver this page; the next one may be good.
            const Offset page = FileSystem::pageSize();
            count = static_cast<std::size_t>(
                std::min(static_cast<Offset>(out.size()), page - at.value % page));
            std::fill_n(out.begin(), count, Byte{0});
            unreadable.add({reportedAt, static_cast<Offset>(count)});
        }
        at = at + static_cast<Offset>(count);
        reportedAt += static_cast<Offset>(count);
        out = out.subspan(count);
    }
}

}  // namespace octavo::core
