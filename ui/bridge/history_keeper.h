// Undo, redo and other ways through a document's history, which may be long and lie on the disk,
// and the moving of what is cold there.
//
// Thread rule: GUI thread; what waits for the disk is a job.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/history_walk.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace octavo::ui {

class HistoryKeeper final : public QObject {
    Q_OBJECT

public:
    static constexpr int kLookAfterMs = 1000;
    /// A way of more splices is gone in parts of some milliseconds each.
    static constexpr std::uint64_t kAtOnce = 100'000;
    /// Where the step was; nothing where there was none. Cancelled where it was turned back.
    using Stepped = core::Result<std::optional<core::Extent>>;
    using Done = std::function<void(const Stepped&)>;

    /// `document` must outlive it.
    explicit HistoryKeeper(core::Document& document, QObject* parent = nullptr);

    /// What is cold goes to a file without a name in `folder` from now on. Until then the history
    /// stays in memory.
    void setFolder(core::FileSystem& fileSystem, std::string folder);

    /// `done` is called at once where the step is in memory, else when it has been fetched; not at
    /// all where the document was edited meanwhile, or another step is being fetched.
    void undo(Done done);
    void redo(Done done);
    void goTo(core::StepId target, Done done);
    /// A step is being fetched, or a long way is being gone: edits are refused meanwhile.
    bool isBusy() const { return wish_ || walk_; }
    /// Back to where it began.
    void turnBack();
    /// The document closes: the way that is being gone, or nothing, which must not outlive it.
    std::unique_ptr<core::HistoryWalk> leave();
    /// After edits: sees to it that cold steps leave the memory.
    void noteEdit();

signals:
    void walkBegan();
    void walked(quint64 done, quint64 all);
    /// The document was told of before, and whoever asked is told next.
    void walkEnded();

private:
    struct Wish {
        core::StepId target = core::kFirstStep;
        Done done;
        std::uint64_t revision = 0;
        int fetches = 0;
    };

    Stepped tryNow(core::StepId target);
    void walkOn();
    void transfer();
    void transferred(const core::Status& status);
    void tryWish(const core::Status& fetched);
    void giveUpWhereIdle();

    core::Document& document_;
    core::FileSystem* fileSystem_ = nullptr;
    std::string folder_;
    QTimer soon_;
    std::optional<Wish> wish_;
    bool isRunning_ = false;
    std::unique_ptr<core::HistoryWalk> walk_;
    bool isTurned_ = false;
    Done walkDone_;
    QTimer slice_;
};

}  // namespace octavo::ui
