#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"
#include "tests/support/test_seed.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QTemporaryDir>
#include <QtTest>

using namespace octavo::test;

class EditCommandTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void writes_data();
    void writes();
    void savesOtherLengths_data();
    void savesOtherLengths();
    void refuses_data();
    void refuses();
    void dryRun_data();
    void dryRun();
    void dryRunCutsLongChanges();
    void dryRunAsJson_data();
    void dryRunAsJson();
    void dryRunAsJsonCutsLongChanges();
    void dryRunOfHugeEdits();
    void dryRunMarksUnreadableBytes();
    void fromStandardInput();
    void random();
    void scriptCannotBeRead_data();
    void scriptCannotBeRead();
    void readOnlyFile();
    void writesNoMoreThanTheChange();
    void keepsABackup_data();
    void keepsABackup();
    void writesToAnotherFile();
    void tellsWhatItSaved();
    void mindsLocksOfOthers();
    void asksBeforeItWritesToADevice();

private:
    CliResult edit(const QByteArray& script, const QStringList& options = {});

    QTemporaryDir folder_;
    QString path_;
    QString script_;
    QByteArray before_;
};

namespace {

/// What the line of shell writes into files and pipes; -1 where it fails. The shell's own counts
/// include those of the programs it waited for.
qint64 bytesWritten(const QString& line, const QStringList& arguments) {
    const CliResult result = runShell(line + " && cat /proc/$$/io", arguments);
    const QRegularExpressionMatch match =
        QRegularExpression("wchar: (\\d+)").match(QString::fromLatin1(result.output));
    return match.hasMatch() ? match.captured(1).toLongLong() : -1;
}

}  // namespace

void EditCommandTest::initTestCase() {
    QVERIFY(folder_.isValid());
    path_ = folder_.filePath("data");
    script_ = folder_.filePath("edits");
    before_ = randomBytes(10'000, kFixedSeed);
}

void EditCommandTest::init() {
    QVERIFY(writeFile(path_, before_));
}

CliResult EditCommandTest::edit(const QByteArray& script, const QStringList& options) {
    if (!writeFile(script_, script)) {
        return {-1, {}, "no script"};
    }
    return runCli(QStringList{"edit", path_, "--script", script_} + options);
}

void EditCommandTest::writes_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QList<QPair<int, QByteArray>>>("changes");  // where, bytes in hexadecimal

    using Changes = QList<QPair<int, QByteArray>>;
    QTest::newRow("nothing") << QByteArray("# nothing\n\n") << Changes{};
    QTest::newRow("one byte") << QByteArray("overwrite 0 41\n") << Changes{{0, "41"}};
    QTest::newRow("the last byte") << QByteArray("overwrite 9999 41") << Changes{{9999, "41"}};
    QTest::newRow("several") << QByteArray("overwrite 0x1000 DE AD\noverwrite 7 be ef\n")
                             << Changes{{0x1000, "dead"}, {7, "beef"}};
    QTest::newRow("one over the other")
        << QByteArray("overwrite 10 01 02 03 04\noverwrite 11 FF\n") << Changes{{10, "01FF0304"}};
    QTest::newRow("fill") << QByteArray("fill 100 7 AABBCC\n") << Changes{{100, "AABBCCAABBCCAA"}};
    QTest::newRow("inserted and taken back")
        << QByteArray("insert 5 FF FF\noverwrite 7 41\ndelete 5 2\n") << Changes{{5, "41"}};
}

void EditCommandTest::writes() {
    QFETCH(QByteArray, script);
    using Changes = QList<QPair<int, QByteArray>>;
    QFETCH(Changes, changes);

    QByteArray wanted = before_;
    for (const auto& [at, hex] : changes) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        wanted.replace(at, bytes.size(), bytes);
    }
    const CliResult result = edit(script);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, QByteArray());
    QCOMPARE(result.status, 0);
    QVERIFY(readFile(path_) == wanted);
}

void EditCommandTest::savesOtherLengths_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("removed");
    QTest::addColumn<QByteArray>("inserted");
    const auto row = [](const char* name, const char* script, int at, int removed,
                        const char* inserted) {
        QTest::newRow(name) << QByteArray(script) << at << removed << QByteArray(inserted);
    };
    row("insert", "insert 5 41\n", 5, 0, "A");
    row("insert at the end", "insert 10000 41 42\n", 10'000, 0, "AB");
    row("delete", "delete 5 7\n", 5, 7, "");
    row("delete all", "delete 0 10000\n", 0, 10'000, "");
    row("replace", "replace 5 1 41 42\n", 5, 1, "AB");
    row("set-size", "set-size 9999\n", 9'999, 1, "");
}

void EditCommandTest::savesOtherLengths() {
    QFETCH(QByteArray, script);
    QFETCH(int, at);
    QFETCH(int, removed);
    QFETCH(QByteArray, inserted);
    const CliResult plan = edit(script, {"--plan"});
    QCOMPARE(plan.status, 0);
    QVERIFY2(plan.output.startsWith("replace: writes "), plan.output);
    QVERIFY2(plan.output.contains("patch: cannot be taken: bytes were inserted"), plan.output);
    const CliResult asJson = edit(script, {"--plan", "--json"});
    const QJsonArray plans = QJsonDocument::fromJson(asJson.output).array();
    QCOMPARE(plans.size(), 3);
    QCOMPARE(plans[0].toObject()["strategy"].toString(), QString("replace"));
    QVERIFY(plans[0].toObject()["applies"].toBool());
    QVERIFY(!plans[1].toObject()["applies"].toBool());
    const CliResult refused = edit(script, {"--strategy", "patch"});
    QCOMPARE(refused.status, 2);
    QVERIFY(readFile(path_) == before_);

    const CliResult result = edit(script);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.status, 0);
    QVERIFY(readFile(path_) == QByteArray(before_).replace(at, removed, inserted));
}

void EditCommandTest::refuses_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("reason");

    const auto row = [](const char* name, const char* script, const char* reason) {
        QTest::newRow(name) << QByteArray(script) << QByteArray(reason);
    };
    row("unknown edit", "overwrite 0 41\nmove 0 5\n", "line 2 of ");
    row("bad number", "overwrite 0 41\noverwrite 1x 41\n", "line 2 of ");
    row("bad bytes", "overwrite 0 4\n", "half a byte");
    row("wildcard", "overwrite 0 ??\n", "line 1 of ");
    row("overwrite passes the end", "overwrite 0 41\noverwrite 9999 4142\n", "line 2 of ");
    row("overwrite behind the end", "overwrite 10000 41\n", "overwrite: ");
    row("fill passes the end", "overwrite 0 41\nfill 9990 11 00\n", "line 2 of ");
    row("fill to the highest offset", "fill 0 0x7fffffffffffffff 00\n", "fill: ");
    row("insert-file of nothing there", "insert-file 0 /nowhere/x\n", "open /nowhere/x: No such");
}

void EditCommandTest::refuses() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, reason);

    const QDateTime modified = QFileInfo(path_).lastModified();
    const CliResult result = edit(script);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains(reason), result.errors);
    QVERIFY2(result.errors.contains(path_.toLocal8Bit()), result.errors);
    QVERIFY(readFile(path_) == before_);
    QCOMPARE(QFileInfo(path_).lastModified(), modified);
}

// The file holds the letters from a to z.
void EditCommandTest::dryRun_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("output");

    const auto row = [](const char* name, const char* script, const char* output) {
        QTest::newRow(name) << QByteArray(script) << QByteArray(output);
    };
    row("nothing", "", "");
    row("overwrite", "overwrite 0x10 DE AD\n", "16 overwritten 2 2 7172 -> dead\n");
    row("fill", "fill 1 3 00\n", "1 overwritten 3 3 626364 -> 000000\n");
    row("insert", "insert 3 FF\n", "3 inserted 0 1 - -> ff\n");
    row("delete", "delete 0 2\n", "0 deleted 2 0 6162 -> -\n");
    row("replaced", "delete 4 2\ninsert 4 01\n", "4 replaced 2 1 6566 -> 01\n");
    row("in the order of the file", "overwrite 20 00\noverwrite 2 01\n",
        "2 overwritten 1 1 63 -> 01\n20 overwritten 1 1 75 -> 00\n");
    row("offset in the file", "insert 0 01 02 03\noverwrite 13 04\n",
        "0 inserted 0 3 - -> 010203\n10 overwritten 1 1 6b -> 04\n");
    row("at the end", "insert 26 41\n", "26 inserted 0 1 - -> 41\n");
    row("replace", "replace 4 2 01 02 03\n", "4 replaced 2 3 6566 -> 010203\n");
    row("cut", "set-size 24\n", "24 deleted 2 0 797a -> -\n");
    row("made longer", "set-size 28\n", "26 inserted 0 2 - -> 0000\n");
    row("what meets is one", "overwrite 4 01\noverwrite 5 02\n",
        "4 overwritten 2 2 6566 -> 0102\n");
    row("the old value", "overwrite 4 65 66\n", "");
    row("the old value in the middle", "overwrite 4 00 66 00\n",
        "4 overwritten 1 1 65 -> 00\n6 overwritten 1 1 67 -> 00\n");
    row("the old value typed back", "overwrite 4 00\noverwrite 4 65\n", "");
}

void EditCommandTest::dryRun() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, output);

    const QByteArray letters = "abcdefghijklmnopqrstuvwxyz";
    QVERIFY(writeFile(path_, letters));
    const CliResult result = edit(script, {"--dry-run"});
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, output);
    QCOMPARE(result.status, 0);
    QCOMPARE(readFile(path_), letters);
}

void EditCommandTest::dryRunCutsLongChanges() {
    QVERIFY(writeFile(path_, QByteArray(100, 'a')));
    const QByteArray cut =
        QByteArray("61").repeated(32) + "... -> " + QByteArray("62").repeated(32);
    QCOMPARE(edit("fill 0 33 62\n", {"--dry-run"}).output, "0 overwritten 33 33 " + cut + "...\n");
    QCOMPARE(edit("fill 0 32 62\n", {"--dry-run"}).output,
             "0 overwritten 32 32 " + QByteArray(cut).replace("...", "") + "\n");
}

// The file holds the letters from a to z.
void EditCommandTest::dryRunAsJson_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("output");

    const auto row = [](const char* name, const char* script, const char* output) {
        QTest::newRow(name) << QByteArray(script) << QByteArray(output);
    };
    row("nothing", "", "[]\n");
    row("overwrite", "overwrite 0x10 DE AD\n",
        R"([{"fileOffset":16,"fileLength":2,"offset":16,"length":2,"kind":"overwritten",)"
        R"("before":"7172","after":"dead","beforeCut":false,"afterCut":false}])"
        "\n");
    row("insert and delete", "insert 0 01\ndelete 5 2\n",
        R"([{"fileOffset":0,"fileLength":0,"offset":0,"length":1,"kind":"inserted",)"
        R"("before":"","after":"01","beforeCut":false,"afterCut":false},)"
        R"({"fileOffset":4,"fileLength":2,"offset":5,"length":0,"kind":"deleted",)"
        R"("before":"6566","after":"","beforeCut":false,"afterCut":false}])"
        "\n");
    row("replace", "replace 4 2 01\n",
        R"([{"fileOffset":4,"fileLength":2,"offset":4,"length":1,"kind":"replaced",)"
        R"("before":"6566","after":"01","beforeCut":false,"afterCut":false}])"
        "\n");
}

void EditCommandTest::dryRunAsJson() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, output);
    QVERIFY(writeFile(path_, "abcdefghijklmnopqrstuvwxyz"));
    const CliResult result = edit(script, {"--dry-run", "--json"});
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, output);
    QCOMPARE(result.status, 0);
    QVERIFY(QJsonDocument::fromJson(result.output).isArray());
}

void EditCommandTest::dryRunAsJsonCutsLongChanges() {
    QVERIFY(writeFile(path_, QByteArray(3000, 'a')));
    const auto changeOf = [this](const QByteArray& script) {
        return QJsonDocument::fromJson(edit(script, {"--dry-run", "--json"}).output)[0];
    };
    const QJsonValue uncut = changeOf("fill 0 1024 62\n");
    QCOMPARE(uncut["before"].toString(), QString("61").repeated(1024));
    QCOMPARE(uncut["beforeCut"], QJsonValue(false));
    QCOMPARE(uncut["afterCut"], QJsonValue(false));
    const QJsonValue cut = changeOf("replace 0 1025 62\n");
    QCOMPARE(cut["before"].toString(), QString("61").repeated(1024));
    QCOMPARE(cut["beforeCut"], QJsonValue(true));
    QCOMPARE(cut["after"].toString(), QString("62"));
    QCOMPARE(cut["afterCut"], QJsonValue(false));
    const QJsonValue longer = changeOf("set-size 0x4000000000000000\n");
    QCOMPARE(longer["after"].toString(), QString("00").repeated(1024));
    QCOMPARE(longer["afterCut"], QJsonValue(true));
    QCOMPARE(longer["length"].toInteger(), 0x4000000000000000 - 3000);
}

void EditCommandTest::dryRunOfHugeEdits() {
    QFile file(path_);
    const qint64 size = qint64{1} << 40;
    if (!file.resize(size)) {
        QSKIP("the file system takes no file of 1 TiB");
    }
    const CliResult filled = edit("fill 16 1099511627000 DE AD\n", {"--dry-run"});
    const QByteArray zeros = QByteArray("00").repeated(32);
    QCOMPARE(filled.errors, QByteArray());
    QVERIFY2(filled.output.endsWith("-> " + QByteArray("dead").repeated(16) + "...\n"),
             filled.output);
    const CliResult grown = edit("set-size 9223372036854775807\n", {"--dry-run"});
    QCOMPARE(grown.output, "1099511627776 inserted 0 9223370937343148031 - -> " + zeros + "...\n");
    const CliResult tooLong = edit("set-size 9223372036854775807\ninsert 0 00\n", {"--dry-run"});
    QCOMPARE(tooLong.status, 2);
    QVERIFY2(tooLong.errors.contains("line 2 of ") && tooLong.errors.contains("2^63 - 1"),
             tooLong.errors);
}

// Bytes of a process between its regions.
void EditCommandTest::dryRunMarksUnreadableBytes() {
    QVERIFY(writeFile(script_, "overwrite 16 41 42\n"));
    const CliResult text =
        runShell("\"$CLI\" edit /proc/$$/mem --script \"$1\" --dry-run", {script_});
    QCOMPARE(text.errors, QByteArray());
    QCOMPARE(text.output, QByteArray("16 overwritten 2 2 ???? -> 4142\n"));
    const CliResult json =
        runShell("\"$CLI\" edit /proc/$$/mem --script \"$1\" --dry-run --json", {script_});
    QVERIFY2(json.output.contains(R"("before":"????","after":"4142")"), json.output);
}

void EditCommandTest::fromStandardInput() {
    const CliResult result = runCli({"edit", "--script", "-", path_}, "overwrite 1 00\n");
    QCOMPARE(result.status, 0);
    QCOMPARE(readFile(path_), QByteArray(before_).replace(1, 1, QByteArray(1, '\0')));

    const CliResult wrong = runCli({"edit", "--script", "-", path_}, "overwrite 1 0\n");
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.errors.contains("line 1 of standard input: "), wrong.errors);
}

// Overwrites and fills against the same done to an array.
void EditCommandTest::random() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](qsizetype limit) {
            return static_cast<qsizetype>(engine() % static_cast<std::uint64_t>(limit));
        };
        for (int round = 0; round < scaled(10); ++round) {
            QByteArray content = randomBytes(1 + below(20'000), engine());
            QVERIFY(writeFile(path_, content));
            QByteArray script;
            for (qsizetype i = below(60); i > 0; --i) {
                const qsizetype at = below(content.size());
                const qsizetype length = 1 + below(std::min<qsizetype>(content.size() - at, 300));
                const QByteArray bytes =
                    randomBytes(below(2) == 0 ? length : 1 + below(5), engine());
                if (bytes.size() == length) {
                    script += "overwrite " + QByteArray::number(at) + ' ' + bytes.toHex(' ') + '\n';
                } else {
                    script += "fill 0x" + QByteArray::number(at, 16) + ' ' +
                              QByteArray::number(length) + ' ' + bytes.toHex() + '\n';
                }
                for (qsizetype byte = 0; byte < length; ++byte) {
                    content[at + byte] = bytes[byte % bytes.size()];
                }
            }
            const CliResult result = edit(script);
            QCOMPARE(result.errors, QByteArray());
            QVERIFY2(readFile(path_) == content, qPrintable(QString("round %1").arg(round)));
        }
    }
}

void EditCommandTest::scriptCannotBeRead_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("missing") << "/nowhere/edits"
                             << QByteArray("octavo-cli: open /nowhere/edits: No such file");
    QTest::newRow("folder") << "/" << QByteArray("octavo-cli: read /: Is a directory");
    QTest::newRow("empty name") << "" << QByteArray("octavo-cli: open");
}

void EditCommandTest::scriptCannotBeRead() {
    QFETCH(QString, script);
    QFETCH(QByteArray, error);
    const CliResult result = runCli({"edit", path_, "--script", script});
    QCOMPARE(result.status, 2);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.startsWith(error), result.errors);
    QVERIFY(readFile(path_) == before_);
}

void EditCommandTest::readOnlyFile() {
    QVERIFY(writeFile(script_, "overwrite 0 41\n"));
    QVERIFY(QFile::setPermissions(path_, QFile::Permissions(0x4444)));
    QVERIFY(QFile::setPermissions(folder_.path(), QFile::Permissions(0x7755)));
    const std::optional<CliResult> run =
        runShellAsNobody("\"$CLI\" edit \"$1\" --script \"$2\"", {path_, script_});
    QVERIFY(QFile::setPermissions(path_, QFile::ReadOwner | QFile::WriteOwner));
    if (!run) {
        QSKIP("root may write to every file, and another user may not run the program");
    }
    const CliResult& result = *run;
    QCOMPARE(result.status, 2);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains("Permission denied"),
             result.errors);
    QVERIFY(readFile(path_) == before_);
}

// Twice what changes, since the journal is written before it. Against a run that changes nothing,
// as sanitizers write for themselves.
void EditCommandTest::writesNoMoreThanTheChange() {
    if (!QFileInfo::exists("/proc/self/io")) {
        QSKIP("the kernel does not count what a process writes");
    }
    const QByteArray content(64 << 20, 'x');
    QVERIFY(writeFile(path_, content));
    QVERIFY(
        writeFile(script_, "overwrite 5 00\noverwrite 0x3ffffff 01 \nfill 0x1000000 1000 02\n"));
    const qint64 nothing = bytesWritten("\"$CLI\" edit \"$1\" --script /dev/null", {path_});
    const qint64 change = bytesWritten("\"$CLI\" edit \"$1\" --script \"$2\"", {path_, script_});
    QVERIFY(nothing >= 0);
    QVERIFY2(change - nothing >= 2004 && change - nothing < 4000,
             qPrintable(QString::number(change)));

    QByteArray wanted = content;
    wanted[5] = '\0';
    wanted[0x3FFFFFF] = '\1';
    wanted.replace(0x1000000, 1000, QByteArray(1000, '\2'));
    QVERIFY(readFile(path_) == wanted);
}

void EditCommandTest::keepsABackup_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("patch") << QByteArray("overwrite 3 41\n");
    QTest::newRow("replace") << QByteArray("insert 3 41\n");
}

void EditCommandTest::keepsABackup() {
    QFETCH(QByteArray, script);
    const QString backup = path_ + '~';
    QVERIFY(writeFile(backup, "an older one"));
    QVERIFY(QFile::setPermissions(path_, QFile::ReadOwner | QFile::WriteOwner));
    const CliResult result = edit(script, {"--backup"});
    QVERIFY2(result.status == 0, result.errors);
    QVERIFY(readFile(path_) != before_);
    QVERIFY(readFile(backup) == before_);
    QCOMPARE(QFile::permissions(backup) & 0x0FFF, QFile::permissions(path_) & 0x0FFF);
    // Where there is no place for one, nothing is written.
    QVERIFY(QFile::remove(backup) && QDir().mkdir(backup));
    QVERIFY(writeFile(path_, before_));
    const CliResult refused = edit(script, {"--backup"});
    QCOMPARE(refused.status, 2);
    QVERIFY(isOneErrorLine(refused.errors));
    QVERIFY(readFile(path_) == before_);
    QVERIFY(QDir().rmdir(backup));
}

void EditCommandTest::writesToAnotherFile() {
    const QString other = folder_.filePath("other");
    const CliResult result = edit("insert 0 4142\n", {"--output", other, "--json"});
    QVERIFY2(result.status == 0, result.errors);
    QVERIFY(readFile(path_) == before_);
    QVERIFY(readFile(other) == "AB" + before_);
    const QJsonObject told = QJsonDocument::fromJson(result.output).object();
    QCOMPARE(told["strategy"].toString(), QString("copy"));
    QCOMPARE(told["bytesWritten"].toInt(), 10'002);
    // Its own name is not another one, whatever leads to it.
    QVERIFY(QFile::link(path_, folder_.filePath("link")));
    const CliResult own = edit("insert 0 4142\n", {"--output", folder_.filePath("link")});
    QCOMPARE(own.status, 2);
    QVERIFY(isOneErrorLine(own.errors));
    QVERIFY(readFile(path_) == before_);
    const CliResult both = edit("insert 0 4142\n", {"--output", other, "--backup"});
    QCOMPARE(both.status, 2);
    QVERIFY(isOneErrorLine(both.errors));
}

void EditCommandTest::tellsWhatItSaved() {
    const CliResult result = edit("overwrite 0 4142\n", {"--json"});
    QVERIFY2(result.status == 0, result.errors);
    const QJsonObject told = QJsonDocument::fromJson(result.output).object();
    QCOMPARE(told["path"].toString(), path_);
    QCOMPARE(told["strategy"].toString(), QString("patch"));
    QCOMPARE(told["bytesWritten"].toInt(), 2);
}

void EditCommandTest::mindsLocksOfOthers() {
    QVERIFY(writeFile(script_, "overwrite 0 4142\n"));
    const auto underLock = [this](const QString& options) {
        return runShell("flock \"$1\" \"$CLI\" edit \"$1\" --script \"$2\" " + options,
                        {path_, script_});
    };
    const CliResult refused = underLock("");
    QCOMPARE(refused.status, 2);
    QVERIFY2(isOneErrorLine(refused.errors) && refused.errors.contains("lock"), refused.errors);
    QVERIFY(readFile(path_) == before_);
    const CliResult written = underLock("--even-if-locked");
    QVERIFY2(written.status == 0, written.errors);
    QVERIFY(readFile(path_).startsWith("AB"));
}

void EditCommandTest::asksBeforeItWritesToADevice() {
    QVERIFY(writeFile(path_, before_.left(8192)));
    QVERIFY(writeFile(script_, "overwrite 0 4142\n"));
    const CliResult attached = runProgram("losetup", {"--find", "--show", path_});
    const QString device = QString::fromLocal8Bit(attached.output).trimmed();
    if (attached.status != 0 || device.isEmpty()) {
        QSKIP("no loop device can be had");
    }
    const CliResult refused = runCli({"edit", device, "--script", script_});
    const CliResult replaced =
        runCli({"edit", device, "--script", script_, "--device", "--strategy", "replace"});
    const CliResult written = runCli({"edit", device, "--script", script_, "--device"});
    runProgram("losetup", {"--detach", device});
    QCOMPARE(refused.status, 2);
    QVERIFY2(isOneErrorLine(refused.errors) && refused.errors.contains("--device"), refused.errors);
    QCOMPARE(replaced.status, 2);
    QVERIFY2(written.status == 0, written.errors);
    QVERIFY(readFile(path_) == "AB" + before_.mid(2, 8190));
}

QTEST_GUILESS_MAIN(EditCommandTest)
#include "edit_command_test.moc"
