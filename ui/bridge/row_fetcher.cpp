#include "ui/bridge/row_fetcher.h"

#include <QMetaObject>

#include <condition_variable>
#include <mutex>

namespace octavo::ui {

using core::Extent;
using core::Offset;

/// What the fetcher and its worker share; a worker that hangs outlives the fetcher.
struct RowFetcher::Mailbox {
    std::mutex mutex;
    std::condition_variable arrival;
    RowFetcher* receiver = nullptr;  // nothing once the fetcher is gone
    std::uint64_t request = 0;       // number of the last one
    int urgentOut = 0;               // parts of the last request that are not there yet
    int out = 0;
    std::vector<FetchedBytes> arrived;
    bool deliveryPosted = false;

    void put(FetchedBytes result, std::uint64_t fromRequest, bool urgent) {
        const std::lock_guard lock(mutex);
        if (fromRequest == request) {
            --out;
            urgentOut -= urgent ? 1 : 0;
        }
        if (receiver == nullptr) {
            return;
        }
        arrived.push_back(std::move(result));
        if (!deliveryPosted) {
            deliveryPosted = true;
            QMetaObject::invokeMethod(receiver, &RowFetcher::deliver, Qt::QueuedConnection);
        }
        arrival.notify_all();
    }
};

namespace {

/// What of the bytes, which are those of `extent`, is known to be zeros without reading them.
std::vector<Extent> holesIn(const core::Snapshot& snapshot, Extent extent, core::ByteSpan bytes) {
    // Holes are not sought at every byte: they are longer than this.
    constexpr Offset kStep = 16;
    std::vector<Extent> holes;
    Offset from = 0;  // what lies before is done with
    for (Offset at = 0; at < extent.length;) {
        const bool isZero = bytes[static_cast<std::size_t>(at)] == 0;
        Offset length = isZero ? snapshot.zerosAt(extent.offset + at) : 0;
        if (length == 0) {
            at += kStep;
            continue;
        }
        Offset start = at;
        while (start > from && bytes[static_cast<std::size_t>(start - 1)] == 0 &&
               snapshot.zerosAt(extent.offset + start - 1) > 0) {
            --start;
        }
        const Offset end = std::min(extent.length, at + std::min(length, extent.length));
        holes.push_back({extent.offset + start, end - start});
        from = end;
        at = end;
    }
    return holes;
}

/// Calls `use` for parts of `extent` that end at multiples of RowFetcher::kChunk.
template <typename Use>
void forEachChunk(const Extent& extent, Use use) {
    for (Offset at = extent.offset; at < extent.end();) {
        const Offset length =
            std::min(extent.end() - at, RowFetcher::kChunk - at % RowFetcher::kChunk);
        use(Extent{at, length});
        at += length;
    }
}

}  // namespace

RowFetcher::RowFetcher(QObject* parent)
    : QObject(parent), mailbox_(std::make_shared<Mailbox>()), worker_("octavo fetch") {
    mailbox_->receiver = this;
}

RowFetcher::~RowFetcher() {
    const std::lock_guard lock(mailbox_->mutex);
    mailbox_->receiver = nullptr;
}

void RowFetcher::request(const core::Snapshot& snapshot, const std::vector<Extent>& urgent,
                         const std::vector<Extent>& later, std::uint64_t generation) {
    worker_.clear();
    {
        const std::lock_guard lock(mailbox_->mutex);
        ++mailbox_->request;
        mailbox_->urgentOut = 0;
        mailbox_->out = 0;
    }
    for (const Extent& extent : urgent) {
        post(snapshot, extent, true, generation);
    }
    for (const Extent& extent : later) {
        post(snapshot, extent, false, generation);
    }
}

void RowFetcher::post(const core::Snapshot& snapshot, Extent extent, bool urgent,
                      std::uint64_t generation) {
    forEachChunk(extent, [&](Extent chunk) {
        std::uint64_t request = 0;
        {
            const std::lock_guard lock(mailbox_->mutex);
            request = mailbox_->request;
            ++mailbox_->out;
            mailbox_->urgentOut += urgent ? 1 : 0;
        }
        worker_.post([mailbox = mailbox_, snapshot, chunk, urgent, generation, request] {
            FetchedBytes result{
                generation, chunk, core::Bytes(static_cast<std::size_t>(chunk.length)), {}, {}};
            result.unreadable = snapshot.read(chunk.offset, result.bytes);
            result.holes = holesIn(snapshot, chunk, result.bytes);
            mailbox->put(std::move(result), request, urgent);
        });
    });
}

void RowFetcher::waitForUrgent(std::chrono::milliseconds limit) {
    {
        std::unique_lock lock(mailbox_->mutex);
        const auto there = [this] { return mailbox_->urgentOut == 0; };
        if (waitedInVain_ && mailbox_->arrived.empty()) {
            return;
        }
        waitedInVain_ = !mailbox_->arrival.wait_for(lock, limit, there);
    }
    deliver();
}

bool RowFetcher::isBusy() const {
    const std::lock_guard lock(mailbox_->mutex);
    return mailbox_->out > 0;
}

void RowFetcher::deliver() {
    std::vector<FetchedBytes> arrived;
    {
        const std::lock_guard lock(mailbox_->mutex);
        arrived.swap(mailbox_->arrived);
        mailbox_->deliveryPosted = false;
    }
    waitedInVain_ = waitedInVain_ && arrived.empty();
    for (const FetchedBytes& result : arrived) {
        emit fetched(result);
    }
}

}  // namespace octavo::ui
