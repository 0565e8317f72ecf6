#include "core/content/file_version.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

struct FileVersion::Next {
    std::shared_ptr<const KeptBytes> kept;
    std::shared_ptr<const FileVersion> version;
};

FileVersion::FileVersion(std::shared_ptr<const MappedFile> file) : file_(std::move(file)) {}

const FileVersion::Next* FileVersion::next() const {
    // What was read before this must have been read before this: see the header.
    std::atomic_thread_fence(std::memory_order_acquire);
    return next_.load(std::memory_order_acquire);
}

void FileVersion::read(Offset start, MutableByteSpan out, Offset reportedAt,
                       Unreadable& unreadable) const {
    const Next* successor = next();
    if (successor == nullptr) {
        Unreadable found;
        file_->read({start}, out, reportedAt, found);
        successor = next();
        if (successor == nullptr) {
            for (const Extent& extent : found.extents())
                unreadable.add(extent);
            return;
        }
    }
    while (!out.empty()) {
        const FileExtent kept = successor->kept->next({start});
        const bool isKept = kept.offset.value <= start;
        const Offset to = isKept ? kept.end().value : kept.offset.value;
        const Offset count = std::min(static_cast<Offset>(out.size()), to - start);
        const MutableByteSpan part = out.first(static_cast<std::size_t>(count));
        if (isKept)
            successor->kept->read({start}, part, reportedAt, unreadable);
        else
            successor->version->read(start, part, reportedAt, unreadable);
        start += count;
        reportedAt += count;
        out = out.subspan(part.size());
    }
}

Offset FileVersion::knownRun(Offset start, Offset length,
                             Offset (MappedFile::*ask)(FileOffset) const) const {
    const Next* successor = next();
    if (successor == nullptr) {
        const Offset run = std::min((file_.get()->*ask)({start}), length);
        successor = next();
        if (successor == nullptr)
            return run;
    }
    const FileExtent kept = successor->kept->next({start});
    if (kept.offset.value <= start)
        return 0;
    return successor->version->knownRun(start, std::min(length, kept.offset.value - start), ask);
}

Offset FileVersion::zerosAt(Offset start, Offset length) const {
    return knownRun(start, length, &MappedFile::holeLength);
}

Offset FileVersion::gapAt(Offset start, Offset length) const {
    return knownRun(start, length, &MappedFile::gapLength);
}

std::shared_ptr<const FileVersion>
FileVersion::succeed(std::shared_ptr<const KeptBytes> kept) const {
    assert(next() == nullptr);
    auto version = std::make_shared<FileVersion>(file_);
    owned_ = std::make_shared<Next>(Next{std::move(kept), version});
    next_.store(owned_.get(), std::memory_order_release);
    // A write to the file must not be seen by a reader that still sees no successor.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    return version;
}

std::shared_ptr<const FileVersion> FileVersion::successor() const {
    const Next* successor = next();
    return successor == nullptr ? nullptr : successor->version;
}

const KeptBytes& FileVersion::kept() const {
    assert(next() != nullptr);
    return *next()->kept;
}

}  // namespace octavo::core
