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

    static Copied copyAndOpen(core::FileSystem& fileSystem, core::CopySave& copy,
                              core::Progress& progress);
    bool beginFlush();
    void plan(core::SaveOptions options, bool asksAlways);
    void planned(const Planned& found, core::SaveOptions options, bool asksAlways);
    void writeNow(core::SaveOptions options);
    void runFlush(const std::shared_ptr<core::Save>& save, core::SaveOptions options);
    void flushed(const core::Save& save, const core::Status& status, core::SaveOptions options);
    std::optional<std::string> askForName();
    void runCopy(const std::string& target, bool evenIfSourceChanged = false);
    void runApart(const std::string& target, const core::Snapshot& content,
                  bool evenIfSourceChanged = false);
    std::shared_ptr<core::CopySave> copyOf(const std::string& target, core::Snapshot content,
                                           bool evenIfSourceChanged) const;
    void end(bool succeeded);
    void tellFlushFailed(const core::Error& error, core::SaveOptions options);
    /// A flush with one thing more allowed, to be followed.
    std::function<void()> again(core::SaveOptions options, bool core::SaveOptions::*allowed);
    void tellOverridable(const core::Error& error, const QString& anyway,
                         std::function<void()> again);
    void tellNoRoom(const core::Error& error, core::SaveOptions options);
    void tellSourceChanged(core::SaveOptions options);
    void tellChangedOutside(const core::Error& error, core::SaveOptions options);
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
