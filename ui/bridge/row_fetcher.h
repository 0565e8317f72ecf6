// Reads bytes of a snapshot on a thread of its own, so that the GUI thread never meets a page
// fault on a slow disk.
//
// A request replaces the one before it: parts that have not begun are dropped, one that has is
// let finish. Its parts are read in pieces of at most kChunk bytes that end where pages end, each
// delivered as soon as it is there, the urgent ones first. After a request the GUI thread may wait
// for the urgent parts for a moment, so that what is in memory appears in the same frame.
//
// A read that hangs in the kernel keeps everything behind it waiting and nobody else: when the
// fetcher goes, the thread is left behind.
//
// Thread rule: GUI thread; fetched() is emitted there.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/base/worker.h"
#include "core/content/snapshot.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace octavo::ui {

struct FetchedBytes {
    /// The number that was given with the request.
    std::uint64_t generation = 0;
    core::Extent extent;
    core::Bytes bytes;
    core::Unreadable unreadable;
    /// Zeros that are stored nowhere: holes of the file, fills. In order.
    std::vector<core::Extent> holes;
};

class RowFetcher final : public QObject {
    Q_OBJECT

public:
    static constexpr core::Offset kChunk = 4096;

    explicit RowFetcher(QObject* parent = nullptr);
    ~RowFetcher() override;

    /// Asks for extents of `snapshot`, all within its length; `later` only when `urgent` is done.
    void request(const core::Snapshot& snapshot, const std::vector<core::Extent>& urgent,
                 const std::vector<core::Extent>& later, std::uint64_t generation);
    /// Waits until the urgent parts of the last request are there, at most for `limit`, and
    /// delivers what has come. Does not wait at all while an earlier wait has been in vain and
    /// nothing has come since: a stopped disk must not cost a wait at every key.
    void waitForUrgent(std::chrono::milliseconds limit);
    /// True while parts of the last request are out.
    bool isBusy() const;

signals:
    void fetched(const octavo::ui::FetchedBytes& result);

private:
    struct Mailbox;

    void post(const core::Snapshot& snapshot, core::Extent extent, bool urgent,
              std::uint64_t generation);
    void deliver();

    std::shared_ptr<Mailbox> mailbox_;
    core::Worker worker_;
    bool waitedInVain_ = false;
};

}  // namespace octavo::ui
