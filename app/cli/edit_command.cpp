#include "app/cli/edit_command.h"

#include "app/cli/edit_script.h"
#include "core/document/document.h"

#include <algorithm>
#include <csignal>
#include <string>

namespace octavo::cli {

using core::Change;
using core::Document;
using core::Error;
using core::Offset;
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

std::string_view nameOf(core::ChangeKind kind) {
    switch (kind) {
    case core::ChangeKind::Overwritten:
        return "overwritten";
    case core::ChangeKind::Inserted:
        return "inserted";
    case core::ChangeKind::Deleted:
        return "deleted";
    case core::ChangeKind::Replaced:
        break;
    }
    return "replaced";
}

/// The bytes of the extent in hexadecimal, cut where they are many; "-" where there are none.
std::string shown(const Snapshot& snapshot, core::Extent extent) {
    constexpr Offset kMostShown = 32;
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (extent.isEmpty()) {
        return "-";
    }
    core::Bytes bytes(static_cast<std::size_t>(std::min(extent.length, kMostShown)));
    const core::Unreadable unreadable = snapshot.read(extent.offset, bytes);
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (unreadable.contains(extent.offset + static_cast<Offset>(i))) {
            text += "??";
        } else {
            text += {kDigits[bytes[i] >> 4U], kDigits[bytes[i] & 0xFU]};
        }
    }
    return extent.length > kMostShown ? text + "..." : text;
}

int printChanges(const Snapshot& before, const Snapshot& now, Output& output) {
    for (const Change& change : now.changes()) {
        const core::Extent old{change.before.offset.value, change.before.length};
        std::string line = std::to_string(old.offset);
        line += ' ';
        line += nameOf(change.kind());
        line += ' ' + std::to_string(old.length) + ' ' + std::to_string(change.now.length);
        line += ' ' + shown(before, old) + " -> " + shown(now, change.now) + '\n';
        if (!output.write(line)) {
            break;
        }
    }
    return kDone;
}

Status flush(Document& document) {
    Result<std::shared_ptr<core::PatchSave>> save = document.prepareFlush();
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
    if (arguments.has("--dry-run")) {
        return printChanges(before, document.snapshot(), output);
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
          {"--dry-run", {}, "show what would change and write nothing"}}},
        "Changes bytes of a file: all edits of a script or, where one is wrong, none.",
        "EDITS holds one edit a line. They are applied in order, and each offset means the\n"
        "content as it is at that line:\n"
        "  overwrite OFFSET HEX\n"
        "  fill OFFSET LENGTH HEX    (overwrites with HEX over and over)\n"
        "  insert OFFSET HEX         (with --dry-run only: it cannot be saved yet)\n"
        "  delete OFFSET LENGTH      (with --dry-run only: it cannot be saved yet)\n"
        "HEX may hold blanks. Blank lines and lines that begin with # are passed over.\n"
        "--dry-run prints a line for each change: offset in the file, kind, length before, length\n"
        "after, bytes before -> bytes after (- for none, the first 32 of many).\n"
        "Only changed bytes are written, and the disk has confirmed them when it is done.\n",
        run};
    return command;
}

}  // namespace octavo::cli
