// Runs octavo-cli as a user's shell would.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <optional>

#include <unistd.h>

namespace octavo::test {

struct CliResult {
    int status = -1;  ///< the exit status; -1 where the program crashed or did not end
    QByteArray output;
    QByteArray errors;
};

/// Runs `program`; one that does not end within two minutes is killed.
inline CliResult runProgram(const QString& program, const QStringList& arguments,
                            const QByteArray& input = {}) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted()) {
        return {-1, {}, "could not start " + program.toLocal8Bit()};
    }
    process.write(input);
    process.closeWriteChannel();
    CliResult result;
    if (process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit) {
        result.status = process.exitCode();
    } else {
        process.kill();
        process.waitForFinished();
    }
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    return result;
}

inline CliResult runCli(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(OCTAVO_CLI, arguments, input);
}

/// Runs a line of shell, in which $CLI is octavo-cli and $1 and so on are `arguments`.
inline CliResult runShell(const QString& line, const QStringList& arguments = {}) {
    return runProgram("/bin/sh", QStringList{"-c", "CLI=$0\n" + line, OCTAVO_CLI} + arguments);
}

/// The same, as a user who may not do everything; nothing where that cannot be had.
inline std::optional<CliResult> runShellAsNobody(const QString& line,
                                                 const QStringList& arguments = {}) {
    if (::geteuid() != 0) {
        return runShell(line, arguments);
    }
    const QStringList nobody{"--reuid=65534", "--regid=65534", "--clear-groups"};
    if (runProgram("setpriv", nobody + QStringList{OCTAVO_CLI, "--version"}).status != 0) {
        return std::nullopt;
    }
    return runProgram("setpriv", nobody +
                                     QStringList{"/bin/sh", "-c", "CLI=$0\n" + line, OCTAVO_CLI} +
                                     arguments);
}

/// True where `errors` is one line that begins as every error of octavo-cli does.
inline bool isOneErrorLine(const QByteArray& errors) {
    return errors.startsWith("octavo-cli: ") && errors.endsWith('\n') && errors.count('\n') == 1;
}

}  // namespace octavo::test
