#include "app/cli/edit_command.h"

#include "app/cli/change_list.h"
#include "app/cli/edit_script.h"
#include "core/document/document.h"

#include <csignal>
#include <memory>
#include <string>
#include <vector>

namespace octavo::cli {

using core::Change;
using core::Document;
using core::Error;
using core::Result;
using core::Snapshot;
using core::Status;

namespace {

// What the signal handler reaches.
constinit core::Progress gFlushProgress;

/// Turns the signals that ask a program to end into a cancelled flush, which puts the old bytes
/// back, as long as it lives.
class CancelOnSignal {
public:
    CancelOnSignal() {
        struct sigaction action {};
        action.sa_handler = [](int) { gFlushProgress.cancel(); };
        action.sa_flags = SA_RESTART;
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            struct sigaction before {};
            // What nohup and its like have switched off stays off.
            if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) {
                ::sigaction(signal, &action, nullptr);
            }
        }
    }
};

int listChanges(const Snapshot& before, const Snapshot& now, bool asJson, Output& output) {
    ChangeList list(output, asJson);
    now.changesFrom({}, [&](const Change& change) {
        return list.add({change.before.offset,
                         change.now.offset,
                         {before, {change.before.offset.value, change.before.length}},
                         {now, change.now},
                         {}});
    });
    list.finish();
    return kDone;
}

/// Ends the changes, or the parts of them, that put in what stands in the file anyway.
Status dropWhatEqualsTheFile(Document& document, core::Progress& progress) {
    std::vector<core::ChangeId> ids;
    for (const Change& change : document.changes()) {
        ids.push_back(change.id);
    }
    const std::shared_ptr<core::ChangeReview> review =
        document.prepareReview(ids, {.fingerprint = false});
    if (const Status reviewed = review->run(progress); !reviewed) {
        return reviewed;
    }
    document.finishReview(*review);
    return {};
}

Status flush(Document& document) {
    Result<std::shared_ptr<core::Save>> save = document.prepareFlush();
    if (!save && save.error().code == core::ErrorCode::LengthChanged) {
        return Error{core::ErrorCode::LengthChanged, "edit", document.path(), 0,
                     "the script inserts or deletes bytes, which cannot be saved yet; nothing was "
                     "written"};
    }
    if (!save) {
        return save.error();
    }
    const CancelOnSignal guard;
    Status written = (*save)->run(gFlushProgress);
    document.finishFlush(**save);
    return written;
}

int run(const Arguments& arguments, Output& output) {
    const std::optional<std::string_view> script = arguments.value("--script");
    if (!script) {
        return output.fail(
            Error::invalid("edit", "--script is needed (see octavo-cli edit --help)"));
    }
    if (arguments.has("--json") && !arguments.has("--dry-run")) {
        return output.fail(Error::invalid("edit", "--json needs --dry-run"));
    }
    Result<std::unique_ptr<Document>> opened =
        Document::open(core::systemFileSystem(), arguments.operand(0));
    if (!opened) {
        return output.fail(opened.error());
    }
    Document& document = **opened;
    const Snapshot before = document.snapshot();
    if (const Status applied = applyScript(document, std::string(*script)); !applied) {
        return output.fail(applied.error());
    }
    core::Progress progress;
    if (const Status dropped = dropWhatEqualsTheFile(document, progress); !dropped) {
        return output.fail(dropped.error());
    }
    if (arguments.has("--dry-run")) {
        return listChanges(before, document.snapshot(), arguments.has("--json"), output);
    }
    const Status written = flush(document);
    return written ? kDone : output.fail(written.error());
}

}  // namespace

const Command& editCommand() {
    static const Command command{
        {"edit",
         {"FILE"},
         {{"--script", "EDITS", "the file that holds the edits, - for standard input"},
          {"--dry-run", {}, "show what would change and write nothing"},
          {"--json", {}, "with --dry-run: as a JSON array on one line"}}},
        "Changes bytes of a file: all edits of a script or, where one is wrong, none.",
        "EDITS holds one edit a line. They are applied in order, and each offset means the\n"
        "content as it is at that line:\n"
        "  overwrite OFFSET HEX\n"
        "  fill OFFSET LENGTH HEX      (overwrites with HEX over and over)\n"
        "  replace OFFSET LENGTH HEX   (HEX in place of LENGTH bytes)\n"
        "  insert OFFSET HEX\n"
        "  insert-file OFFSET PATH     (the content of another file; PATH is the rest of the line)\n"
        "  delete OFFSET LENGTH\n"
        "  set-size LENGTH             (cuts the end off, or adds zeros)\n"
        "What inserts or deletes goes with --dry-run only: it cannot be saved yet.\n"
        "HEX may hold blanks. Blank lines and lines that begin with # are passed over.\n"
        "--dry-run prints a line for each change: offset in the file, kind, length before, length\n"
        "after, bytes before -> bytes after (- for none, the first 32 of many, ?? for one that\n"
        "cannot be read). Bytes that are what they were before, in up to 64 KiB, are no change.\n"
        "JSON: [{\"fileOffset\", \"fileLength\", \"offset\", \"length\", \"kind\", \"before\", \"after\",\n"
        "\"beforeCut\", \"afterCut\"}, ...]: where in the file, where in the edited content, the bytes in\n"
        "hexadecimal; of more than 1024 the first, and then the Cut beside it is true.\n"
        "Only changed bytes are written, and the disk has confirmed them when it is done.\n",
        run};
    return command;
}

}  // namespace octavo::cli
