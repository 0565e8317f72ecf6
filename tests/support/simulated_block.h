// One block of a simulated disk: what the disk has confirmed, and what was written since and may or
// may not have reached it.
//
// Thread rule: none of its own; blocks are changed as copies.
#pragma once

#include "core/base/types.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace octavo::test {

class SimulatedBlock {
public:
    using Content = std::shared_ptr<const core::Bytes>;

    explicit SimulatedBlock(Content confirmed) : versions_{{0, std::move(confirmed)}} {}

    /// What a reader sees: the newest version.
    const core::Bytes& content() const { return *versions_.back().content; }

    /// `number` is greater than those of all writes before it.
    void write(std::uint64_t number, core::Bytes content) {
        versions_.push_back({number, std::make_shared<const core::Bytes>(std::move(content))});
        isDirty_ = true;
    }

    /// The disk has what a reader sees. A block that is not dirty is taken for written already,
    /// although a sync that failed may have lost it.
    void confirm() {
        if (isDirty_)
            versions_.erase(versions_.begin(), versions_.end() - 1);
        isDirty_ = false;
    }

    /// A sync has failed: the system forgets that there is something to write, as Linux does.
    void forget() { isDirty_ = false; }

    /// Each of which may stand on the disk after a power cut, oldest first, but for those written
    /// before `least`.
    std::vector<Content> possible(std::uint64_t least = 0) const {
        std::vector<Content> contents;
        for (const Version& version : versions_) {
            if (version.number >= least || &version == &versions_.back())
                contents.push_back(version.content);
        }
        return contents;
    }

private:
    struct Version {
        std::uint64_t number;
        Content content;
    };

    std::vector<Version> versions_;  // the first is confirmed
    bool isDirty_ = false;
};

}  // namespace octavo::test
