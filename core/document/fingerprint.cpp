#include "core/document/fingerprint.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

constexpr Offset kEnd = Offset{16} << 10;   // hashed at either end of what is too long
constexpr Offset kBlock = Offset{4} << 10;  // and in each sample between
constexpr Offset kBlocks = 8;

class FileHasher {
public:
    explicit FileHasher(const FileVersion& file) : file_(file) {}

    void add(FileOffset at, Offset length) {
        if (!isReadable_)
            return;
        block_.resize(static_cast<std::size_t>(length));
        Unreadable unreadable;
        file_.read(at.value, block_, 0, unreadable);
        isReadable_ = unreadable.isEmpty();
        hasher_.add(block_);
    }
    /// Nothing where a byte could not be read.
    std::optional<std::uint64_t> value() const {
        return isReadable_ ? std::optional(hasher_.value()) : std::nullopt;
    }

private:
    const FileVersion& file_;
    Hasher hasher_;
    Bytes block_;
    bool isReadable_ = true;
};

/// Hashes what `print` says is hashed.
std::optional<std::uint64_t> hashOf(const Fingerprint& print, const FileVersion& file) {
    FileHasher hasher(file);
    const FileExtent& extent = print.extent;
    const FileOffset from{extent.offset.value - print.marginBefore};
    if (print.isWhole) {
        hasher.add(from, print.marginBefore + extent.length + print.marginAfter);
        return hasher.value();
    }
    hasher.add(from, print.marginBefore + kEnd);
    const Offset step = (extent.length - 2 * kEnd) / kBlocks;  // more than a block
    for (Offset i = 0; i < kBlocks; ++i)
        hasher.add(extent.offset + kEnd + i * step + (step - kBlock) / 2, kBlock);
    hasher.add({extent.end().value - kEnd}, kEnd + print.marginAfter);
    return hasher.value();
}

}  // namespace

std::optional<Fingerprint> Fingerprint::take(const FileVersion& file, Offset fileLength,
                                             FileExtent extent) {
    assert(extent.offset.value >= 0 && extent.end().value <= fileLength);
    Fingerprint print;
    print.extent = extent;
    print.marginBefore = std::min(kMargin, extent.offset.value);
    print.marginAfter = std::min(kMargin, fileLength - extent.end().value);
    print.isWhole = extent.length <= kWhole;
    const std::optional<std::uint64_t> hash = hashOf(print, file);
    if (!hash)
        return {};
    print.hash = *hash;
    return print;
}

OutsideState Fingerprint::compare(const FileVersion& file, Offset fileLength) const {
    if (extent.end().value > fileLength - marginAfter || hashOf(*this, file) != hash)
        return OutsideState::Touched;
    return isWhole ? OutsideState::Untouched : OutsideState::CannotTell;
}

}  // namespace octavo::core
