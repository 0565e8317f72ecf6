#include "app/saver.h"

#include "app/document_text.h"
#include "app/error_text.h"
#include "app/file_name.h"
#include "app/save_plan_text.h"
#include "core/save/save_plan.h"
#include "ui/bridge/write_through.h"
#include "ui/panels/number_text.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace octavo::app {

namespace {

const QString kMessage = QStringLiteral("save");

/// Less room on the disk is not worth a word.
constexpr core::Offset kWorthTelling = core::Offset{1} << 20;
/// So much in place is written in a moment.
constexpr core::Offset kShortPatch = core::Offset{64} << 20;

using File = std::shared_ptr<const core::MappedFile>;
using Options = core::SaveOptions;

}  // namespace

struct Saver::Planned {
    core::Status error;
    std::vector<core::SavePlan> plans;  ///< at least one, where there is no error
    bool isDevice = false;

    static Planned look(core::FileSystem& fileSystem, const core::SaveRequest& request) {
        const core::Result<core::SaveTarget> target = core::lookAt(fileSystem, request.path);
        if (!target)
            return {target.error(), {}, false};
        return {{}, core::planSaves(*target, request), target->isDevice()};
    }
};

struct Saver::Copied {
    core::Status written;
    core::Result<File> file;  ///< the copy, opened, so that the document can go on upon it
};

Saver::Copied Saver::copyAndOpen(core::FileSystem& fileSystem, core::CopySave& copy,
                                 core::Progress& progress) {
    if (const core::Status written = copy.run(progress); !written)
        return {written, written.error()};
    core::Result<std::shared_ptr<core::MappedFile>> file =
        core::MappedFile::open(fileSystem, copy.target());
    if (!file)
        return {{}, std::move(file).error()};
    return {{}, File(*std::move(file))};
}

Saver::Saver(ui::EditorDocument& editor, Environment& environment, ui::MessageArea& messages,
             ui::JobIndicator& jobs, QWidget* window, QObject* parent)
    : QObject(parent)
    , editor_(editor)
    , environment_(environment)
    , messages_(messages)
    , jobs_(jobs)
    , window_(window) {}

bool Saver::isRunning() const {
    return running_ || editor_.writeThrough().isRunning();
}

/// False where there is nothing more to do.
bool Saver::beginFlush() {
    if (isRunning())
        return false;
    messages_.dismiss(kMessage);
    core::Document& document = editor_.document();
    if (document.isUntitled()) {
        saveAs();
        return false;
    }
    if (!document.isModified()) {
        emit noted(tr("Nothing to write"));
        end(true);
        return false;
    }
    return true;
}

void Saver::flush(core::SaveOptions options) {
    flushTask({options, nullptr});
}

void Saver::flushOnly(std::vector<core::ChangeId> changes) {
    flushTask({{}, std::make_shared<const std::vector<core::ChangeId>>(std::move(changes))});
}

void Saver::flushTask(Task task) {
    if (!beginFlush())
        return;
    // What was chosen before, and what can only be a short patch, needs no plan.
    const core::Document& document = editor_.document();
    const bool isDevice = document.file()->openedInfo().kind == core::FileKind::BlockDevice;
    const bool isShort =
        !isDevice && document.pending().bytes <= kShortPatch && requestOf(task).keepsPlaces();
    if (task.options.strategy || isShort)
        return writeNow(task);
    plan(task, false);
}

void Saver::flushWith() {
    planTask({});
}

void Saver::planTask(Task task) {
    if (beginFlush())
        plan(task, true);
}

core::SaveRequest Saver::requestOf(const Task& task) const {
    const core::Document& document = editor_.document();
    return task.only ? document.saveRequest(*task.only, task.options)
                     : document.saveRequest(task.options);
}

/// What a save would do is asked of the file system, so on a worker.
void Saver::plan(const Task& task, bool asksAlways) {
    running_ = true;
    editor_.noteStateChanged();
    core::FileSystem& fileSystem = environment_.fileSystem;
    ui::Job* const job = ui::Job::start(
        tr("Planning how to write %1").arg(nameOf(editor_.document())),
        [&fileSystem, request = requestOf(task)](core::Progress&) {
            return Planned::look(fileSystem, request);
        },
        this, [this, task, asksAlways](const Planned& found) { planned(found, task, asksAlways); });
    jobs_.watch(job);
}

void Saver::planned(const Planned& found, Task task, bool asksAlways) {
    if (!found.error.ok()) {
        tellFlushFailed(found.error.error(), task);
        return end(false);
    }
    if (!asksAlways && isTrivial(found.plans.front(), found.isDevice))
        return writeNow(task);
    const QPointer<Saver> self(this);
    const PlanAnswer answer = environment_.dialogs.howToSave(
        window_, nameOf(editor_.document()), found.plans, found.isDevice, task.options);
    if (!self)
        return;
    running_ = false;
    if (answer == PlanAnswer::SaveAs)
        return saveAs();
    if (answer == PlanAnswer::Write)
        return writeNow(task);
    end(false);
}

void Saver::writeNow(const Task& task) {
    core::Document& document = editor_.document();
    const auto save = task.only ? document.prepareFlush(*task.only, task.options)
                                : document.prepareFlush(task.options);
    if (!save) {
        tellFlushFailed(save.error(), task);
        return end(false);
    }
    runFlush(*save, task);
}

void Saver::runFlush(const std::shared_ptr<core::Save>& save, const Task& task) {
    running_ = true;
    editor_.noteStateChanged();
    ui::Job* const job = ui::Job::start(
        tr("Writing %1").arg(nameOf(editor_.document())), editor_.work(save), this,
        [this, save, task](const core::Status& status) { flushed(*save, status, task); });
    jobs_.watch(job);
}

void Saver::flushed(const core::Save& save, const core::Status& status, const Task& task) {
    editor_.finishFlush(save);
    if (status)
        emit noted(writtenText(save, task));
    else if (status.error().code == core::ErrorCode::Cancelled)
        emit noted(tr("Stopped; the file is as it was"));
    else
        tellFlushFailed(status.error(), task);
    end(status.ok());
}

QString Saver::writtenText(const core::Save& save, const Task& task) const {
    QString text = tr("Written: %1").arg(ui::byteCountText(save.bytesWritten()));
    if (task.only) {
        const std::set<core::ChangeId> chosen(task.only->begin(), task.only->end());
        const auto more = std::ranges::count_if(save.changes(), [&](const core::Change& change) {
            return !chosen.contains(change.id);
        });
        if (more > 0)
            text = tr("%1, with %2 that the chosen ones were typed over")
                       .arg(text, changeCountText(static_cast<std::size_t>(more)));
    }
    if (save.bytesHeld() >= kWorthTelling)
        text = tr("%1. For undo the old file stays on the disk until it is closed: %2")
                   .arg(text, ui::sizeText(save.bytesHeld()));
    return text;
}

/// Nothing where the user changed their mind, or this is gone.
std::optional<std::string> Saver::askForName() {
    messages_.dismiss(kMessage);
    const core::Document& document = editor_.document();
    // Where the file has gone its folder may be gone too, and looking there may take for ever.
    const core::FileEvent event = document.outsideEvent();
    const bool isThere = event != core::FileEvent::Gone && event != core::FileEvent::Deleted;
    running_ = true;
    const QPointer<Saver> self(this);
    std::optional<std::string> target = environment_.dialogs.fileToSave(
        window_, isThere ? document.path() : std::string(lastPart(document.path())));
    if (!self)
        return std::nullopt;
    if (!target)
        end(false);
    return target;
}

void Saver::saveAs() {
    if (isRunning())
        return;
    if (const std::optional<std::string> target = askForName())
        runCopy(*target);
}

void Saver::saveCopy() {
    saveSelection({0, editor_.document().length()});
}

void Saver::saveSelection(core::Extent extent) {
    if (isRunning())
        return;
    // What is shown now, however long the name is thought about.
    const core::Snapshot whole = editor_.document().snapshot();
    const auto part = core::Document::untitled();
    const core::Status taken = part->replace({0, 0}, core::Content::of(whole, extent));
    if (const std::optional<std::string> target = taken ? askForName() : std::nullopt)
        runApart(*target, part->snapshot());
}

std::shared_ptr<core::CopySave> Saver::copyOf(const std::string& target, core::Snapshot content,
                                              bool evenIfSourceChanged) const {
    const core::Document& document = editor_.document();
    const File file = document.file();
    const auto forbidden =
        file ? std::optional(file->openedInfo().identity) : std::optional<core::FileIdentity>();
    auto copy = std::make_shared<core::CopySave>(environment_.fileSystem, target,
                                                 std::move(content), forbidden);
    if (!evenIfSourceChanged)
        copy->checkSources(document.version());
    return copy;
}

void Saver::runCopy(const std::string& target, bool evenIfSourceChanged) {
    running_ = true;
    core::Result<core::Snapshot> snapshot = editor_.document().beginCopy();
    if (!snapshot) {
        tellCopyFailed(snapshot.error(), {});
        return end(false);
    }
    core::FileSystem& fileSystem = environment_.fileSystem;
    const auto copy = copyOf(target, *std::move(snapshot), evenIfSourceChanged);
    ui::Job* const job = ui::Job::start(
        tr("Writing %1").arg(displayName(target)),
        [copy, &fileSystem](core::Progress& progress) {
            return copyAndOpen(fileSystem, *copy, progress);
        },
        this, [this, copy](const Copied& outcome) { copied(*copy, outcome); });
    jobs_.watch(job);
}

void Saver::runApart(const std::string& target, const core::Snapshot& content,
                     bool evenIfSourceChanged) {
    running_ = true;
    const auto copy = copyOf(target, content, evenIfSourceChanged);
    const auto done = [this, copy](const core::Status& status) {
        if (status)
            emit noted(tr("Written: %1").arg(ui::byteCountText(copy->snapshot().length())));
        else if (status.error().code == core::ErrorCode::Cancelled)
            emit noted(tr("Stopped; nothing was saved"));
        else
            tellCopyFailed(status.error(),
                           [this, copy] { runApart(copy->target(), copy->snapshot(), true); });
        end(status.ok());
    };
    ui::Job* const job = ui::Job::start(
        tr("Writing %1").arg(displayName(target)),
        [copy](core::Progress& progress) { return copy->run(progress); }, this, done);
    jobs_.watch(job);
}

void Saver::copied(const core::CopySave& copy, const Copied& outcome) {
    if (!outcome.written || !outcome.file)
        editor_.cancelCopy();
    if (!outcome.written) {
        if (outcome.written.error().code == core::ErrorCode::Cancelled)
            emit noted(tr("Stopped; nothing was saved"));
        else
            tellCopyFailed(outcome.written.error(),
                           [this, target = copy.target()] { runCopy(target, true); });
        return end(false);
    }
    if (!outcome.file) {
        tellCopyNotOpened(copy.target(), outcome.file.error());
        return end(false);
    }
    const core::Offset length = copy.snapshot().length();
    editor_.finishCopy(*outcome.file);
    environment_.settings.addRecentFile(editor_.document().path());
    emit noted(tr("Written: %1").arg(ui::byteCountText(length)));
    end(true);
}

void Saver::end(bool succeeded) {
    running_ = false;
    emit finished(succeeded);
}

void Saver::tellFlushFailed(const core::Error& error, const Task& task) {
    if (error.code == core::ErrorCode::ChangedOutside)
        return tellChangedOutside(error, task);
    if (error.code == core::ErrorCode::SourceChanged)
        return tellSourceChanged(task);
    if (error.code == core::ErrorCode::NoRoomToKeep)
        return tellNoRoom(error, task);
    if (error.code == core::ErrorCode::Detached)
        return tellOverridable(error, tr("Replace it anyway"),
                               again(task, &Options::evenIfDetached));
    if (error.code == core::ErrorCode::Locked && !task.options.evenIfLocked)
        return tellOverridable(error, tr("Write it anyway"), again(task, &Options::evenIfLocked));
    messages_.tell(
        kMessage,
        {ui::Message::Kind::Warning,
         tr("%1 could not be written: %2.").arg(nameOf(editor_.document()), reasonText(error)),
         {{tr("Try again"),
           [this, only = task.only] {
               flushTask({{}, only});
           }},
          {tr("Save as…"), [this] { saveAs(); }}}});
}

void Saver::tellOverridable(const core::Error& error, const QString& anyway,
                            std::function<void()> again) {
    messages_.tell(
        kMessage, {ui::Message::Kind::Warning,
                   tr("%1 was not written: %2.").arg(nameOf(editor_.document()), reasonText(error)),
                   {{anyway, std::move(again)}, {tr("Save as…"), [this] { saveAs(); }}}});
}

std::function<void()> Saver::again(Task task, bool core::SaveOptions::*allowed) {
    task.options.*allowed = true;
    return [this, task] { flushTask(task); };
}

void Saver::tellNoRoom(const core::Error& error, const Task& task) {
    messages_.tell(
        kMessage,
        {ui::Message::Kind::Warning,
         tr("%1 was not written: there is no room for the old bytes that undo needs (%2).")
             .arg(nameOf(editor_.document()), reasonText(error)),
         {{tr("Write and give up undo"), again(task, &Options::giveUpUndo)},
          {tr("Flush with…"),
           [this, only = task.only] {
               planTask({{}, only});
           }},
          {tr("Save as…"), [this] { saveAs(); }}}});
}

void Saver::tellSourceChanged(const Task& task) {
    messages_.tell(
        kMessage,
        {ui::Message::Kind::Warning,
         tr("%1 was not written: a file that some of the pasted bytes come from is not what it "
            "was.")
             .arg(nameOf(editor_.document())),
         {{tr("Write what it holds now"), again(task, &Options::evenIfSourceChanged)},
          {tr("Save as…"), [this] { saveAs(); }}}});
}

void Saver::tellChangedOutside(const core::Error& error, const Task& task) {
    const core::FileEvent event = editor_.document().outsideEvent();
    // Only new times and more or other bytes can be written over; a file that is another one or
    // too short is refused however often one asks.
    const bool mayInsist = !task.options.evenIfChangedOutside && event <= core::FileEvent::Appended;
    ui::Message message;
    message.kind = ui::Message::Kind::Warning;
    message.text = tr("%1 was not written, as it is not what it was: %2.")
                       .arg(nameOf(editor_.document()), reasonText(error));
    if (mayInsist)
        message.links.push_back(
            {tr("Write my changes anyway"), again(task, &Options::evenIfChangedOutside)});
    message.links.push_back({tr("Reload"), [this] { emit reloadWanted(); }});
    message.links.push_back({tr("Save as…"), [this] { saveAs(); }});
    messages_.tell(kMessage, message);
}

void Saver::tellCopyFailed(const core::Error& error, const std::function<void()>& anyway) {
    ui::Message message;
    message.kind = ui::Message::Kind::Warning;
    message.text = tr("%1 could not be saved: %2.").arg(displayName(error.path), reasonText(error));
    if (error.code == core::ErrorCode::SourceChanged && anyway)
        message.links.push_back({tr("Write what it holds now"), anyway});
    message.links.push_back({tr("Save as…"), [this] { saveAs(); }});
    messages_.tell(kMessage, message);
}

void Saver::tellCopyNotOpened(const std::string& target, const core::Error& error) {
    messages_.tell(kMessage,
                   {ui::Message::Kind::Warning,
                    tr("Everything was written to %1, but that file could not be opened: %2. "
                       "This is still the document from before.")
                        .arg(displayName(target), reasonText(error)),
                    {}});
}

}  // namespace octavo::app
