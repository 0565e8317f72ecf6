#include "app/cli/help.h"

#include <algorithm>

namespace octavo::cli {

namespace {

struct Line {
    std::string left;
    std::string_view right;
};

std::string table(std::span<const Line> lines) {
    std::size_t width = 0;
    for (const Line& line : lines) {
        width = std::max(width, line.left.size());
    }
    std::string text;
    for (const Line& line : lines) {
        text += "  " + line.left + std::string(width - line.left.size() + 2, ' ');
        text += line.right;
        text += '\n';
    }
    return text;
}

}  // namespace

std::string helpOf(const Command& command) {
    std::string text = "usage: octavo-cli ";
    text += command.syntax.command;
    for (const std::string_view operand : command.syntax.operands) {
        text += ' ';
        text += operand;
    }
    text += " [OPTION...]\n\n";
    text += command.summary;
    text += "\n\n";

    std::vector<Line> lines;
    for (const Option& option : command.syntax.options) {
        std::string left(option.name);
        if (!option.value.empty()) {
            left += ' ';
            left += option.value;
        }
        lines.push_back({left, option.help});
    }
    lines.push_back({"--help", "show this help"});
    text += table(lines);
    if (!command.notes.empty()) {
        text += '\n';
        text += command.notes;
    }
    return text;
}

std::string helpOf(std::span<const Command* const> commands) {
    std::string text = "usage: octavo-cli COMMAND FILE [OPTION...]\n\n"
                       "Looks into files of any size and changes bytes in them.\n\n";
    std::vector<Line> lines;
    for (const Command* command : commands) {
        lines.push_back({std::string(command->syntax.command), command->summary});
    }
    text += table(lines);
    text += "\noctavo-cli COMMAND --help tells more, octavo-cli --version the version.\n"
            "Numbers are decimal, or hexadecimal with 0x. Exit status 2 and one line on standard\n"
            "error tell of an error.\n";
    return text;
}

}  // namespace octavo::cli
