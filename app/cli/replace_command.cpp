#include "app/cli/replace_command.h"

#include "app/cli/json_stream.h"
#include "app/cli/query_options.h"
#include "app/cli/recovery_note.h"
#include "app/cli/saving.h"
#include "app/cli/unreadable_error.h"
#include "core/document/document.h"
#include "core/search/replace_all.h"
#include "core/search/replacement_query.h"

#include <string>
#include <vector>

namespace octavo::cli {

using core::Document;
using core::Error;
using core::Result;
using core::SearchQuery;
using core::Status;

namespace {

Error wrong(std::string reason) {
    return Error::invalid("replace", reason);
}

Result<core::Replacement> readReplacement(const Arguments& arguments, const SearchQuery& query) {
    const auto text = arguments.value("--with");
    const auto hex = arguments.value("--with-hex");
    if (text.has_value() == hex.has_value()) {
        return wrong("either --with or --with-hex is needed, and not both");
    }
    return core::makeReplacement(query, hex ? *hex : *text, hex.has_value());
}

Status apply(Document& document, const core::ReplaceAll& found) {
    std::vector<Document::Replacement> replacements;
    replacements.reserve(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        replacements.push_back({found.extent(i), found.bytes(i)});
    }
    return document.replaceMany(replacements);
}

void tellCount(std::size_t count, bool asJson, Output& output) {
    if (!asJson) {
        output.write(std::to_string(count) + '\n');
        return;
    }
    JsonStream json(output);
    json.beginObject();
    json.key("count");
    json.value(static_cast<core::Offset>(count));
    json.end();
}

int run(const Arguments& arguments, Output& output) {
    const Result<SearchQuery> query = readQuery(arguments);
    if (!query) {
        return output.fail(query.error());
    }
    if (const auto finder = core::makeFinder(*query); !finder) {
        return output.fail(finder.error());
    }
    const Result<core::Replacement> replacement = readReplacement(arguments, *query);
    if (!replacement) {
        return output.fail(replacement.error());
    }
    const Result<core::Extent> range = readRange(arguments);
    const Result<core::FindOptions> find = readFindOptions(arguments);
    if (!range || !find) {
        return output.fail(range ? find.error() : range.error());
    }
    const bool asJson = arguments.has("--json");
    const auto opened = Document::open(core::systemFileSystem(), arguments.operand(0));
    if (!opened) {
        return output.fail(opened.error());
    }
    Document& document = **opened;
    tell(document.recovery(), document.path(), output);

    const core::Snapshot before = document.snapshot();
    core::ReplaceAll found(
        before, *query, *range, *replacement,
        {.find = *find, .most = arguments.has("--all") ? core::ReplaceAll::Options::kAll : 1});
    core::Progress progress;
    if (const Status searched = found.run(progress); !searched) {
        return output.fail(searched.error());
    }
    if (!found.notSearched().isEmpty()) {
        return output.fail(unreadableError("search", document.path(), found.notSearched()));
    }
    if (found.size() == 0) {
        tellCount(0, asJson, output);
        return kNothingFound;
    }
    if (const Status applied = apply(document, found); !applied) {
        return output.fail(applied.error());
    }
    if (arguments.has("--dry-run")) {
        return listChanges(before, document.snapshot(), asJson, output);
    }
    int status = kDone;
    if (const auto target = arguments.value("--output")) {
        status = saveAs(document, std::string(*target), false, output);
    } else {
        if (const Status allowed = checkDevice(document, arguments); !allowed) {
            return output.fail(allowed.error());
        }
        core::SaveOptions options;
        options.keepBackup = arguments.has("--backup");
        status = saveInto(document, options, false, output);
    }
    if (status == kDone) {
        tellCount(found.size(), asJson, output);
    }
    return status;
}

}  // namespace

const Command& replaceCommand() {
    static const std::string notes =
        std::string(kQueryHelp) +
        "--with is written as what is sought: for --hex 'EE $1 {n:4}' ($1 is the first position that\n"
        "is not one fixed byte, {n:4} the number of the match in 4 bytes, {n:4be} in big-endian),\n"
        "for --regex text with $1, ${n}, ${n:4}, $$, \\n, \\t, \\\\ and \\xHH, for --text text.\n"
        "Only the first match is replaced without --all. All is saved in one step, or nothing is:\n"
        "where bytes could not be read, or the search was given up, the file stays as it is.\n"
        "The number of places is printed; JSON: {\"count\": n}. --dry-run prints the changes as\n"
        "octavo-cli edit does.\n"
        "Exit status: 0 replaced, 1 not found, 2 error.\n";
    static const Command command{
        {"replace",
         {"FILE"},
         withQueryOptions({{"--with", "WHAT", "what is put in its place"},
                           {"--with-hex", "BYTES", "the same as hexadecimal bytes"},
                           {"--all", {}, "all matches that do not overlap, not only the first"},
                           {"--dry-run", {}, "show what would change and write nothing"},
                           {"--output", "NEW", "write to this file and leave FILE as it is"},
                           {"--backup", {}, "keep the old content as FILE~"},
                           {"--device", {}, "write to FILE though it is a block device"},
                           {"--json", {}, "what is printed as JSON on one line"}})},
        "Replaces what is found: bytes, text, numbers, expressions or strings.",
        notes,
        run};
    return command;
}

}  // namespace octavo::cli
