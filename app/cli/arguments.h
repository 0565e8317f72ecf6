// The arguments of a command: what it takes, and what it was given.
//
// Options may stand before, between or after the others; `--name value` and `--name=value` are
// the same, and `--` ends the options. No option may be given twice.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octavo::cli {

struct Option {
    std::string_view name;   ///< with its dashes
    std::string_view value;  ///< what to call its value in the help; empty where it takes none
    std::string_view help;
};

/// What a command takes.
struct Syntax {
    std::string_view command;
    std::vector<std::string_view> operands;  ///< all of them are needed
    std::vector<Option> options;             ///< besides --help, which every command has
};

class Arguments {
public:
    /// Errors are InvalidArgument. With --help the operands may be missing.
    static core::Result<Arguments> parse(const Syntax& syntax, std::span<const std::string> words);

    bool wantsHelp() const { return has("--help"); }
    bool has(std::string_view option) const { return options_.contains(option); }
    std::optional<std::string_view> value(std::string_view option) const;
    /// The option's value as a number, or `absent` where the option was not given.
    core::Result<core::Offset> number(std::string_view option, core::Offset absent) const;
    const std::string& operand(std::size_t index) const { return operands_[index]; }

private:
    core::Status addOption(const Syntax& syntax, std::span<const std::string>& words);
    core::Error wrong(std::string_view reason, std::string_view word = {}) const;

    std::string command_;
    std::map<std::string, std::string, std::less<>> options_;
    std::vector<std::string> operands_;
};

/// Decimal or 0x-hexadecimal, from 0 to core::kMaxLength; nothing where `text` is anything else.
std::optional<core::Offset> parseNumber(std::string_view text);

}  // namespace octavo::cli
