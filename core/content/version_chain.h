// What all versions of one open file have in common: which of them is the newest, whose turn it is
// to save, and the gate that a save closes while it moves bytes about.
//
// Thread rule: any thread; see MoveGate for the gate.
#pragma once

#include "core/content/move_gate.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace octavo::core {

class FileVersion;

class VersionChain {
public:
    /// Held by whoever saves into the file, from before its comparison with the file until the
    /// outcome is known: of two documents on one file only one saves at a time. Empty where the
    /// turn was not given.
    class Turn {
    public:
        Turn() = default;
        Turn(Turn&& other) noexcept : chain_(std::move(other.chain_)) {}
        Turn& operator=(Turn&& other) noexcept {
            std::swap(chain_, other.chain_);
            return *this;
        }
        ~Turn() {
            if (chain_)
                chain_->isTaken_.store(false, std::memory_order_release);
        }
        explicit operator bool() const { return chain_ != nullptr; }

    private:
        friend class VersionChain;
        explicit Turn(std::shared_ptr<VersionChain> chain) : chain_(std::move(chain)) {}

        std::shared_ptr<VersionChain> chain_;
    };

    static Turn takeTurn(const std::shared_ptr<VersionChain>& chain) {
        return chain->isTaken_.exchange(true, std::memory_order_acq_rel) ? Turn() : Turn(chain);
    }

    /// The file as it is; nothing where no version lives any more.
    std::shared_ptr<const FileVersion> newest() const {
        const std::lock_guard lock(mutex_);
        return newest_.lock();
    }
    /// Our own save has put another file in this one's place: what still reads it reads the file as
    /// it was then, which nobody reaches by that name any more.
    void markReplaced() { isReplaced_.store(true, std::memory_order_release); }
    bool isReplaced() const { return isReplaced_.load(std::memory_order_acquire); }
    MoveGate& gate() { return gate_; }
    const MoveGate& gate() const { return gate_; }

private:
    friend class FileVersion;
    /// How many lengths of leaps there are: 16 saves, 256, ... up to 16^7.
    static constexpr std::size_t kLevels = 7;

    void setNewest(const std::shared_ptr<const FileVersion>& version) {
        const std::lock_guard lock(mutex_);
        newest_ = version;
    }

    mutable std::mutex mutex_;
    std::weak_ptr<const FileVersion> newest_;  // guarded by mutex_
    std::atomic<bool> isTaken_ = false;
    std::atomic<bool> isReplaced_ = false;
    MoveGate gate_;
    // The versions from which the next leap of each length begins; for whoever has the turn.
    std::array<std::weak_ptr<const FileVersion>, kLevels> leapStarts_;
};

}  // namespace octavo::core
