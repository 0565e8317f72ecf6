#include "core/search/replace_all.h"

#include "core/search/find.h"
#include "core/search/hex_pattern_parser.h"

#include <algorithm>
#include <string>

namespace octavo::core {

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;

Error tooMuch(const std::string& reason) {
    return Error{ErrorCode::TooLarge, "replace", {}, 0, reason};
}

/// The positions of a pattern that are not one fixed byte.
Result<std::vector<std::optional<Extent>>> openPositions(const SearchQuery& query) {
    const Result<Pattern> pattern = Pattern::fromHex(query.text);
    if (!pattern) {
        return pattern.error();
    }
    std::vector<std::optional<Extent>> open;
    for (std::size_t i = 0; i < pattern->mask().size(); ++i) {
        if (pattern->mask()[i] != 0xFF) {
            open.emplace_back(Extent{static_cast<Offset>(i), 1});
        }
    }
    return open;
}

}  // namespace

Result<std::size_t> groupCount(const SearchQuery& query) {
    if (query.kind == SearchKind::Hex) {
        const auto open = openPositions(query);
        return open ? Result<std::size_t>(open->size()) : open.error();
    }
    if (query.kind == SearchKind::Regex) {
        const Result<Regex> regex = makeRegex(query);
        return regex ? Result<std::size_t>(regex->groupCount()) : regex.error();
    }
    return std::size_t{0};
}

ReplaceAll::ReplaceAll(Snapshot snapshot, SearchQuery query, Extent range, Replacement replacement,
                       Options options)
    : snapshot_(std::move(snapshot))
    , query_(std::move(query))
    , range_(range)
    , replacement_(std::move(replacement))
    , options_(options) {}

Status ReplaceAll::run(Progress& progress) {
    const auto finder = makeFinder(query_);
    if (!finder) {
        return finder.error();
    }
    if (query_.kind == SearchKind::Hex) {
        fixedGroups_ = *openPositions(query_);
    } else if (query_.kind == SearchKind::Regex && replacement_.usesGroups()) {
        regex_ = *makeRegex(query_);
    }
    FindOptions find = options_.find;
    find.backward = false;
    find.overlapping = false;
    Status added;
    const auto outcome = findAll(
        snapshot_, **finder, range_, progress,
        [&](const Hit& hit) {
            added = add(hit);
            return added.ok() && edits_.size() < options_.most;
        },
        find);
    if (!outcome) {
        return outcome.error();
    }
    if (!added) {
        return added;
    }
    if (outcome->stoppedAt) {
        return tooMuch("the search was given up at offset " + std::to_string(*outcome->stoppedAt) +
                       ", as finding the places costs far more than reading the bytes; narrow what "
                       "is sought");
    }
    notSearched_ = outcome->notSearched;
    return {};
}

Status ReplaceAll::add(const Hit& hit) {
    if (edits_.size() == options_.limit) {
        return tooMuch("there are more than " + std::to_string(edits_.size()) +
                       " places; narrow what is sought, or the range");
    }
    Edit edit{hit.offset, 0, static_cast<std::uint32_t>(hit.length), 0};
    if (replacement_.isFixed() && !edits_.empty()) {
        edit.begin = edits_.front().begin;
        edit.newLength = edits_.front().newLength;
        edits_.push_back(edit);
        return {};
    }
    edit.begin = bytes_.size();
    const std::vector<std::optional<Extent>> found = groups(hit);
    replacement_.append({match_, found, options_.firstNumber + edits_.size()}, bytes_);
    if (bytes_.size() > kMostBytes) {
        return tooMuch("the new bytes are more than 1 GiB; narrow what is sought, or the range");
    }
    edit.newLength = static_cast<std::uint32_t>(bytes_.size() - edit.begin);
    edits_.push_back(edit);
    return {};
}

// Reads the match too.
std::vector<std::optional<Extent>> ReplaceAll::groups(const Hit& hit) {
    if (replacement_.isFixed()) {
        return {};
    }
    const Offset from = std::max<Offset>(hit.offset - Finder::kAround, 0);
    const Offset to = std::min(hit.end() + Finder::kAround, snapshot_.length());
    Bytes around(static_cast<std::size_t>(to - from));
    snapshot_.read(from, around);
    const auto lead = static_cast<std::size_t>(hit.offset - from);
    const ByteSpan match = ByteSpan(around).subspan(lead, static_cast<std::size_t>(hit.length));
    match_.assign(match.begin(), match.end());
    if (!regex_) {
        return fixedGroups_;
    }
    const Extent part{static_cast<Offset>(lead), hit.length};
    const std::optional<RegexMatch> groups = regex_->groups(around, part);
    std::vector<std::optional<Extent>> inMatch(regex_->groupCount());
    for (std::size_t i = 0; groups && i < inMatch.size(); ++i) {
        if (const std::optional<Extent>& group = groups->groups[i + 1]) {
            inMatch[i] = Extent{group->offset - part.offset, group->length};
        }
    }
    return inMatch;
}

ByteSpan ReplaceAll::bytes(std::size_t index) const {
    const Edit& edit = edits_[index];
    return ByteSpan(bytes_).subspan(edit.begin, edit.newLength);
}

}  // namespace octavo::core
