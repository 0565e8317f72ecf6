// A desktop of a test's own, on which real programs run with real windows: an X display that nobody
// sees, and folders in place of the user's. There is no window manager: windows stand where they
// ask to, and the keyboard goes where it is sent.
//
// Thread rule: one thread; no event loop is needed.
#pragma once

#include "tests/support/test_folder.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>

#include <csignal>
#include <memory>
#include <vector>

#include <sys/prctl.h>
#include <unistd.h>

namespace octavo::test {

/// How long one step may take.
inline constexpr int kStepPatienceMs = 30'000;

/// A process with whatever it starts itself; all of them end with it.
class ProcessGroup {
public:
    ProcessGroup(const QString& program, const QStringList& arguments,
                 const QProcessEnvironment& environment) {
        process_.setProcessEnvironment(environment);
        process_.setProcessChannelMode(QProcess::SeparateChannels);
        process_.setChildProcessModifier([] {
            ::setpgid(0, 0);
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        });
        process_.start(program, arguments);
        process_.waitForStarted(kStepPatienceMs);
    }
    ~ProcessGroup() {
        if (process_.processId() > 0)
            ::kill(static_cast<pid_t>(-process_.processId()), SIGKILL);
        process_.waitForFinished(kStepPatienceMs);
    }

    /// The next line of its output; nothing where none comes.
    QByteArray line() {
        QElapsedTimer waited;
        waited.start();
        while (!process_.canReadLine() && waited.elapsed() < kStepPatienceMs &&
               process_.state() == QProcess::Running)
            process_.waitForReadyRead(100);
        return process_.readLine().trimmed();
    }
    /// Whether a line is there already, or comes within a moment.
    bool hasLine() {
        if (!process_.canReadLine())
            process_.waitForReadyRead(100);
        return process_.canReadLine();
    }
    /// Waits until it has ended by itself.
    bool endsWell() {
        return process_.waitForFinished(kStepPatienceMs) &&
               process_.exitStatus() == QProcess::NormalExit && process_.exitCode() == 0;
    }
    QByteArray errors() {
        process_.waitForReadyRead(100);  // without an event loop nothing is read otherwise
        return process_.readAllStandardError();
    }

private:
    QProcess process_;
};

class OwnDesktop {
public:
    OwnDesktop() {
        for (const char* folder : {"runtime", "config", "state", "data", "cache"}) {
            const QString path = QString::fromStdString(folder_.path(folder));
            QDir().mkpath(path);
            QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
            const QString variable = QString(folder).toUpper();
            environment_.insert("XDG_" + variable + (variable == "RUNTIME" ? "_DIR" : "_HOME"),
                                path);
        }
        environment_.insert("QT_QPA_PLATFORM", "xcb");
        // libxkbcommon-x11 copies names out of what the server sends, where no zero ends them.
        environment_.insert("ASAN_OPTIONS",
                            environment_.value("ASAN_OPTIONS") + ":strict_string_checks=0");
    }

    /// Why the display could not be started; empty where it runs.
    QString start() {
        ProcessGroup& display =
            run("Xvfb", {"-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"});
        const QByteArray number = display.line();
        if (number.isEmpty())
            return "Xvfb does not start: " + display.errors();
        environment_.insert("DISPLAY", ":" + number);
        return {};
    }

    /// For what is started from then on.
    QProcessEnvironment& environment() { return environment_; }

    /// It runs until the desktop ends.
    ProcessGroup& run(const QString& program, const QStringList& arguments) {
        groups_.push_back(std::make_unique<ProcessGroup>(program, arguments, environment_));
        return *groups_.back();
    }
    /// Waits for its end.
    bool does(const QString& program, const QStringList& arguments) const {
        QByteArray output;
        return ask(program, arguments, output);
    }
    /// What it says until its end; nothing where it fails.
    QByteArray answer(const QString& program, const QStringList& arguments) const {
        QByteArray output;
        return ask(program, arguments, output) ? output.trimmed() : QByteArray();
    }
    const TestFolder& folder() const { return folder_; }

    ~OwnDesktop() {
        // The program before its display.
        while (!groups_.empty())
            groups_.pop_back();
    }

private:
    bool ask(const QString& program, const QStringList& arguments, QByteArray& output) const {
        QProcess process;
        process.setProcessEnvironment(environment_);
        process.start(program, arguments);
        const bool good = process.waitForFinished(kStepPatienceMs) &&
                          process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        output = process.readAllStandardOutput();
        return good;
    }

    TestFolder folder_;
    QProcessEnvironment environment_ = QProcessEnvironment::systemEnvironment();
    std::vector<std::unique_ptr<ProcessGroup>> groups_;
};

}  // namespace octavo::test
