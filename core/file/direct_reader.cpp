#include "core/file/direct_reader.h"

#include <algorithm>

namespace octavo::core {

void DirectReader::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
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
