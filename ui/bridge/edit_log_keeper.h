// Keeps the edit log of one document: what was edited is on the disk within a second, and goes
// when it is not needed any more.
//
// The first edit that is not written yet starts a clock; when it has run down, a job writes what
// has come together. Every flush is told of in the log. What cannot be written is said once, and
// tried again every few seconds. In write-through mode there is no log: the file itself has it.
//
// Thread rule: GUI thread; nothing here waits.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/edit_log_feed.h"
#include "core/document/edit_log_folder.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace octavo::ui {

class EditLogStore;

class EditLogKeeper final : public QObject {
    Q_OBJECT

public:
    static constexpr int kWriteAfterMs = 500;
    static constexpr int kRetryMs = 3000;

    /// Logs of `document` go to `folder`. The file system must outlive the program's work; the
    /// document is told to forget the log in close().
    EditLogKeeper(core::Document& document, core::FileSystem& fileSystem, std::string folder,
                  QObject* parent = nullptr);
    ~EditLogKeeper() override;

    /// Something was edited, reviewed or flushed, or the mode is another one.
    void noteEdit();
    /// Has the document recover those of the `edits`, which `log` says. Where it does, the log goes
    /// as soon as another one says the same.
    core::Status recover(const core::RecoveredEdits& edits, std::span<const core::ChangeId> ids,
                         core::FoundLog log);
    /// What a worker has to call to run `save`, which the document has just prepared.
    std::function<core::Status(core::Progress&)> work(std::shared_ptr<core::Save> save);
    /// After the document has finished a flush or a copy.
    void noteSaved();
    /// Copies what the log only refers to into it; see referred().
    void copyReferenced();

    /// What becomes of the log when the document is closed.
    enum class Closing {
        Discard,  ///< nothing of it is to be recovered
        Leave,    ///< a flush still runs: the next start decides
    };
    /// Before the document goes; nothing is written any more.
    void close(Closing how);

signals:
    /// The log could not be written. Told once, until it could be again.
    void failed(const octavo::core::Error& error);
    void worksAgain();
    /// So many bytes of other files are not in the log but referred to: they are recovered only
    /// where those files stay what they are. Told when the number grows.
    void referred(octavo::core::Offset bytes);

private:
    void write();
    bool gather();
    template <typename Work>
    void run(Work work);
    void ended();

    core::Document& document_;
    core::EditLogFeed feed_;
    std::shared_ptr<EditLogStore> store_;
    QTimer timer_;
    bool isUsed_ = false;     ///< there may be a log
    bool isRunning_ = false;  ///< a job of this
    bool isWanted_ = false;   ///< another one, when that has ended
    bool hasFailed_ = false;
    core::Offset referred_ = 0;
};

}  // namespace octavo::ui
