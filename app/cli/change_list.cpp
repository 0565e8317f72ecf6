#include "app/cli/change_list.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace octavo::cli {

using core::ChangeKind;
using core::Offset;

namespace {

std::string_view nameOf(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::Overwritten:
        return "overwritten";
    case ChangeKind::Inserted:
        return "inserted";
    case ChangeKind::Deleted:
        return "deleted";
    case ChangeKind::Replaced:
        break;
    }
    return "replaced";
}

/// The first bytes, at most `most` of them, in hexadecimal.
std::string hexOf(const ListedChange::Side& side, Offset most) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    core::Bytes bytes(static_cast<std::size_t>(std::min(side.extent.length, most)));
    const core::Unreadable unreadable = side.snapshot.read(side.extent.offset, bytes);
    std::string text;
    text.reserve(2 * bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (unreadable.contains(side.extent.offset + static_cast<Offset>(i))) {
            text += "??";
        } else {
            text += {kDigits[bytes[i] >> 4U], kDigits[bytes[i] & 0xFU]};
        }
    }
    return text;
}

std::string lineOf(const ListedChange::Side& side) {
    if (side.extent.isEmpty()) {
        return "-";
    }
    const std::string hex = hexOf(side, ChangeList::kMostInLine);
    return side.extent.length > ChangeList::kMostInLine ? hex + "..." : hex;
}

/// As 2025-01-31T23:59:59Z; empty where the time is not known.
std::string timeOf(std::int64_t timeNs) {
    const std::time_t seconds = static_cast<std::time_t>(timeNs / 1'000'000'000);
    std::tm parts{};
    if (timeNs == 0 || ::gmtime_r(&seconds, &parts) == nullptr) {
        return {};
    }
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace

ChangeKind ListedChange::kind() const {
    return core::Change{
        core::kNoChange, false, {fileOffset, before.extent.length}, {offset, after.extent.length}}
        .kind();
}

ChangeList::ChangeList(Output& output, bool asJson) : output_(output) {
    if (asJson) {
        json_.emplace(output);
        json_->beginArray();
    }
}

bool ChangeList::add(const ListedChange& change) {
    if (json_) {
        addObject(change);
    } else {
        addLine(change);
    }
    return !output_.hasFailed();
}

void ChangeList::note(std::string_view text) {
    if (!json_) {
        output_.write("# " + core::printable(text) + '\n');
    }
}

void ChangeList::finish() {
    if (json_) {
        json_->end();
    }
}

void ChangeList::addLine(const ListedChange& change) {
    std::string line = std::to_string(change.fileOffset.value);
    line += ' ';
    line += nameOf(change.kind());
    line += ' ' + std::to_string(change.before.extent.length);
    line += ' ' + std::to_string(change.after.extent.length);
    line += ' ' + lineOf(change.before) + " -> " + lineOf(change.after);
    if (change.logged) {
        const ListedChange::Logged& logged = *change.logged;
        line += "; " + std::string(logged.fit) + ": " + std::string(logged.reason);
        line += logged.isOff ? "; off" : "; on";
        const std::string time = timeOf(logged.timeNs);
        line += "; " + (time.empty() ? "-" : time);
        line += "; " + core::printable(logged.name);
    }
    output_.write(line + '\n');
}

void ChangeList::addObject(const ListedChange& change) {
    json_->beginObject();
    json_->key("fileOffset");
    json_->value(change.fileOffset.value);
    json_->key("fileLength");
    json_->value(change.before.extent.length);
    json_->key("offset");
    json_->value(change.offset);
    json_->key("length");
    json_->value(change.after.extent.length);
    json_->key("kind");
    json_->value(nameOf(change.kind()));
    json_->key("before");
    json_->value(hexOf(change.before, kMostInJson));
    json_->key("after");
    json_->value(hexOf(change.after, kMostInJson));
    json_->key("beforeCut");
    json_->flag(change.before.extent.length > kMostInJson);
    json_->key("afterCut");
    json_->flag(change.after.extent.length > kMostInJson);
    if (change.logged) {
        const ListedChange::Logged& logged = *change.logged;
        json_->key("log");
        json_->value(logged.log);
        json_->key("fit");
        json_->value(logged.fit);
        json_->key("reason");
        json_->value(logged.reason);
        json_->key("off");
        json_->flag(logged.isOff);
        json_->key("name");
        json_->value(logged.name);
        json_->key("time");
        json_->value(timeOf(logged.timeNs));
    }
    json_->end();
}

}  // namespace octavo::cli
