#include "tests/support/include_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace octavo::test {

namespace {

/// The folders inside core, and what each may include besides itself.
const QMap<QString, QStringList>& coreFolders() {
    static const QStringList belowSiblings{"core/base", "core/file", "core/content"};
    static const QMap<QString, QStringList> folders{
        {"core/base", {}},
        {"core/file", {"core/base"}},
        {"core/content", {"core/base", "core/file"}},
        {"core/search", belowSiblings},
        {"core/save", belowSiblings},
        {"core/analysis", belowSiblings},
        // The document is the only one that writes, so it alone calls the saving.
        {"core/document", belowSiblings + QStringList{"core/save"}},
    };
    return folders;
}

/// The unit that the rules speak of: "core/file", "app/cli", "ui", "app"; empty when the path lies
/// in no layer.
QString unitOf(const QString& path) {
    const QString layer = path.section('/', 0, 0);
    if (layer == "core" || path.startsWith("app/cli/")) {
        return path.section('/', 0, 1);
    }
    const bool isLayer = layer == "ui" || layer == "app";
    return isLayer && path.contains('/') ? layer : QString();
}

bool isQtHeader(const QString& target) {
    static const QRegularExpression pattern("^(Q[A-Z]|Qt[A-Z]|Qt[0-9]|q[a-z0-9_]+\\.h$)");
    return pattern.match(target).hasMatch();
}

/// Headers of POSIX and Linux: what names a system call is seen by the platform's own folder alone.
bool isSystemHeader(const QString& target) {
    static const QRegularExpression pattern(
        "^(sys/|linux/|unistd\\.h$|fcntl\\.h$|signal\\.h$|csignal$)");
    return pattern.match(target).hasMatch();
}

/// What the build writes beside a source: the one kind of include without a folder.
bool isGenerated(const QString& target) {
    return target.endsWith(".moc") && !target.contains('/');
}

QString reasonInCore(const QString& from, const QString& to) {
    if (!to.startsWith("core/")) {
        return "core knows nothing above it";
    }
    if (!coreFolders().contains(to)) {
        return to + " is not a known folder of core";
    }
    return coreFolders().value(from).contains(to) ? QString() : from + " may not see " + to;
}

/// Why unit `from` may not include unit `to`; empty when it may.
QString reasonAgainst(const QString& from, const QString& to) {
    if (from == to) {
        return {};
    }
    if (from.startsWith("core/")) {
        return reasonInCore(from, to);
    }
    if (to.startsWith("core/")) {
        return {};
    }
    if (from == "app/cli") {
        return "octavo-cli is made of core alone";
    }
    if (to == "app/cli") {
        return "only octavo-cli is made of app/cli";
    }
    return from == "ui" ? QString("ui knows nothing above it") : QString();
}

/// Why `from` may not include `target`; empty when it may.
QString reasonAgainstTarget(const QString& from, const QString& target, bool quoted) {
    const bool withoutQt = from.startsWith("core/") || from == "app/cli";
    if (withoutQt && isQtHeader(target)) {
        return from + " is built without Qt";
    }
    if (const QString to = unitOf(target); !to.isEmpty()) {
        return reasonAgainst(from, to);
    }
    if (quoted && !isGenerated(target)) {
        return "own headers are written from the root";
    }
    return {};
}

QStringList violationsOfFile(const QString& path, const QString& text) {
    static const QRegularExpression include("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    const QString from = unitOf(path);
    if (from.startsWith("core/") && !coreFolders().contains(from)) {
        return {path + ": lies in no known folder of core"};
    }
    QStringList violations;
    int number = 0;
    for (const QString& line : text.split('\n')) {
        ++number;
        const QRegularExpressionMatch match = include.match(line);
        if (!match.hasMatch()) {
            continue;
        }
        const QString target = match.captured(2);
        QString reason = reasonAgainstTarget(from, target, match.captured(1) == "\"");
        if (from.startsWith("core/") && isSystemHeader(target) &&
            !path.startsWith("core/file/posix/")) {
            reason = "only core/file/posix speaks to the system";
        }
        if (!reason.isEmpty()) {
            violations +=
                QString("%1:%2: includes %3: %4").arg(path).arg(number).arg(target, reason);
        }
    }
    return violations;
}

}  // namespace

SourceTree readSources(const QString& root) {
    SourceTree tree;
    const QDir rootFolder(root);
    for (const char* layer : {"core", "ui", "app"}) {
        QDirIterator files(rootFolder.filePath(layer), {"*.h", "*.hpp", "*.inc", "*.cpp", "*.cc"},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly)) {
                tree.insert(rootFolder.relativeFilePath(file.fileName()),
                            QString::fromUtf8(file.readAll()));
            }
        }
    }
    return tree;
}

QStringList includeViolations(const SourceTree& tree) {
    QStringList violations;
    for (auto file = tree.cbegin(); file != tree.cend(); ++file) {
        violations += violationsOfFile(file.key(), file.value());
    }
    return violations;
}

}  // namespace octavo::test
