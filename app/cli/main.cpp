#include "app/cli/changes_command.h"
#include "app/cli/dump_command.h"
#include "app/cli/edit_command.h"
#include "app/cli/find_command.h"
#include "app/cli/help.h"
#include "app/cli/info_command.h"
#include "app/cli/recover_command.h"
#include "app/cli/replace_command.h"

#include <array>
#include <cerrno>
#include <new>
#include <string>
#include <vector>

#include <fcntl.h>

using namespace octavo;
using namespace octavo::cli;

namespace {

// Where a standard stream is closed, the next file to be opened would get its number, and what is
// printed would go into the user's file. Opened the wrong way round, so that using them fails.
void occupyStandardStreams() {
    for (const int stream : {0, 1, 2}) {
        if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF) {
            ::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

int runCommand(const Command& command, std::span<const std::string> words, Output& output) {
    const core::Result<Arguments> arguments = Arguments::parse(command.syntax, words);
    if (!arguments) {
        return output.fail(arguments.error());
    }
    if (arguments->wantsHelp()) {
        output.write(helpOf(command));
        return kDone;
    }
    return command.run(*arguments, output);
}

int dispatch(std::span<const std::string> words, Output& output) {
    const std::array<const Command*, 7> commands = {
        &infoCommand(), &dumpCommand(),    &findCommand(),   &replaceCommand(),
        &editCommand(), &changesCommand(), &recoverCommand()};
    if (words.empty()) {
        return output.fail(core::Error::invalid("start", "no command (see octavo-cli --help)"));
    }
    const std::string& word = words.front();
    if (word == "--help" || word == "-h") {
        output.write(helpOf(commands));
        return kDone;
    }
    if (word == "--version") {
        output.write("octavo-cli " OCTAVO_VERSION "\n");
        return kDone;
    }
    for (const Command* command : commands) {
        if (command->syntax.command == word) {
            return runCommand(*command, words.subspan(1), output);
        }
    }
    return output.fail(core::Error::invalid(
        "start", "there is no command " + core::printable(word) + " (see octavo-cli --help)"));
}

int runAndFinish(const std::vector<std::string>& words, Output& output) {
    const int status = dispatch(words, output);
    if (const core::Status finished = output.finish(); !finished) {
        return output.fail(finished.error());
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    occupyStandardStreams();
    Output output;
    try {
        return runAndFinish(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
                            output);
    } catch (const std::bad_alloc&) {
        return output.fail(core::Error::fromSystem("work", {}, ENOMEM));
    }
}
