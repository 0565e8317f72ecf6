#include "ui/bridge/edit_log_store.h"

#include <utility>

namespace octavo::ui {

EditLogStore::EditLogStore(core::FileSystem& fileSystem, std::string folder)
    : fileSystem_(fileSystem), writer_(fileSystem, std::move(folder)) {}

void EditLogStore::add(core::EditLogBatch batch) {
    const std::lock_guard lock(addedMutex_);
    added_.emplace_back(std::move(batch));
}

void EditLogStore::takeOver(core::FoundLog log) {
    const std::lock_guard lock(addedMutex_);
    added_.emplace_back(std::move(log));
}

void EditLogStore::write() {
    const std::lock_guard lock(writing_);
    writeAdded();
}

std::vector<EditLogStore::Entry> EditLogStore::takeAdded() {
    const std::lock_guard lock(addedMutex_);
    return std::exchange(added_, {});
}

void EditLogStore::writeAdded() {
    std::vector<Entry> added = takeAdded();
    if (discarded_) {
        return;
    }
    for (Entry& entry : added) {
        std::visit([this](auto& each) { take(std::move(each)); }, entry);
    }
}

void EditLogStore::take(core::EditLogBatch batch) {
    note(writer_.write(std::move(batch)));
    if (writer_.isBehind()) {
        return;
    }
    for (const core::FoundLog& log : old_) {
        (void)fileSystem_.remove(log.path);  // at worst it is offered again, and does not fit
    }
    old_.clear();
}

void EditLogStore::take(core::FoundLog log) {
    // Nothing was pending when it was taken over, so there is no other log, unless that one could
    // not be removed.
    if (writer_.isBehind()) {
        old_.push_back(std::move(log));
    } else {
        writer_.takeOver(std::move(log));
    }
}

void EditLogStore::note(const core::Status& status) {
    if (!status && !std::exchange(hasTold_, true)) {
        const std::lock_guard lock(addedMutex_);
        news_ = status.error();
    }
    hasTold_ = hasTold_ && writer_.isBehind();
}

std::optional<std::uint64_t> EditLogStore::begin(const core::Save& save) {
    const std::lock_guard lock(writing_);
    writeAdded();
    if (discarded_) {
        return std::nullopt;
    }
    core::FlushPlan plan{++flushes_, save.snapshot(), {}};
    for (const core::Change& change : save.changes()) {
        plan.changes.push_back(change.id);
    }
    const core::Status begun = writer_.beginFlush(plan);
    note(begun);
    if (begun) {
        return plan.id;
    }
    (void)writer_.discard();
    const std::lock_guard added(addedMutex_);
    lost_ = true;
    return std::nullopt;
}

core::Status EditLogStore::run(core::Save& save, core::Progress& progress) {
    const std::optional<std::uint64_t> id = begin(save);
    const std::shared_ptr<const core::FileVersion> before = save.version();
    const core::Status status = save.run(progress);
    // Of a flush that failed in its writes nothing is said: it may not have put everything back,
    // and the log begins anew with what the file is then. Until it does, its content decides.
    const bool isKnown = save.succeeded() || save.version() == before;
    const std::lock_guard lock(writing_);
    if (id && isKnown && !discarded_) {
        note(writer_.endFlush(*id, save.succeeded(), save.info()));
    }
    return status;
}

void EditLogStore::copyReferenced() {
    const std::lock_guard lock(writing_);
    writeAdded();
    if (!discarded_) {
        note(writer_.copyReferenced());
    }
}

void EditLogStore::discard() {
    const std::lock_guard lock(writing_);
    for (Entry& entry : takeAdded()) {
        if (auto* const log = std::get_if<core::FoundLog>(&entry)) {
            old_.push_back(std::move(*log));
        }
    }
    discarded_ = true;
    (void)writer_.discard();
    for (const core::FoundLog& log : old_) {
        (void)fileSystem_.remove(log.path);
    }
    old_.clear();
}

std::optional<core::Error> EditLogStore::takeNews() {
    const std::lock_guard lock(addedMutex_);
    return std::exchange(news_, std::nullopt);
}

bool EditLogStore::takeLost() {
    const std::lock_guard lock(addedMutex_);
    return std::exchange(lost_, false);
}

}  // namespace octavo::ui
