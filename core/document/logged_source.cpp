#include "core/document/logged_source.h"

#include <algorithm>
#include <iterator>

namespace octavo::core {

void LoggedSource::add(Offset start, ByteSpan bytes) {
    for (const Extent& part : logged_.missing({start, static_cast<Offset>(bytes.size())})) {
        const ByteSpan added = bytes.subspan(static_cast<std::size_t>(part.offset - start),
                                             static_cast<std::size_t>(part.length));
        const auto behind = runs_.upper_bound(part.offset);
        const bool goesOn = behind != runs_.begin() && [&] {
            const auto& [at, last] = *std::prev(behind);
            return !last.file && at + last.length == part.offset &&
                   last.inMemory + static_cast<std::size_t>(last.length) == memory_.size();
        }();
        if (goesOn)
            std::prev(behind)->second.length += part.length;
        else
            runs_[part.offset] = {part.length, memory_.size(), nullptr, {}};
        memory_.insert(memory_.end(), added.begin(), added.end());
        logged_.add(part);
    }
}

void LoggedSource::add(Offset start, Offset length, const std::shared_ptr<const File>& file,
                       FileOffset at) {
    for (const Extent& part : logged_.missing({start, length})) {
        runs_[part.offset] = {part.length, 0, file, at + (part.offset - start)};
        logged_.add(part);
    }
}

void LoggedSource::setRest(std::shared_ptr<const Source> rest, Offset length) {
    rest_ = std::move(rest);
    restLength_ = length;
}

std::map<Offset, LoggedSource::Run>::const_iterator LoggedSource::runAt(Offset start,
                                                                        Offset& length) const {
    const auto behind = runs_.upper_bound(start);
    if (behind != runs_.begin()) {
        const auto& [at, run] = *std::prev(behind);
        if (start - at < run.length)
            return std::prev(behind);
    }
    if (behind != runs_.end())
        length = std::min(length, behind->first - start);
    return runs_.end();
}

void LoggedSource::readRun(const Run& run, Offset skipped, MutableByteSpan out, Offset reportedAt,
                           Unreadable& unreadable) const {
    if (!run.file) {
        std::copy_n(memory_.begin() + static_cast<std::ptrdiff_t>(run.inMemory) + skipped,
                    out.size(), out.begin());
        return;
    }
    const Result<std::size_t> got = run.file->readAt(run.at + skipped, out);
    if (!got || *got < out.size()) {
        std::ranges::fill(out, Byte{0});
        unreadable.add({reportedAt, static_cast<Offset>(out.size())});
    }
}

void LoggedSource::readRest(Offset start, MutableByteSpan out, Offset reportedAt,
                            Unreadable& unreadable) const {
    const Offset known =
        std::clamp<Offset>(restLength_ - start, 0, static_cast<Offset>(out.size()));
    if (known > 0)
        rest_->read(start, out.first(static_cast<std::size_t>(known)), reportedAt, unreadable);
    const MutableByteSpan nothing = out.subspan(static_cast<std::size_t>(known));
    if (nothing.empty())
        return;
    std::ranges::fill(nothing, Byte{0});
    unreadable.add({reportedAt + known, static_cast<Offset>(nothing.size())});
}

void LoggedSource::read(Offset start, MutableByteSpan out, Offset reportedAt,
                        Unreadable& unreadable) const {
    while (!out.empty()) {
        auto length = static_cast<Offset>(out.size());
        const auto run = runAt(start, length);
        if (run != runs_.end())
            length = std::min(length, run->first + run->second.length - start);
        const MutableByteSpan part = out.first(static_cast<std::size_t>(length));
        if (run != runs_.end())
            readRun(run->second, start - run->first, part, reportedAt, unreadable);
        else
            readRest(start, part, reportedAt, unreadable);
        start += length;
        reportedAt += length;
        out = out.subspan(part.size());
    }
}

Offset LoggedSource::zerosAt(Offset start, Offset length) const {
    if (start >= restLength_ || runAt(start, length) != runs_.end())
        return 0;
    return rest_->zerosAt(start, std::min(length, restLength_ - start));
}

Offset LoggedSource::gapAt(Offset start, Offset length) const {
    if (runAt(start, length) != runs_.end())
        return 0;
    if (start >= restLength_)
        return length;
    return rest_->gapAt(start, std::min(length, restLength_ - start));
}

}  // namespace octavo::core
