#include "app/cli/edit_command.h"

#include "app/cli/edit_script.h"
#include "app/cli/plan_list.h"
#include "app/cli/recovery_note.h"
#include "app/cli/saving.h"
#include "core/document/document.h"
#include "core/save/save_plan.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::cli {

using core::Document;
using core::Error;
using core::Result;
using core::Snapshot;
using core::Status;

namespace {

/// How it would be saved; nothing is written.
int plan(Document& document, const core::SaveOptions& options, bool asJson, Output& output) {
    const Result<core::SaveTarget> target = lookAt(core::systemFileSystem(), document.path());
    if (!target) {
        return output.fail(target.error());
    }
    listPlans(planSaves(*target, document.saveRequest(options)), asJson, output);
    return kDone;
}

Result<core::SaveOptions> optionsOf(const Arguments& arguments) {
    core::SaveOptions options;
    options.evenIfDetached = arguments.has("--even-if-detached");
    options.evenIfLocked = arguments.has("--even-if-locked");
    options.keepBackup = arguments.has("--backup");
    for (const std::string_view other :
         {"--strategy", "--backup", "--even-if-detached", "--even-if-locked", "--plan"}) {
        if (arguments.has("--output") && arguments.has(other)) {
            return Error::invalid("edit", "--output leaves the file as it is, so it does not go "
                                          "with " +
                                              std::string(other));
        }
    }
    if (const std::optional<std::string_view> name = arguments.value("--strategy")) {
        options.strategy = core::saveStrategy(*name);
        if (!options.strategy || *options.strategy == core::SaveStrategy::Copy) {
            return Error::invalid("edit", "--strategy is patch, replace or shift");
        }
    }
    return options;
}

int run(const Arguments& arguments, Output& output) {
    const std::optional<std::string_view> script = arguments.value("--script");
    if (!script) {
        return output.fail(
            Error::invalid("edit", "--script is needed (see octavo-cli edit --help)"));
    }
    const bool asJson = arguments.has("--json");
    const Result<core::SaveOptions> options = optionsOf(arguments);
    if (!options) {
        return output.fail(options.error());
    }
    Result<std::unique_ptr<Document>> opened =
        Document::open(core::systemFileSystem(), arguments.operand(0));
    if (!opened) {
        return output.fail(opened.error());
    }
    Document& document = **opened;
    tell(document.recovery(), document.path(), output);
    const Snapshot before = document.snapshot();
    if (const Status applied = applyScript(document, std::string(*script)); !applied) {
        return output.fail(applied.error());
    }
    core::Progress progress;
    if (const Status dropped = dropWhatEqualsTheFile(document, progress); !dropped) {
        return output.fail(dropped.error());
    }
    if (arguments.has("--dry-run")) {
        return listChanges(before, document.snapshot(), asJson, output);
    }
    if (arguments.has("--plan")) {
        return plan(document, *options, asJson, output);
    }
    if (const std::optional<std::string_view> target = arguments.value("--output")) {
        return saveAs(document, std::string(*target), asJson, output);
    }
    if (const Status allowed = checkDevice(document, arguments); !allowed) {
        return output.fail(allowed.error());
    }
    return saveInto(document, *options, asJson, output);
}

}  // namespace

const Command& editCommand() {
    static const Command command{
        {"edit",
         {"FILE"},
         {{"--script", "EDITS", "the file that holds the edits, - for standard input"},
          {"--dry-run", {}, "show what would change and write nothing"},
          {"--plan", {}, "show how it would be saved and write nothing"},
          {"--strategy", "NAME", "save in this way: patch, replace or shift"},
          {"--even-if-detached", {}, "replace the file though other names or owners lose it"},
          {"--even-if-locked", {}, "write though another program holds a lock on FILE"},
          {"--device", {}, "write to FILE though it is a block device"},
          {"--backup", {}, "keep the old content as FILE~"},
          {"--output", "NEW", "write to this file and leave FILE as it is"},
          {"--json", {}, "what is printed as JSON on one line"}}},
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
        "HEX may hold blanks. Blank lines and lines that begin with # are passed over.\n"
        "--dry-run prints a line for each change: offset in the file, kind, length before, length\n"
        "after, bytes before -> bytes after (- for none, the first 32 of many, ?? for one that\n"
        "cannot be read). Bytes that are what they were before, in up to 64 KiB, are no change.\n"
        "JSON: [{\"fileOffset\", \"fileLength\", \"offset\", \"length\", \"kind\", \"before\", \"after\",\n"
        "\"beforeCut\", \"afterCut\"}, ...]: where in the file, where in the edited content, the bytes in\n"
        "hexadecimal; of more than 1024 the first, and then the Cut beside it is true.\n"
        "--plan prints a line for each way of saving, the one that is taken first: its name, bytes to\n"
        "write, bytes shared with the old file, what a crash leaves, what is lost; or why it cannot be\n"
        "taken. JSON: [{\"strategy\", \"applies\", \"bytesToWrite\", \"bytesShared\", \"journalBytes\",\n"
        "\"journalIsBeside\", \"roomNeeded\", \"safety\", \"losses\", \"obstacle\"}, ...].\n"
        "A save prints nothing; JSON: {\"path\", \"strategy\", \"bytesWritten\"}.\n"
        "patch writes the changed bytes into the file; replace writes a new file beside it and renames\n"
        "it, which inserted and deleted bytes need; shift moves the blocks of the file itself, where\n"
        "its file system can, and should meet no power cut. The disk has confirmed all when it is done.\n",
        run};
    return command;
}

}  // namespace octavo::cli
