#include "app/cli/find_command.h"

#include "app/cli/input.h"
#include "app/cli/json_stream.h"
#include "app/cli/query_options.h"
#include "app/cli/recovery_note.h"
#include "app/cli/unreadable_error.h"
#include "core/document/document.h"
#include "core/search/find.h"
#include "core/search/hit_text.h"

#include <optional>
#include <string>

namespace octavo::cli {

using core::Error;
using core::Hit;
using core::Offset;
using core::Result;

namespace {

/// Puts out matches as they come.
class Matches {
public:
    struct Shape {
        bool isList = true;
        bool isJson = false;
        std::optional<Offset> context;
        bool showsStrings = false;
    };

    Matches(Output& output, const core::Snapshot& snapshot, const core::SearchQuery& query,
            Shape shape)
        : output_(output)
        , snapshot_(snapshot)
        , query_(query)
        , names_(core::alternativeNames(query))
        , shape_(shape) {
        if (!shape_.isJson) {
            return;
        }
        json_.emplace(output);
        json_->beginObject();
        if (shape_.isList) {
            json_->key("matches");
            json_->beginArray();
        }
    }

    /// False where there is nobody to tell any more.
    bool add(const Hit& hit) {
        ++count_;
        if (!shape_.isList) {
            return true;
        }
        if (json_) {
            addJson(hit);
            return !output_.hasFailed();
        }
        line_ = std::to_string(hit.offset);
        if (shape_.showsStrings) {
            line_ += '\t' + text(hit);
        }
        if (shape_.context) {
            const core::HitContext context = core::readContext(snapshot_, hit, *shape_.context);
            line_ += '\t' + core::hexText(context.before) + '[' + core::hexText(context.bytes) +
                     ']' + core::hexText(context.after);
        }
        if (hit.alternative < names_.size()) {
            line_ += '\t' + names_[hit.alternative];
        }
        if (hit.cut) {
            line_ += "\tcut";
        }
        line_ += '\n';
        return output_.write(line_);
    }

    void finish(const core::FindAllOutcome& outcome) {
        if (!json_) {
            if (!shape_.isList) {
                output_.write(std::to_string(count_) + '\n');
            }
            return;
        }
        if (shape_.isList) {
            json_->end();
        }
        json_->key("count");
        json_->value(count_);
        json_->key("notSearched");
        json_->beginArray();
        for (const core::Extent& extent : outcome.notSearched.extents()) {
            json_->value(extent);
        }
        json_->end();
        if (outcome.stoppedAt) {
            json_->key("stoppedAt");
            json_->value(*outcome.stoppedAt);
        }
        json_->end();
    }

    Offset count() const { return count_; }

private:
    std::string text(const Hit& hit) const {
        const core::HitContext context = core::readContext(snapshot_, hit, 0);
        return core::hitText(query_, context.bytes) + (context.hasMore ? "..." : "");
    }

    void addJson(const Hit& hit) {
        json_->beginObject();
        json_->key("offset");
        json_->value(hit.offset);
        json_->key("length");
        json_->value(hit.length);
        if (hit.alternative < names_.size()) {
            json_->key("as");
            json_->value(std::string_view(names_[hit.alternative]));
        }
        if (hit.cut) {
            json_->key("cut");
            json_->flag(true);
        }
        if (shape_.showsStrings) {
            json_->key("text");
            json_->value(std::string_view(text(hit)));
        }
        if (shape_.context) {
            const core::HitContext context = core::readContext(snapshot_, hit, *shape_.context);
            for (const auto& [name, bytes] :
                 {std::pair{"before", &context.before}, std::pair{"bytes", &context.bytes},
                  std::pair{"after", &context.after}}) {
                json_->key(name);
                json_->value(std::string_view(core::hexText(*bytes)));
            }
        }
        json_->end();
    }

    Output& output_;
    const core::Snapshot& snapshot_;
    const core::SearchQuery& query_;
    const std::vector<std::string> names_;
    const Shape shape_;
    std::optional<JsonStream> json_;
    std::string line_;
    Offset count_ = 0;
};

Error stoppedError(const std::string& path, Offset count, Offset at) {
    return Error{core::ErrorCode::TooLarge, "search", path, 0,
                 "stopped at offset " + std::to_string(at) + " after " + std::to_string(count) +
                     " matches: to find them costs far more than to read the bytes; "
                     "narrow what is sought"};
}

Result<core::FindAllOutcome> search(const core::Snapshot& snapshot, const core::Finder& finder,
                                    core::Extent range, const core::FindOptions& options,
                                    bool onlyOne, Matches& matches) {
    core::Progress progress;
    if (!onlyOne) {
        return core::findAll(
            snapshot, finder, range, progress, [&](const Hit& hit) { return matches.add(hit); },
            options);
    }
    const auto outcome = core::findFirst(snapshot, finder, range, progress, options);
    if (!outcome) {
        return outcome.error();
    }
    if (outcome->match) {
        matches.add(*outcome->match);
    }
    return core::FindAllOutcome{outcome->notSearched, std::nullopt};
}

int run(const Arguments& arguments, Output& output) {
    const Result<core::SearchQuery> query = readQuery(arguments);
    if (!query) {
        return output.fail(query.error());
    }
    const auto finder = core::makeFinder(*query);
    if (!finder) {
        return output.fail(finder.error());
    }
    const Result<core::Extent> range = readRange(arguments);
    if (!range) {
        return output.fail(range.error());
    }
    Result<core::FindOptions> options = readFindOptions(arguments);
    if (!options) {
        return output.fail(options.error());
    }
    options->backward = arguments.has("--backward");
    options->overlapping = arguments.has("--overlapping");
    const Result<Offset> context = arguments.number("--context", 0);
    if (!context) {
        return output.fail(context.error());
    }
    const bool counts = arguments.has("--count");
    if (counts && arguments.has("--all")) {
        return output.fail(Error::invalid("find", "either --all or --count, not both"));
    }
    if (*context > core::kMostContext || (counts && arguments.has("--context"))) {
        return output.fail(
            Error::invalid("find", "--context is at most 4096, and not for --count"));
    }
    const auto document = openInput(arguments.operand(0));
    if (!document) {
        return output.fail(document.error());
    }
    tell((*document)->recovery(), (*document)->path(), output);

    const core::Snapshot snapshot = (*document)->snapshot();
    Matches matches(output, snapshot, *query,
                    {!counts, arguments.has("--json"),
                     arguments.has("--context") ? std::optional(*context) : std::nullopt,
                     query->kind == core::SearchKind::Strings});
    const FlushTimer timer;
    const auto outcome =
        search(snapshot, **finder, *range, *options, !arguments.has("--all") && !counts, matches);
    if (!outcome) {
        return output.fail(outcome.error());
    }
    matches.finish(*outcome);
    if (outcome->stoppedAt) {
        return output.fail(
            stoppedError(arguments.operand(0), matches.count(), *outcome->stoppedAt));
    }
    if (!outcome->notSearched.isEmpty()) {
        return output.fail(unreadableError("search", arguments.operand(0), outcome->notSearched));
    }
    return matches.count() > 0 ? kDone : kNothingFound;
}

}  // namespace

const Command& findCommand() {
    static const std::string details =
        std::string(kQueryHelp) +
        "FILE is - for standard input.\n"
        "A line is an offset; behind it, after tabs, the string, the bytes around it with the\n"
        "match in brackets (--context), the encoding or byte order where several are sought, and\n"
        "cut where a match is as long as it may be.\n"
        "JSON: {\"matches\": [{\"offset\", \"length\", ...}, ...], \"count\": n, \"notSearched\":\n"
        "[{\"offset\", \"length\"}, ...], \"stoppedAt\": offset}, without \"matches\" for --count.\n"
        "Exit status: 0 found, 1 not found, 2 error, also where something was found but bytes on\n"
        "the way to it could not be read, or the search was given up.\n";
    static const Command command{
        {"find",
         {"FILE"},
         withQueryOptions({{"--backward", {}, "from the end to the start"},
                           {"--all", {}, "all matches that do not overlap, not only the first"},
                           {"--overlapping", {}, "those too that overlap the one before"},
                           {"--count", {}, "only how many matches there are"},
                           {"--context", "N", "each match with N bytes before and behind it"},
                           {"--json", {}, "as a JSON object on one line"}})},
        "Finds bytes, text, numbers, expressions or strings and tells the offsets, one a line.",
        details,
        run};
    return command;
}

}  // namespace octavo::cli
