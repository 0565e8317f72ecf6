#include "ui/bookmarks/file_turn.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace octavo::ui {

struct FileTurn::Queue {
    std::mutex mutex;
    std::condition_variable ended;
    std::uint64_t next = 0;
    std::set<std::uint64_t> open;
};

std::shared_ptr<FileTurn> FileTurn::take(const std::string& path) {
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<Queue>> queues;
    const std::lock_guard lock(mutex);
    std::erase_if(queues, [](const auto& entry) { return entry.second.expired(); });
    std::shared_ptr<Queue> queue = queues[path].lock();
    if (queue == nullptr) {
        queue = std::make_shared<Queue>();
        queues[path] = queue;
    }
    return std::shared_ptr<FileTurn>(new FileTurn(std::move(queue)));
}

FileTurn::FileTurn(std::shared_ptr<Queue> queue) : queue_(std::move(queue)) {
    const std::lock_guard lock(queue_->mutex);
    number_ = queue_->next++;
    queue_->open.insert(number_);
}

FileTurn::~FileTurn() {
    const std::lock_guard lock(queue_->mutex);
    queue_->open.erase(number_);
    queue_->ended.notify_all();
}

void FileTurn::wait() const {
    std::unique_lock lock(queue_->mutex);
    queue_->ended.wait(lock, [this] { return *queue_->open.begin() == number_; });
}

}  // namespace octavo::ui
