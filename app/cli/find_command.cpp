#include "app/cli/find_command.h"

#include "app/cli/json_stream.h"
#include "app/cli/recovery_note.h"
#include "app/cli/unreadable_error.h"
#include "core/document/document.h"
#include "core/search/find.h"
#include "core/search/masked_finder.h"

#include <optional>
#include <string>

namespace octavo::cli {

using core::Error;
using core::Offset;
using core::Result;

namespace {

Result<core::Pattern> readPattern(const Arguments& arguments) {
    const std::optional<std::string_view> hex = arguments.value("--hex");
    const std::optional<std::string_view> text = arguments.value("--text");
    if (hex.has_value() == text.has_value()) {
        return Error::invalid("find", "either --hex or --text is needed, and not both");
    }
    return hex ? core::Pattern::fromHex(*hex) : core::Pattern::fromText(*text);
}

Result<core::Extent> readRange(const Arguments& arguments) {
    const Result<Offset> from = arguments.number("--from", 0);
    if (!from) {
        return from.error();
    }
    const Result<Offset> to = arguments.number("--to", core::kMaxLength);
    if (!to) {
        return to.error();
    }
    if (*from > *to) {
        return Error::invalid("find", "--from lies behind --to");
    }
    return core::Extent{*from, *to - *from};
}

/// Puts out matches as they come.
class Matches {
public:
    Matches(Output& output, bool list, bool json) : output_(output), list_(list) {
        if (!json) {
            return;
        }
        json_.emplace(output);
        json_->beginObject();
        if (list_) {
            json_->key("matches");
            json_->beginArray();
        }
    }

    /// False where there is nobody to tell any more.
    bool add(Offset match) {
        ++count_;
        if (!list_) {
            return true;
        }
        if (json_) {
            json_->value(match);
            return !output_.hasFailed();
        }
        return output_.write(std::to_string(match) + '\n');
    }

    void finish(const core::Unreadable& notSearched) {
        if (!json_) {
            if (!list_) {
                output_.write(std::to_string(count_) + '\n');
            }
            return;
        }
        if (list_) {
            json_->end();
        }
        json_->key("count");
        json_->value(count_);
        json_->key("notSearched");
        json_->beginArray();
        for (const core::Extent& extent : notSearched.extents()) {
            json_->value(extent);
        }
        json_->end();
        json_->end();
    }

    Offset count() const { return count_; }

private:
    Output& output_;
    std::optional<JsonStream> json_;
    bool list_;
    Offset count_ = 0;
};

int search(const core::Document& document, const core::Pattern& pattern, core::Extent range,
           const Arguments& arguments, Output& output) {
    const bool onlyOne = !arguments.has("--all") && !arguments.has("--count");
    Matches matches(output, !arguments.has("--count"), arguments.has("--json"));
    core::Progress progress;
    const FlushTimer timer;
    const Result<core::FindAllOutcome> outcome =
        core::findAll(document.snapshot(), core::MaskedFinder(pattern), range, progress,
                      [&](const core::Hit& hit) { return matches.add(hit.offset) && !onlyOne; },
                      {.backward = arguments.has("--backward")});
    if (!outcome) {
        return output.fail(outcome.error());
    }
    const core::Unreadable* const notSearched = &outcome->notSearched;
    matches.finish(*notSearched);
    if (!notSearched->isEmpty()) {
        return output.fail(unreadableError("search", document.path(), *notSearched));
    }
    return matches.count() > 0 ? kDone : kNothingFound;
}

int run(const Arguments& arguments, Output& output) {
    const Result<core::Pattern> pattern = readPattern(arguments);
    if (!pattern) {
        return output.fail(pattern.error());
    }
    const Result<core::Extent> range = readRange(arguments);
    if (!range) {
        return output.fail(range.error());
    }
    if (arguments.has("--all") && arguments.has("--count")) {
        return output.fail(Error::invalid("find", "either --all or --count, not both"));
    }
    const auto document = core::Document::open(core::systemFileSystem(), arguments.operand(0),
                                               core::AccessMode::ReadOnly);
    if (!document) {
        return output.fail(document.error());
    }
    tell((*document)->recovery(), (*document)->path(), output);
    return search(**document, *pattern, *range, arguments, output);
}

}  // namespace

const Command& findCommand() {
    static const Command command{
        {"find",
         {"FILE"},
         {{"--hex", "BYTES", "what to find, as 'DE AD ?? 4? ?F'; ? stands for any digit"},
          {"--text", "TEXT", "what to find, as the bytes of this text"},
          {"--from", "O", "where the first match may begin (0)"},
          {"--to", "O", "where the last match must end (the end of the file)"},
          {"--backward", {}, "from the end to the start"},
          {"--all", {}, "all matches that do not overlap, not only the first"},
          {"--count", {}, "only how many matches there are"},
          {"--json", {}, "as a JSON object on one line"}}},
        "Finds bytes or text and tells the offsets, one a line.",
        "Either --hex or --text is needed. Holes in the file are passed over unread where the\n"
        "bytes sought cannot stand in them.\n"
        "JSON: {\"matches\": [offset, ...], \"count\": n, \"notSearched\": [{\"offset\", "
        "\"length\"},\n"
        "...]}, without \"matches\" for --count.\n"
        "Exit status: 0 found, 1 not found, 2 error, also where something was found but bytes on\n"
        "the way to it could not be read.\n",
        run};
    return command;
}

}  // namespace octavo::cli
