#include "app/saver.h"

#include "app/error_text.h"
#include "app/file_name.h"
#include "ui/panels/number_text.h"

#include <utility>

namespace octavo::app {

namespace {

const QString kMessage = QStringLiteral("save");

using File = std::shared_ptr<const core::MappedFile>;

/// Writes the copy and opens it, so that the document can go on upon it.
core::Result<File> copyAndOpen(core::FileSystem& fileSystem, core::CopySave& copy,
                               core::Progress& progress) {
    if (const core::Status written = copy.run(progress); !written)
        return written.error();
    core::Result<std::shared_ptr<core::MappedFile>> file =
        core::MappedFile::open(fileSystem, copy.target());
    if (!file)
        return std::move(file).error();
    return File(*std::move(file));
}

}  // namespace

Saver::Saver(ui::EditorDocument& editor, Environment& environment, ui::MessageArea& messages,
             ui::JobIndicator& jobs, QWidget* window, QObject* parent)
    : QObject(parent)
    , editor_(editor)
    , environment_(environment)
    , messages_(messages)
    , jobs_(jobs)
    , window_(window) {}

QString Saver::name() const {
    const core::Document& document = editor_.document();
    return document.isUntitled() ? tr("Untitled") : displayName(document.path());
}

void Saver::flush(core::PatchSave::Options options) {
    if (running_)
        return;
    messages_.dismiss(kMessage);
    core::Document& document = editor_.document();
    if (document.isUntitled())
        return saveAs();
    if (!document.isModified()) {
        emit noted(tr("Nothing to write"));
        return end(true);
    }
    const auto save = document.prepareFlush(options);
    if (!save) {
        tellFlushFailed(save.error());
        return end(false);
    }
    runFlush(*save);
}

void Saver::runFlush(const std::shared_ptr<core::PatchSave>& save) {
    running_ = true;
    editor_.noteStateChanged();
    ui::Job* const job = ui::Job::start(
        tr("Writing %1").arg(name()),
        [save](core::Progress& progress) { return save->run(progress); }, this,
        [this, save](const core::Status& status) { flushed(*save, status); });
    jobs_.watch(job);
}

void Saver::flushed(const core::PatchSave& save, const core::Status& status) {
    editor_.document().finishFlush(save);
    editor_.noteStateChanged();
    if (status)
        emit noted(tr("Written: %1").arg(ui::byteCountText(save.bytesWritten())));
    else if (status.error().code == core::ErrorCode::Cancelled)
        emit noted(tr("Stopped; the file is as it was"));
    else
        tellFlushFailed(status.error());
    end(status.ok());
}

void Saver::saveAs() {
    if (running_)
        return;
    messages_.dismiss(kMessage);
    const std::optional<std::string> target =
        environment_.dialogs.fileToSave(window_, editor_.document().path());
    if (!target)
        return end(false);
    runCopy(*target);
}

void Saver::runCopy(const std::string& target) {
    running_ = true;
    const File file = editor_.document().file();
    const auto forbidden =
        file ? std::optional(file->openedInfo().identity) : std::optional<core::FileIdentity>();
    core::FileSystem& fileSystem = environment_.fileSystem;
    const auto copy = std::make_shared<core::CopySave>(fileSystem, target,
                                                       editor_.document().snapshot(), forbidden);
    ui::Job* const job = ui::Job::start(
        tr("Writing %1").arg(displayName(target)),
        [copy, &fileSystem](core::Progress& progress) {
            return copyAndOpen(fileSystem, *copy, progress);
        },
        this,
        [this, copy](core::Result<File> opened) {
            if (opened) {
                const core::Offset length = copy->snapshot().length();
                editor_.document().finishCopy(*std::move(opened), copy->snapshot());
                editor_.noteStateChanged();
                environment_.settings.addRecentFile(editor_.document().path());
                emit noted(tr("Written: %1").arg(ui::byteCountText(length)));
                return end(true);
            }
            if (opened.error().code == core::ErrorCode::Cancelled)
                emit noted(tr("Stopped; nothing was saved"));
            else
                tellCopyFailed(opened.error());
            end(false);
        });
    jobs_.watch(job);
}

void Saver::end(bool succeeded) {
    running_ = false;
    emit finished(succeeded);
}

void Saver::tellFlushFailed(const core::Error& error) {
    ui::Message message;
    message.kind = ui::Message::Kind::Warning;
    const ui::Message::Link elsewhere{tr("Save as…"), [this] { saveAs(); }};
    switch (error.code) {
    case core::ErrorCode::LengthChanged:
        message.kind = ui::Message::Kind::Notice;
        message.text = tr("Bytes were inserted or deleted. This version writes only changes of "
                          "equal length into the file itself; save the result as a new file.");
        message.links = {elsewhere};
        break;
    case core::ErrorCode::ChangedOutside:
        message.text = tr("%1 was changed by another program. Nothing was written.").arg(name());
        message.links = {
            {tr("Write my changes anyway"), [this] { flush({.evenIfChangedOutside = true}); }},
            {tr("Reload"), [this] { emit reloadWanted(); }}};
        break;
    default:
        message.text = tr("%1 could not be written: %2.").arg(name(), reasonText(error));
        message.links = {{tr("Try again"), [this] { flush(); }}, elsewhere};
    }
    messages_.tell(kMessage, message);
}

void Saver::tellCopyFailed(const core::Error& error) {
    messages_.tell(
        kMessage, {ui::Message::Kind::Warning,
                   tr("%1 could not be saved: %2.").arg(displayName(error.path), reasonText(error)),
                   {{tr("Save as…"), [this] { saveAs(); }}}});
}

}  // namespace octavo::app
