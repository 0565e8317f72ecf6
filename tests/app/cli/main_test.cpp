#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace octavo::test;

/// What all commands have in common: help, errors, and standard streams that are not there.
class MainTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void help_data();
    void help();
    void version();
    void wrongUse_data();
    void wrongUse();
    void wrongFile_data();
    void wrongFile();
    void noPermission();
    void fullDevice_data();
    void fullDevice();
    void closedOutput_data();
    void closedOutput();
    void closedStreamsDoNotReachTheFile();
    void brokenPipe();

private:
    QTemporaryDir folder_;
    QString path_;
};

void MainTest::initTestCase() {
    QVERIFY(folder_.isValid());
    path_ = folder_.filePath("data");
    QVERIFY(writeFile(path_, QByteArray(100'000, 'x')));
    QVERIFY(QDir(folder_.path()).mkdir("folder"));
    QCOMPARE(::mkfifo(qPrintable(folder_.filePath("fifo")), 0600), 0);
}

void MainTest::help_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("program") << QStringList{"--help"} << QByteArray("usage: octavo-cli COMMAND");
    QTest::newRow("short") << QStringList{"-h"} << QByteArray("usage: octavo-cli COMMAND");
    for (const char* command : {"info", "dump", "find", "edit", "changes", "recover"}) {
        QTest::newRow(command) << QStringList{command, "--help"}
                               << QByteArray("usage: octavo-cli ") + command + " FILE";
    }
    QTest::newRow("behind other words")
        << QStringList{"dump", "file", "--offset", "3", "-h"} << QByteArray("--length N");
}

void MainTest::help() {
    QFETCH(QStringList, words);
    QFETCH(QByteArray, part);
    const CliResult result = runCli(words);
    QCOMPARE(result.status, 0);
    QCOMPARE(result.errors, QByteArray());
    QVERIFY2(result.output.contains(part), result.output);
    for (const QByteArray& line : result.output.split('\n')) {
        QVERIFY2(line.size() <= 100, line);
    }
}

void MainTest::version() {
    const CliResult result = runCli({"--version"});
    QCOMPARE(result.status, 0);
    QVERIFY2(
        QRegularExpression("^octavo-cli \\d+\\.\\d+\\.\\d+\n$").match(result.output).hasMatch(),
        result.output);
}

void MainTest::wrongUse_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("nothing") << QStringList{} << QByteArray("no command");
    QTest::newRow("unknown command") << QStringList{"view", "f"} << QByteArray("no command view");
    QTest::newRow("empty command") << QStringList{""} << QByteArray("no command ");
    QTest::newRow("command with line end") << QStringList{"a\nb"} << QByteArray("a\\nb");
    QTest::newRow("option as command") << QStringList{"--json"} << QByteArray("--json");
    for (const char* command : {"info", "dump", "find", "edit", "changes", "recover"}) {
        QTest::addRow("%s without file", command)
            << QStringList{command} << QByteArray("missing is FILE");
        QTest::addRow("%s with two files", command)
            << QStringList{command, "a", "b"} << QByteArray("too many: b");
        QTest::addRow("%s with unknown option", command)
            << QStringList{command, "a", "--fast"} << QByteArray("no option --fast");
    }
    QTest::newRow("dump, bad offset")
        << QStringList{"dump", "a", "--offset", "0x"} << QByteArray("--offset");
    QTest::newRow("dump, bad length")
        << QStringList{"dump", "a", "--length", "ten"} << QByteArray("--length");
    QTest::newRow("edit without script") << QStringList{"edit", "a"} << QByteArray("--script");
    QTest::newRow("edit with another file and a strategy")
        << QStringList{"edit", "a", "--script", "b", "--output", "c", "--strategy", "patch"}
        << QByteArray("--output");
}

void MainTest::wrongUse() {
    QFETCH(QStringList, words);
    QFETCH(QByteArray, reason);
    const CliResult result = runCli(words);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains(reason), result.errors);
}

void MainTest::wrongFile_data() {
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("file");  // in the folder
    QTest::addColumn<QByteArray>("line");

    const QHash<QString, QStringList> commands{{"info", {"info"}},
                                               {"dump", {"dump"}},
                                               {"find", {"find", "--hex", "00"}},
                                               {"edit", {"edit", "--script", "/dev/null"}},
                                               {"changes", {"changes"}},
                                               {"recover", {"recover"}}};
    for (const char* name : {"info", "dump", "find", "edit", "changes", "recover"}) {
        const auto row = [&](const char* what, const char* file, const char* line) {
            QTest::addRow("%s %s", name, what)
                << commands[name] << QString(file) << QByteArray(line);
        };
        row("missing", "nothing", "nothing: No such file or directory\n");
        row("folder", "folder", "folder: it is a folder, not a file\n");
        row("FIFO", "fifo", "fifo: it is a FIFO");
        row("file as folder", "data/x", "data/x: Not a directory\n");
        row("line end in name", "two\nlines", "two\\nlines: No such file or directory\n");
        row("escape in name", "a\x1B[31mb", "a\\x1B[31mb: No such file or directory\n");
        row("device", "/dev/null", "/dev/null: it is a character device");
        row("empty name", "", ": No such file or directory\n");
    }
}

void MainTest::wrongFile() {
    QFETCH(QStringList, command);
    QFETCH(QString, file);
    QFETCH(QByteArray, line);

    const QString path = file.isEmpty() || file.startsWith('/') ? file : folder_.filePath(file);
    const CliResult result = runCli(command + QStringList{path});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains(line), result.errors);
    QVERIFY2(result.errors.startsWith("octavo-cli: open"), result.errors);
}

void MainTest::noPermission() {
    const QString path = folder_.filePath("secret");
    QVERIFY(writeFile(path, "secret"));
    QVERIFY(QFile::setPermissions(path, {}));
    QVERIFY(QFile::setPermissions(folder_.path(), QFile::Permissions(0x7755)));
    const std::optional<CliResult> run = runShellAsNobody("\"$CLI\" dump \"$1\"", {path});
    if (!run) {
        QSKIP("root may read every file, and another user may not run the program");
    }
    const CliResult& result = *run;
    QCOMPARE(result.status, 2);
    QVERIFY2(isOneErrorLine(result.errors) &&
                 result.errors.endsWith("/secret: Permission denied\n"),
             result.errors);
}

void MainTest::fullDevice_data() {
    QTest::addColumn<QString>("words");
    QTest::newRow("dump") << "dump \"$1\"";
    QTest::newRow("info") << "info \"$1\"";
    QTest::newRow("json") << "info \"$1\" --json";
    QTest::newRow("find") << "find \"$1\" --text x";
    QTest::newRow("find all") << "find \"$1\" --text x --all";
    QTest::newRow("find all as JSON") << "find \"$1\" --text x --all --json";
    QTest::newRow("help") << "--help";
}

void MainTest::fullDevice() {
    QFETCH(QString, words);
    const CliResult result = runShell("\"$CLI\" " + words + " >/dev/full", {path_});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.errors,
             QByteArray("octavo-cli: write standard output: No space left on device\n"));
}

void MainTest::closedOutput_data() {
    fullDevice_data();
}

void MainTest::closedOutput() {
    QFETCH(QString, words);
    const CliResult result = runShell("\"$CLI\" " + words + " >&-", {path_});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.errors, QByteArray("octavo-cli: write standard output: Bad file descriptor\n"));
}

// With standard output closed, the file that is edited must not become standard output.
void MainTest::closedStreamsDoNotReachTheFile() {
    const QString path = folder_.filePath("victim");
    const QString script = folder_.filePath("edits");
    QVERIFY(writeFile(path, "0123456789"));
    QVERIFY(writeFile(script, "overwrite 1 41\n"));
    for (const char* closed : {">&-", "2>&-", "<&-", ">&- 2>&- <&-"}) {
        runShell(QString("\"$CLI\" edit \"$1\" --script \"$2\" %1").arg(closed), {path, script});
        QCOMPARE(readFile(path), QByteArray("0A23456789"));
        runShell(QString("\"$CLI\" edit \"$1\" --script /nowhere %1").arg(closed), {path});
        QCOMPARE(readFile(path), QByteArray("0A23456789"));
    }
}

void MainTest::brokenPipe() {
    // Ended by the signal as other tools are; where it is ignored, an error like any other.
    const CliResult ended = runShell("{ \"$CLI\" dump \"$1\"; echo $? >&2; } | true", {path_});
    QCOMPARE(ended.errors, QByteArray("141\n"));
    const CliResult ignored =
        runShell("trap '' PIPE; { \"$CLI\" dump \"$1\"; echo $? >&2; } | true", {path_});
    QCOMPARE(ignored.errors, QByteArray("octavo-cli: write standard output: Broken pipe\n2\n"));
}

QTEST_GUILESS_MAIN(MainTest)
#include "main_test.moc"
