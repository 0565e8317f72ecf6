#include "app/cli/arguments.h"

#include <algorithm>
#include <charconv>

namespace octavo::cli {

using core::Error;
using core::Offset;
using core::Result;
using core::Status;

namespace {

constexpr Option kHelp{"--help", {}, "show this help"};

const Option* findOption(const Syntax& syntax, std::string_view name) {
    if (name == kHelp.name || name == "-h") {
        return &kHelp;
    }
    const auto found = std::ranges::find(syntax.options, name, &Option::name);
    return found == syntax.options.end() ? nullptr : &*found;
}

}  // namespace

Result<Arguments> Arguments::parse(const Syntax& syntax, std::span<const std::string> words) {
    Arguments arguments;
    arguments.command_ = syntax.command;
    bool optionsEnded = false;
    while (!words.empty()) {
        const std::string& word = words.front();
        if (!optionsEnded && word == "--") {
            optionsEnded = true;
            words = words.subspan(1);
        } else if (!optionsEnded && word.size() > 1 && word.front() == '-') {
            if (const Status added = arguments.addOption(syntax, words); !added) {
                return added.error();
            }
        } else if (arguments.operands_.size() == syntax.operands.size()) {
            return arguments.wrong("one argument too many: ", word);
        } else {
            arguments.operands_.push_back(word);
            words = words.subspan(1);
        }
    }
    if (!arguments.wantsHelp() && arguments.operands_.size() < syntax.operands.size()) {
        return arguments.wrong("what is missing is ", syntax.operands[arguments.operands_.size()]);
    }
    return arguments;
}

// Takes the option at the front of `words` off, and its value.
Status Arguments::addOption(const Syntax& syntax, std::span<const std::string>& words) {
    const std::string_view word = words.front();
    words = words.subspan(1);
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Option* option = findOption(syntax, name);
    if (option == nullptr) {
        return wrong("there is no option ", name);
    }
    std::string value;
    if (option->value.empty()) {
        if (equals != std::string_view::npos) {
            return wrong("no value belongs to ", name);
        }
    } else if (equals != std::string_view::npos) {
        value = word.substr(equals + 1);
    } else if (!words.empty()) {
        value = words.front();
        words = words.subspan(1);
    } else {
        return wrong("a value is missing after ", name);
    }
    if (!options_.emplace(option->name, std::move(value)).second && option != &kHelp) {
        return wrong("given twice: ", name);
    }
    return {};
}

Error Arguments::wrong(std::string_view reason, std::string_view word) const {
    std::string line(reason);
    line += core::printable(word);
    line += " (see octavo-cli " + command_ + " --help)";
    return Error::invalid(command_, line);
}

std::optional<std::string_view> Arguments::value(std::string_view option) const {
    const auto found = options_.find(option);
    return found == options_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

Result<Offset> Arguments::number(std::string_view option, Offset absent) const {
    const std::optional<std::string_view> text = value(option);
    if (!text) {
        return absent;
    }
    if (const std::optional<Offset> number = parseNumber(*text)) {
        return *number;
    }
    return wrong(std::string(option) + " takes a number from 0 to 2^63 - 1, decimal or with 0x: ",
                 *text);
}

std::optional<Offset> parseNumber(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    }
    // from_chars takes a minus sign, which is no part of an offset.
    if (text.empty() || text.front() == '-') {
        return std::nullopt;
    }
    Offset number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

}  // namespace octavo::cli
