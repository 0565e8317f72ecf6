// Jobs that read and write one small file take turns, in the order in which they were started:
// each has a thread of its own, and without turns one could read what another is about to replace.
//
// Thread rule: any thread; wait() is for a worker.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace octavo::ui {

class FileTurn {
public:
    /// A turn behind all that were taken for `path` and are not over.
    static std::shared_ptr<FileTurn> take(const std::string& path);
    /// The turn is over, whether anybody waited for it or not.
    ~FileTurn();
    FileTurn(const FileTurn&) = delete;
    FileTurn& operator=(const FileTurn&) = delete;

    /// Returns when all turns before are over.
    void wait() const;

private:
    struct Queue;
    explicit FileTurn(std::shared_ptr<Queue> queue);

    std::shared_ptr<Queue> queue_;
    std::uint64_t number_ = 0;
};

}  // namespace octavo::ui
