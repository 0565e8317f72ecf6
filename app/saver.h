// Makes the edits of one document reach the disk: flush into its file, save as another file. Both
// run as jobs; what goes wrong is told in a bar with what to do about it.
//
// Thread rule: GUI thread.
#pragma once

#include "app/environment.h"
#include "core/base/result.h"
#include "core/save/copy_save.h"
#include "core/save/save.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"
#include "ui/panels/job_indicator.h"
#include "ui/panels/message_bar.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octavo::app {

class Saver final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. Dialogs stand on `window`.
    Saver(ui::EditorDocument& editor, Environment& environment, ui::MessageArea& messages,
          ui::JobIndicator& jobs, QWidget* window, QObject* parent = nullptr);

    /// Writes what is pending. An untitled document is asked for a name first; where a save is more
    /// than a short one that loses nothing, how to do it.
    void flush(core::SaveOptions options = {});
    /// Writes these changes alone, with those that they were typed over; in the same way. Not of an
    /// untitled document.
    void flushOnly(std::vector<core::ChangeId> changes);
    /// Asks how to write what is pending in any case.
    void flushWith();
    void saveAs();
    /// Writes what is shown, or `extent` of it, to another file; the document stays on its own.
    void saveCopy();
    void saveSelection(core::Extent extent);
    /// True also while the editor writes an edit through by itself.
    bool isRunning() const;

signals:
    /// After each flush() and saveAs(), also when the user changed their mind.
    void finished(bool succeeded);
    /// A result that needs no answer.
    void noted(const QString& note);
    void reloadWanted();

private:
    struct Copied;
    struct Planned;
    /// What a flush is to do.
    struct Task {
        core::SaveOptions options;
        /// Nothing: everything that is pending.
        std::shared_ptr<const std::vector<core::ChangeId>> only;
    };

    static Copied copyAndOpen(core::FileSystem& fileSystem, core::CopySave& copy,
                              core::Progress& progress);
    // By value, as the message that asked for it goes.
    void flushTask(Task task);
    void planTask(Task task);
    bool beginFlush();
    core::SaveRequest requestOf(const Task& task) const;
    void plan(const Task& task, bool asksAlways);
    void planned(const Planned& found, Task task, bool asksAlways);
    void writeNow(const Task& task);
    void runFlush(const std::shared_ptr<core::Save>& save, const Task& task);
    void flushed(const core::Save& save, const core::Status& status, const Task& task);
    QString writtenText(const core::Save& save, const Task& task) const;
    std::optional<std::string> askForName();
    void runCopy(const std::string& target, bool evenIfSourceChanged = false);
    void runApart(const std::string& target, const core::Snapshot& content,
                  bool evenIfSourceChanged = false);
    std::shared_ptr<core::CopySave> copyOf(const std::string& target, core::Snapshot content,
                                           bool evenIfSourceChanged) const;
    void end(bool succeeded);
    void tellFlushFailed(const core::Error& error, const Task& task);
    /// A flush with one thing more allowed, to be followed.
    std::function<void()> again(Task task, bool core::SaveOptions::*allowed);
    void tellOverridable(const core::Error& error, const QString& anyway,
                         std::function<void()> again);
    void tellNoRoom(const core::Error& error, const Task& task);
    void tellSourceChanged(const Task& task);
    void tellChangedOutside(const core::Error& error, const Task& task);
    void copied(const core::CopySave& copy, const Copied& outcome);
    void tellCopyFailed(const core::Error& error, const std::function<void()>& anyway);
    void tellCopyNotOpened(const std::string& target, const core::Error& error);

    ui::EditorDocument& editor_;
    Environment& environment_;
    ui::MessageArea& messages_;
    ui::JobIndicator& jobs_;
    QWidget* window_;
    bool running_ = false;  ///< also while a name is asked for
};

}  // namespace octavo::app
