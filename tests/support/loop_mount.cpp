#include "tests/support/loop_mount.h"

#include <QFile>
#include <QProcess>

#include <cerrno>
#include <cstring>

#include <sched.h>
#include <sys/mount.h>

namespace octavo::test {

namespace {

/// Empty where the program did it, else what it said.
QString run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForStarted())
        return program + " cannot be run";
    process.waitForFinished(-1);
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return program + ": " + QString::fromLocal8Bit(process.readAll()).simplified();
}

/// Gives this process mounts of its own, once.
QString ownMounts() {
    static const QString reason = [] {
        if (::unshare(CLONE_NEWNS) != 0)
            return QString("mounting is not allowed: ") + std::strerror(errno);
        // What is mounted here must not spread to where the process came from.
        if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return QString("mounting is not allowed: ") + std::strerror(errno);
        return QString();
    }();
    return reason;
}

}  // namespace

LoopMount::LoopMount(const QString& kind, core::Offset size, const QStringList& options) {
    const QString where = QString::fromStdString(folder());
    reason_ = ownMounts();
    if (isMounted() && !QDir().mkpath(where))
        reason_ = "no folder to mount on";
    if (!isMounted())
        return;
    if (kind == "tmpfs") {
        const QStringList all = QStringList{"size=" + QString::number(size)} + options;
        reason_ = run("mount", {"-t", kind, "-o", all.join(','), kind, where});
        return;
    }
    const QString image = QString::fromStdString(folder_.path("image"));
    QFile file(image);
    if (!file.open(QIODevice::WriteOnly) || !file.resize(size))
        reason_ = "no room for the image";
    file.close();
    if (isMounted())
        reason_ = run("mkfs." + kind, QStringList{"-q"} + options + QStringList{image});
    if (isMounted())
        reason_ = run("mount", {"-t", kind, "-o", "loop", image, where});
}

LoopMount::~LoopMount() {
    // Lazily: a test that failed may leave a file open.
    if (isMounted())
        ::umount2(folder().c_str(), MNT_DETACH);
}

bool LoopMount::remount(const QString& options) {
    return run("mount", {"-o", "remount," + options, QString::fromStdString(folder())}).isEmpty();
}

}  // namespace octavo::test
