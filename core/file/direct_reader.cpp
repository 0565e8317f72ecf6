#include "core/file/direct_reader.h"

#include <algorithm>

namespace octavo::core {

void DirectReader::lookAhead(FileOffset at, Offset length) const {
    const Offset end = at.value + length;
    const bool goesOn = scanAt_.exchange(end, std::memory_order_relaxed) == at.value;
    const Offset told = goesOn ? toldTo_.load(std::memory_order_relaxed) : end;
    if (goesOn && told < end + kAhead / 2) {
        const Offset from = std::max(told, end);
        file_->willNeed({{from}, kAhead});
        toldTo_.store(from + kAhead, std::memory_order_relaxed);
    } else if (!goesOn) {
        toldTo_.store(end, std::memory_order_relaxed);
    }
}

void DirectReader::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                        Unreadable& unreadable) const {
    if (const auto length = static_cast<Offset>(out.size()); length > kScan)
        lookAhead(at, length);
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
