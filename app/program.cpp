#include "app/program.h"

#include "app/command_line.h"
#include "app/environment.h"
#include "app/file_name.h"
#include "app/main_window.h"
#include "app/shot.h"
#include "core/document/edit_log_folder.h"
#include "ui/bridge/job.h"

#include <QApplication>
#include <QFile>
#include <QSettings>
#include <QStandardPaths>
#include <QTextStream>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace octavo::app {

namespace {

constexpr int kFailed = 1;
constexpr int kMisused = 2;
constexpr std::chrono::milliseconds kLastPatience{300};
constexpr QSize kShotSize(1280, 800);

void print(std::FILE* stream, const QString& text) {
    QTextStream(stream) << text;
}

QString line(const QString& text) {
    return QStringLiteral("octavo: %1\n").arg(text);
}

std::string absolutePath(const std::string& path) {
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    return failed ? path : absolute.string();
}

/// Empty where the user has no home.
std::string editLogFolder() {
    core::Result<std::string> folder = core::recoveryFolder();
    return folder ? *std::move(folder) : std::string();
}

/// Empty where the user has no home.
std::string bookmarkFolder() {
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return data.isEmpty() ? std::string()
                          : QFile::encodeName(data).toStdString() + "/octavo/bookmarks";
}

int takePicture(MainWindow& window, const QString& file) {
    Shot shot(window, file);
    QString fault;
    QObject::connect(&shot, &Shot::ended, &shot, [&fault](const QString& why) {
        fault = why;
        QCoreApplication::exit(why.isEmpty() ? EXIT_SUCCESS : kFailed);
    });
    const int status = QCoreApplication::exec();
    if (!fault.isEmpty())
        print(stderr, line(fault));
    return status;
}

/// Without a picture to take the event loop runs until the last window is closed.
int runWindows(Environment& environment, const CommandLine& commandLine) {
    auto* const window = new MainWindow(environment);
    for (const std::string& file : commandLine.files)
        window->open({absolutePath(file), commandLine.goTo, commandLine.readOnly});
    if (commandLine.shot.isEmpty()) {
        window->show();
        if (commandLine.files.empty())
            window->offerUnsaved();
        return QCoreApplication::exec();
    }
    window->setAttribute(Qt::WA_DeleteOnClose, false);
    window->resize(commandLine.shotSize.isValid() ? commandLine.shotSize : kShotSize);
    window->show();
    const int status = takePicture(*window, commandLine.shot);
    delete window;
    return status;
}

/// Nobody waits for work that hangs on a dead disk, and nothing may be torn down under it.
void leaveStuckWorkBehind(int status) {
    if (ui::Job::waitAllIdle(kLastPatience))
        return;
    std::fflush(nullptr);
    std::_Exit(status);
}

}  // namespace

int runProgram(int& argc, char** argv) {
    if (const auto scale = scaleArgument(argc, argv))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(*scale));
    QCoreApplication::setOrganizationName(QStringLiteral("octavo"));
    QCoreApplication::setApplicationName(QStringLiteral("octavo"));
    QCoreApplication::setApplicationVersion(QStringLiteral(OCTAVO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("octavo"));
    QApplication application(argc, argv);

    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << textFromPath(argv[i]);
    const CommandLine commandLine = parseCommandLine(arguments);
    if (!commandLine.fault.isEmpty()) {
        print(stderr, line(commandLine.fault));
        return kMisused;
    }
    if (commandLine.helpWanted || commandLine.versionWanted) {
        print(stdout, commandLine.text);
        return EXIT_SUCCESS;
    }

    // A picture neither reads nor writes what the user has set, or has left behind.
    Settings settings(commandLine.shot.isEmpty() ? std::make_unique<QSettings>() : nullptr);
    Dialogs dialogs;
    Appearance appearance;
    appearance.apply(commandLine.theme.value_or(settings.theme()));
    Environment environment{settings,
                            dialogs,
                            appearance,
                            core::systemFileSystem(),
                            commandLine.shot.isEmpty() ? editLogFolder() : std::string(),
                            commandLine.shot.isEmpty() ? bookmarkFolder() : std::string()};
    const int status = runWindows(environment, commandLine);
    settings.save();
    leaveStuckWorkBehind(status);
    return status;
}

}  // namespace octavo::app
