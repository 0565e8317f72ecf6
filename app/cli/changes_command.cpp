#include "app/cli/changes_command.h"

#include "app/cli/change_list.h"
#include "core/document/edit_log_folder.h"
#include "core/document/logged_source.h"
#include "core/document/recovered_edits.h"
#include "core/document/recovery_fit.h"
#include "core/save/recover_save.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace octavo::cli {

using core::Change;
using core::ChangeId;
using core::Error;
using core::FileInfo;
using core::FileVersion;
using core::MappedFile;
using core::Offset;
using core::PieceTree;
using core::RecoveredEdits;
using core::Result;
using core::Snapshot;

namespace {

std::string_view nameOf(core::Fit fit) {
    switch (fit) {
    case core::Fit::Fits:
        return "fits";
    case core::Fit::DoesNotFit:
        return "does not fit";
    case core::Fit::CannotTell:
        break;
    }
    return "cannot tell";
}

std::string_view nameOf(core::FitReason reason) {
    switch (reason) {
    case core::FitReason::FileUnchanged:
        return "the file is what it was";
    case core::FitReason::BytesUnchanged:
        return "the bytes that it replaces are what they were";
    case core::FitReason::BytesChanged:
        return "other bytes stand there now";
    case core::FitReason::BehindTheEnd:
        return "the file is shorter now";
    case core::FitReason::NoFile:
        return "the file is not there";
    case core::FitReason::NotLookedAt:
        return "the bytes that it replaces were not looked at before the end";
    case core::FitReason::TooLong:
        return "what was looked at agrees, but that is not every byte";
    case core::FitReason::OfChangedFile:
        return "it shows other bytes of the file, which has changed";
    case core::FitReason::SourceChanged:
        return "it shows bytes of another file, which is not what it was";
    case core::FitReason::ContentMissing:
        return "its bytes are not in the log";
    case core::FitReason::FlushUndecided:
        break;
    }
    return "a flush may have written it";
}

/// The file that was edited, as it is now.
struct EditedFile {
    std::shared_ptr<const FileVersion> version;  ///< nothing where it is not there
    FileInfo info;
    std::string path;  ///< with symbolic links followed
};

Result<EditedFile> openFile(const std::string& path) {
    core::FileSystem& fileSystem = core::systemFileSystem();
    Result<std::shared_ptr<MappedFile>> file = core::openRecovered(fileSystem, path);
    if (!file) {
        return std::move(file).error();
    }
    const FileInfo info = (*file)->openedInfo();
    Result<std::string> resolved = fileSystem.resolve(path);
    return EditedFile{FileVersion::first(*std::move(file)), info,
                      resolved ? *std::move(resolved) : path};
}

/// Brings the edits over to the file as the flush has left it of which the log tells the beginning
/// and not the end. Returns what became of it.
std::string_view decideFlush(RecoveredEdits& edits, const EditedFile& file) {
    core::FlushDecision decision;
    if (file.version) {
        decision = core::decideByContent(edits, *file.version, file.version->file()->length());
    }
    const bool isAsBefore = decision.outcome == core::FlushOutcome::OldContent &&
                            file.info.looksLike(edits.file().info);
    edits.settleFlush(decision, isAsBefore ? &file.info : nullptr);
    switch (decision.outcome) {
    case core::FlushOutcome::OldContent:
        return "nothing of it stands in the file";
    case core::FlushOutcome::NewContent:
        return "all of it stands in the file";
    case core::FlushOutcome::SomeWritten:
        return "a part of it stands in the file, and only the rest is listed";
    case core::FlushOutcome::Unknown:
        break;
    }
    return "what it has written is not known";
}

/// The changes of one log, for a list.
class LoggedChanges {
public:
    LoggedChanges(const RecoveredEdits& edits, const EditedFile& file, const std::string& log)
        : edits_(edits), log_(log) {
        for (const core::ChangeFit& fit : core::fit(edits, file.version.get(), file.info)) {
            fits_[fit.id] = fit;
        }
        // What lies behind the end of the file, or in no file at all, cannot be read.
        const auto source = std::make_shared<core::LoggedSource>();
        if (file.version) {
            source->setRest(file.version, file.version->file()->length());
        }
        const auto sources = std::make_shared<core::SourceTable>();
        const core::SourceId id = sources->add(source);
        PieceTree tree;
        if (const Offset length = edits.snapshot().tree().fileLength(); length > 0) {
            tree = PieceTree(core::Piece::inPlace(0, length, id));
        }
        before_ = Snapshot(tree, sources, 0);
    }

    void listIn(ChangeList& list) const {
        edits_.snapshot().changesFrom({}, [&](const Change& change) {
            return change.isOff ? listOff(change, list)
                                : listWith(change, {edits_.snapshot(), change.now}, list);
        });
    }

private:
    /// As it would be if it were on.
    bool listOff(const Change& change, ChangeList& list) const {
        PieceTree tree;
        const auto& allPieces = edits_.facts().switchedOff;
        if (const auto pieces = allPieces.find(change.id); pieces != allPieces.end()) {
            tree.replace({}, {}, pieces->second);
        }
        const Snapshot after(tree, edits_.snapshot().sources(), 0);
        return listWith(change, {after, {0, after.length()}}, list);
    }

    bool listWith(const Change& change, const ListedChange::Side& after, ChangeList& list) const {
        const core::LoggedFacts& facts = edits_.facts();
        const core::ChangeFit& fit = fits_.at(change.id);
        ListedChange::Logged logged{log_, nameOf(fit.fit), nameOf(fit.reason), change.isOff, {}, 0};
        if (const auto name = facts.names.find(change.id); name != facts.names.end()) {
            logged.name = name->second;
        }
        if (const auto record = facts.changes.find(change.id); record != facts.changes.end()) {
            const auto transaction = facts.transactions.find(record->second.transaction);
            logged.timeNs =
                transaction == facts.transactions.end() ? 0 : transaction->second.timeNs;
        }
        return list.add({change.before.offset,
                         change.now.offset,
                         {before_, {change.before.offset.value, change.before.length}},
                         after,
                         logged});
    }

    const RecoveredEdits& edits_;
    const std::string& log_;
    std::unordered_map<ChangeId, core::ChangeFit> fits_;
    Snapshot before_;  // the file, as long as it was
};

/// Lists what logs hold, one after the other.
class LogLister {
public:
    LogLister(Output& output, bool asJson) : output_(output), list_(output, asJson) {}

    void list(const std::string& log, RecoveredEdits& edits, const EditedFile& file) {
        if (edits.openFlush() != nullptr) {
            say(log, "a flush was under way: " + std::string(decideFlush(edits, file)));
        }
        if (edits.bytesLost() > 0) {
            say(log, "the last " + std::to_string(edits.bytesLost()) +
                         " bytes are damaged or not whole: the last edits are missing");
        }
        if (edits.isEmpty()) {
            return;
        }
        list_.note(log + " of " +
                   (edits.isUntitled() ? "an untitled document" : edits.file().path));
        LoggedChanges(edits, file, log).listIn(list_);
        hasFound_ = true;
    }

    void say(const std::string& log, const std::string& words) {
        output_.warn("changes " + core::printable(log) + ": " + words);
    }

    /// Returns the exit status.
    int finish() {
        list_.finish();
        return hasFound_ ? kDone : kNothingFound;
    }

private:
    Output& output_;
    ChangeList list_;
    bool hasFound_ = false;
};

int listLog(const std::string& log, RecoveredEdits& edits, bool asJson, Output& output) {
    EditedFile file;
    if (!edits.isUntitled()) {
        // Where it is not there, that is said of each change.
        if (Result<EditedFile> opened = openFile(edits.file().path)) {
            file = *std::move(opened);
        }
    }
    LogLister lister(output, asJson);
    lister.list(log, edits, file);
    return lister.finish();
}

/// A log is of the file where it names the same one. Where a save or another program has put a new
/// file in its place, it is of the file with the same name.
bool isOf(const core::FoundLog& found, const EditedFile& file) {
    const core::LoggedFile& logged = found.base.file;
    return !found.base.isUntitled() &&
           (logged.info.identity == file.info.identity || logged.path == file.path);
}

int listLogsOf(const std::string& path, bool asJson, Output& output) {
    const Result<EditedFile> file = openFile(path);
    if (!file) {
        return output.fail(file.error());
    }
    const Result<std::string> folder = core::recoveryFolder();
    if (!folder) {
        return output.fail(folder.error());
    }
    Result<std::vector<core::FoundLog>> found =
        core::findEditLogs(core::systemFileSystem(), *folder);
    if (!found) {
        return output.fail(found.error());
    }
    std::erase_if(*found, [&](const core::FoundLog& log) { return !isOf(log, *file); });

    LogLister lister(output, asJson);
    std::optional<Error> failure;
    for (core::FoundLog& log : *found) {
        if (!log.isLeftBehind()) {
            lister.say(log.path, "a running Octavo has the file open and writes this log");
        }
        // Whoever starts now and wants to recover them shall find the logs.
        log.claim.reset();
        Result<RecoveredEdits> edits = core::readEditLog(core::systemFileSystem(), log.path);
        if (edits) {
            lister.list(log.path, *edits, *file);
        } else {
            failure = edits.error();
        }
    }
    const int status = lister.finish();
    return failure ? output.fail(*failure) : status;
}

int run(const Arguments& arguments, Output& output) {
    const std::string& path = arguments.operand(0);
    const bool asJson = arguments.has("--json");
    // Many a file that is no log of ours has such a name.
    if (path.ends_with(".log")) {
        Result<RecoveredEdits> edits = core::readEditLog(core::systemFileSystem(), path);
        if (edits) {
            return listLog(path, *edits, asJson, output);
        }
        if (edits.error().code != core::ErrorCode::UnsupportedFile) {
            return output.fail(edits.error());
        }
    }
    return listLogsOf(path, asJson, output);
}

}  // namespace

const Command& changesCommand() {
    static const Command command{
        {"changes", {"FILE"}, {{"--json", {}, "as a JSON array on one line"}}},
        "Lists pending changes of a file that a run of octavo left behind without saving.",
        "FILE is the edited file, or an edit log itself. The logs are in octavo/edits in\n"
        "$XDG_STATE_HOME, or in ~/.local/state. Nothing is applied, and no log is changed.\n"
        "After a line with # for each log there is a line for each change, as edit --dry-run has it,\n"
        "and behind it: whether it fits the file as it is now (fits, does not fit, cannot tell) and\n"
        "why; on or off; when it was made (UTC); its name. The bytes before are those that stand in\n"
        "the file now, those of a change that is off are what it would bring.\n"
        "JSON: [{\"fileOffset\", \"fileLength\", \"offset\", \"length\", \"kind\", \"before\", \"after\",\n"
        "\"beforeCut\", \"afterCut\", \"log\", \"fit\", \"reason\", \"off\", \"name\", \"time\"}, ...]: as edit\n"
        "--dry-run --json has it, and the log that it is from.\n"
        "Standard error tells where the end of a log is lost, where a flush was under way and what\n"
        "became of it, and where a running octavo owns a log.\n"
        "Exit status: 0 there are changes, 1 there are none, 2 error.\n",
        run};
    return command;
}

}  // namespace octavo::cli
