#include "core/content/file_version.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

std::shared_ptr<const FileVersion> FileVersion::first(std::shared_ptr<const MappedFile> file) {
    const FileInfo info = file->openedInfo();
    const auto chain = std::make_shared<VersionChain>();
    const std::shared_ptr<const FileVersion> version(new FileVersion(std::move(file), chain, 0));
    version->settle(info);
    chain->setNewest(version);
    return version;
}

FileVersion::FileVersion(std::shared_ptr<const MappedFile> file,
                         std::shared_ptr<VersionChain> chain, std::uint64_t number)
    : file_(std::move(file)), chain_(std::move(chain)), number_(number) {}

/// A version that holds the next that holds the next: taken down in a loop, as a chain can be
/// longer than the stack is deep.
FileVersion::~FileVersion() {
    thread_local std::vector<std::unique_ptr<Next>>* pending = nullptr;
    if (!owned_)
        return;
    if (pending != nullptr) {
        pending->push_back(std::move(owned_));
        return;
    }
    std::vector<std::unique_ptr<Next>> all;
    pending = &all;
    all.push_back(std::move(owned_));
    while (!all.empty()) {
        const std::unique_ptr<Next> last = std::move(all.back());
        all.pop_back();
        last->version.reset();
    }
    pending = nullptr;
}

const FileVersion::Next* FileVersion::next() const {
    // What was read before this must have been read before this: see the header.
    std::atomic_thread_fence(std::memory_order_acquire);
    return next_.load(std::memory_order_acquire);
}

Fate FileVersion::Step::fate(FileOffset at, Offset length) const {
    if (leap != nullptr)
        return leap->passage.fate(at, length);
    return preserved != nullptr ? preserved->fate(at, length) : Fate{length, at, nullptr};
}

FileVersion::Step FileVersion::step() const {
    if (const Leap* leap = longest_.load(std::memory_order_acquire))
        return {leap->to, leap, nullptr};
    const Next* following = next();
    if (following == nullptr)
        return {};
    const bool isRestored = isRestored_.load(std::memory_order_acquire);
    return {following->version.get(), nullptr, isRestored ? nullptr : &following->preserved};
}

FileVersion::Found FileVersion::follow(FileOffset at, Offset length) const {
    Found found{{length, at, nullptr}, this};
    while (found.fate.stands()) {
        const Step step = found.version->step();
        if (step.to == nullptr)
            break;
        found.fate = step.fate(*found.fate.at, found.fate.length);
        found.version = step.to;
    }
    return found;
}

/// Calls `ask`, which looks into the file, and says whether the answer speaks of this version.
template <typename Ask>
bool FileVersion::askFile(Ask ask) const {
    const MoveGate& gate = chain_->gate();
    const MoveGate::Epoch epoch = gate.enter();
    if (next() != nullptr)
        return false;
    ask(*file_);
    return next() == nullptr && gate.isSame(epoch);
}

void FileVersion::read(Offset start, MutableByteSpan out, Offset reportedAt,
                       Unreadable& unreadable) const {
    while (!out.empty()) {
        const Found found = follow({start}, static_cast<Offset>(out.size()));
        const Fate& fate = found.fate;
        const MutableByteSpan part = out.first(static_cast<std::size_t>(fate.length));
        if (fate.isLost()) {
            std::ranges::fill(part, Byte{0});
            unreadable.add({reportedAt, fate.length});
        } else if (fate.kept != nullptr) {
            fate.kept->read(*fate.at, part, reportedAt, unreadable);
        } else {
            Unreadable missing;
            const bool isGood = found.version->askFile(
                [&](const MappedFile& file) { file.read(*fate.at, part, reportedAt, missing); });
            if (!isGood)
                continue;
            for (const Extent& extent : missing.extents())
                unreadable.add(extent);
        }
        start += fate.length;
        reportedAt += fate.length;
        out = out.subspan(part.size());
    }
}

/// The file's own view, good as long as the file is this version's.
class FileVersion::View final : public SourceView {
public:
    View(const FileVersion& version, MoveGate::Epoch epoch, std::unique_ptr<SourceView> file)
        : version_(version), epoch_(epoch), file_(std::move(file)) {}

    ByteSpan bytes() const override { return file_->bytes(); }
    bool isGood() const override {
        return file_->isGood() && version_.next() == nullptr &&
               version_.chain_->gate().isSame(epoch_);
    }

private:
    const FileVersion& version_;
    MoveGate::Epoch epoch_;
    std::unique_ptr<SourceView> file_;
};

std::unique_ptr<SourceView> FileVersion::view(Offset start, Offset length) const {
    const Found found = follow({start}, length);
    const Fate& fate = found.fate;
    if (!fate.stands() || fate.length < length)
        return nullptr;
    const MoveGate::Epoch epoch = chain_->gate().enter();
    if (found.version->next() != nullptr)
        return nullptr;
    std::unique_ptr<SourceView> file = found.version->file_->view(*fate.at, length);
    return file ? std::make_unique<View>(*found.version, epoch, std::move(file)) : nullptr;
}

/// Adds up what `known` says of the file where bytes stand, and of no file where they are lost,
/// as long as it says all.
template <typename Known>
Offset FileVersion::knownRun(Offset start, Offset length, Known known) const {
    Offset run = 0;
    while (run < length) {
        const Found found = follow({start + run}, length - run);
        const Offset asked = found.fate.length;
        Offset got = 0;
        if (found.fate.isLost()) {
            got = known(nullptr, {}, asked);
        } else if (found.fate.stands() && !found.version->askFile([&](const MappedFile& file) {
                       got = std::min(known(&file, *found.fate.at, asked), asked);
                   })) {
            continue;
        }
        run += got;
        if (got < asked)
            break;
    }
    return run;
}

Offset FileVersion::zerosAt(Offset start, Offset length) const {
    return knownRun(start, length, [](const MappedFile* file, FileOffset at, Offset) {
        return file == nullptr ? 0 : file->holeLength(at);
    });
}

Offset FileVersion::gapAt(Offset start, Offset length) const {
    return knownRun(start, length, [](const MappedFile* file, FileOffset at, Offset asked) {
        return file == nullptr ? asked : file->gapLength(at);
    });
}

FileVersion::Whereabouts FileVersion::whereabouts(FileOffset at, Offset length) const {
    assert(length > 0);
    const Fate fate = follow(at, length).fate;
    return {fate.length, fate.stands() ? fate.at : std::nullopt};
}

std::shared_ptr<const FileVersion> FileVersion::successor() const {
    const Next* following = next();
    return following == nullptr ? nullptr : following->version;
}

std::optional<FileInfo> FileVersion::info() const {
    const std::lock_guard lock(infoMutex_);
    return info_;
}

void FileVersion::settle(const FileInfo& info) const {
    const std::lock_guard lock(infoMutex_);
    info_ = info;
}

VersionChain::Turn FileVersion::takeTurn() const {
    VersionChain::Turn turn = VersionChain::takeTurn(chain_);
    return next() == nullptr ? std::move(turn) : VersionChain::Turn();
}

void FileVersion::beginMove() const {
    assert(next() == nullptr);
    chain_->gate().close();
}

void FileVersion::cancelMove() const {
    file_->forget();
    chain_->gate().open();
}

std::shared_ptr<const FileVersion>
FileVersion::succeed(Preserved preserved, std::shared_ptr<const MappedFile> file) const {
    assert(next() == nullptr);
    makeLeaps();
    const std::shared_ptr<const FileVersion> version(
        new FileVersion(std::move(file), chain_, number_ + 1));
    const bool isMove = chain_->gate().isClosed();
    if (isMove)
        version->file()->forget();
    owned_ = std::make_unique<Next>(Next{std::move(preserved), version});
    next_.store(owned_.get(), std::memory_order_release);
    // A write to the file must not be seen by a reader that still sees no successor.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    chain_->setNewest(version);
    if (isMove)
        chain_->gate().open();
    return version;
}

/// Ends the leaps that lead here. Only now, and not when this version began, is it known whether
/// the save that made it was put back.
void FileVersion::makeLeaps() const {
    std::uint64_t length = 1;
    for (std::weak_ptr<const FileVersion>& start : chain_->leapStarts_) {
        length *= kFan;
        if (number_ % length != 0)
            return;
        if (const std::shared_ptr<const FileVersion> from = start.lock())
            from->makeLeap(*this);
        start = chain_->newest();
    }
}

/// Puts together the steps from here to `to`, unless they are of very many runs.
void FileVersion::makeLeap(const FileVersion& to) const {
    Passage passage;
    for (const FileVersion* at = this; at != &to;) {
        const Step step = at->step();
        std::optional<Passage> longer = passage.then(
            [&](FileOffset from, Offset length) { return step.fate(from, length); }, kMostRuns);
        if (!longer)
            return;
        passage = *std::move(longer);
        at = step.to;
    }
    leaps_.push_back(std::make_unique<const Leap>(Leap{std::move(passage), &to}));
    longest_.store(leaps_.back().get(), std::memory_order_release);
}

}  // namespace octavo::core
