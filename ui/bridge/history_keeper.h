// Undo and redo of a document whose history may lie on the disk, and the moving of what is cold
// there.
//
// Thread rule: GUI thread; what waits for the disk is a job.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

namespace octavo::ui {

class HistoryKeeper final : public QObject {
    Q_OBJECT

public:
    static constexpr int kLookAfterMs = 1000;
    /// Where the step was; nothing where there was none.
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
    /// After edits: sees to it that cold steps leave the memory.
    void noteEdit();

private:
    using Step = Stepped (core::Document::*)();
    struct Wish {
        Step step;
        Done done;
        std::uint64_t revision = 0;
        int fetches = 0;
    };

    void go(Step step, Done done);
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
};

}  // namespace octavo::ui
