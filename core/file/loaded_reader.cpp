#include "core/file/loaded_reader.h"

#include <algorithm>

namespace octavo::core {

Result<Bytes> LoadedReader::load(const File& file, Progress* progress) {
    constexpr std::size_t kBlock = std::size_t{64} << 10;
    Bytes content;
    for (;;) {
        if (progress != nullptr && progress->isCancelled())
            return Error{ErrorCode::Cancelled, "open", file.path(), 0, "cancelled"};
        const std::size_t before = content.size();
        content.resize(before + kBlock);
        const Result<std::size_t> got =
            file.readAt({static_cast<Offset>(before)}, MutableByteSpan(content).subspan(before));
        if (!got)
            return got.error();
        content.resize(before + *got);
        if (progress != nullptr)
            progress->setDone(static_cast<Offset>(content.size()));
        if (*got == 0)
            break;
        if (static_cast<Offset>(content.size()) > kMostBytes)
            return Error{ErrorCode::TooLarge, "open", file.path(), 0,
                         "it is made while it is read, and there is more than 64 MiB of it"};
    }
    content.shrink_to_fit();
    return content;
}

void LoadedReader::read(FileOffset at, MutableByteSpan out, Offset /*reportedAt*/,
                        Unreadable& /*unreadable*/) const {
    std::copy_n(content_.begin() + at.value, out.size(), out.begin());
}

}  // namespace octavo::core
