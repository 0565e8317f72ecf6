#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace octavo::test;

class FindCommandTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void rows_data();
    void rows();
    void json_data();
    void json();
    void wrong_data();
    void wrong();
    void resultsComeAtOnce();
    void sparse_data();
    void sparse();
    void cutWhileItRuns();
    void withoutThreads();

private:
    QTemporaryDir folder_;
    QString path_;
};

void FindCommandTest::initTestCase() {
    QVERIFY(folder_.isValid());
    path_ = folder_.filePath("data");
    //                       0         1         2
    //                       0123456789012345678901234567
    QVERIFY(writeFile(path_, "abcabcabc--aaaaa--hello\xFF\xDE\xAD\x42!"));
}

void FindCommandTest::rows_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("output");

    const auto row = [](const char* options, int status, const char* output) {
        QTest::newRow(options) << QString(options).split(' ') << status << QByteArray(output);
    };
    row("--text bc", 0, "1\n");
    row("--text bc --backward", 0, "7\n");
    row("--text bc --all", 0, "1\n4\n7\n");
    row("--text bc --all --backward", 0, "7\n4\n1\n");
    row("--text bc --count", 0, "3\n");
    row("--text aa --all", 0, "11\n13\n");
    row("--text aa --all --backward", 0, "14\n12\n");
    row("--text aa --count --backward", 0, "2\n");
    row("--text zz", 1, "");
    row("--text zz --all", 1, "");
    row("--text zz --count", 1, "0\n");
    row("--hex 6263", 0, "1\n");
    row("--hex=62??61 --all", 0, "1\n4\n");
    row("--hex FFDEAD4?", 0, "23\n");
    row("--hex ?D --from 18", 0, "25\n");
    row("--hex ?? --count", 0, "28\n");
    row("--text abc --from 1", 0, "3\n");
    row("--text abc --from 0x1", 0, "3\n");
    row("--text abc --to 5 --all", 0, "0\n");
    row("--text abc --to 6 --all", 0, "0\n3\n");
    row("--text abc --from 3 --to 5", 1, "");
    row("--text abc --from 4 --to 4", 1, "");
    row("--text abc --from 6 --to 0x7fffffffffffffff", 0, "6\n");
    row("--text abc --from 9223372036854775807", 1, "");
    row("--text abc --backward --to 8", 0, "3\n");
}

void FindCommandTest::rows() {
    QFETCH(QStringList, options);
    QFETCH(int, status);
    QFETCH(QByteArray, output);

    for (const QStringList& words : {QStringList{"find", path_} + options,
                                     QStringList{"find"} + options + QStringList{path_}}) {
        const CliResult result = runCli(words);
        QCOMPARE(result.errors, QByteArray());
        QCOMPARE(result.output, output);
        QCOMPARE(result.status, status);
    }
}

void FindCommandTest::json_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("wanted");

    QTest::newRow("first") << QStringList{} << 0
                           << QByteArray(R"({"matches":[1],"count":1,"notSearched":[]})");
    QTest::newRow("all") << QStringList{"--all"} << 0
                         << QByteArray(R"({"matches":[1,4,7],"count":3,"notSearched":[]})");
    QTest::newRow("count") << QStringList{"--count"} << 0
                           << QByteArray(R"({"count":3,"notSearched":[]})");
    QTest::newRow("none") << QStringList{"--all", "--from", "8"} << 1
                          << QByteArray(R"({"matches":[],"count":0,"notSearched":[]})");
}

void FindCommandTest::json() {
    QFETCH(QStringList, options);
    QFETCH(int, status);
    QFETCH(QByteArray, wanted);

    const CliResult result = runCli(QStringList{"find", path_, "--text", "bc", "--json"} + options);
    QCOMPARE(result.status, status);
    QCOMPARE(result.output.count('\n'), 1);
    const QJsonDocument json = QJsonDocument::fromJson(result.output);
    QVERIFY2(json.isObject(), result.output);
    QCOMPARE(json, QJsonDocument::fromJson(wanted));
}

void FindCommandTest::wrong_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("reason");

    const auto row = [](const char* name, const QStringList& options, const char* reason) {
        QTest::newRow(name) << options << QByteArray(reason);
    };
    row("neither", {}, "either --hex or --text");
    row("both", {"--hex", "00", "--text", "a"}, "either --hex or --text");
    row("all and count", {"--hex", "00", "--all", "--count"}, "--all or --count");
    row("empty text", {"--text", ""}, "empty");
    row("empty hex", {"--hex="}, "empty");
    row("half a byte", {"--hex", "123"}, "half a byte: 3");
    row("bad digit", {"--hex", "0g"}, "g");
    row("bad number", {"--text", "a", "--from", "1k"}, "--from");
    row("number too large", {"--text", "a", "--to", "9223372036854775808"}, "--to");
    row("negative number", {"--text", "a", "--from", "-1"}, "-1");
    row("turned round", {"--text", "a", "--from", "5", "--to", "4"}, "--from lies behind --to");
    row("unknown option", {"--text", "a", "--regex"}, "--regex");
}

void FindCommandTest::wrong() {
    QFETCH(QStringList, options);
    QFETCH(QByteArray, reason);

    const CliResult result = runCli(QStringList{"find", path_} + options);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains(reason), result.errors);
}

// The first match is read while the search goes on: it waits for the rest of the matches to be
// read, of which there are more than a pipe holds.
void FindCommandTest::resultsComeAtOnce() {
    const QString path = folder_.filePath("dense");
    QVERIFY(writeFile(path, QByteArray(4 << 20, 'x')));
    const CliResult result = runShell("\"$CLI\" find \"$1\" --text x --all | head -n 3", {path});
    QCOMPARE(result.output, QByteArray("0\n1\n2\n"));
    QCOMPARE(result.errors, QByteArray());
}

void FindCommandTest::sparse_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("output");

    const qint64 end = Q_INT64_C(1) << 40;
    const QByteArray word = QByteArray::number(end - 9) + "\n";
    QTest::newRow("from the start") << QStringList{"--text", "needle"} << word;
    QTest::newRow("from the end") << QStringList{"--text", "needle", "--backward"} << word;
    QTest::newRow("all") << QStringList{"--text", "needle", "--all"} << word;
    QTest::newRow("count") << QStringList{"--hex", "6e ?? 65", "--count"} << QByteArray("1\n");
    QTest::newRow("with zeros in front")
        << QStringList{"--hex", "00 00 6e 65"} << QByteArray::number(end - 11) + "\n";
    QTest::newRow("with zeros behind")
        << QStringList{"--hex", "6c 65 00 00 00"} << QByteArray::number(end - 5) + "\n";
    QTest::newRow("absent") << QStringList{"--text", "needles"} << QByteArray();
    QTest::newRow("absent, from the end")
        << QStringList{"--text", "needles", "--backward"} << QByteArray();
}

// A few bytes at the end of 1 TiB: found in the time it takes to skip a hole.
void FindCommandTest::sparse() {
    QFETCH(QStringList, options);
    QFETCH(QByteArray, output);

    QFile file(folder_.filePath("sparse"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (!file.resize(Q_INT64_C(1) << 40)) {
        QSKIP("the file system refuses a sparse file of 1 TiB");
    }
    QVERIFY(file.seek((Q_INT64_C(1) << 40) - 9));
    QCOMPARE(file.write("needle"), 6);
    file.close();
    const CliResult result = runCli(QStringList{"find", file.fileName()} + options);
    file.remove();
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, output);
    QCOMPARE(result.status, output.isEmpty() ? 1 : 0);
}

void FindCommandTest::cutWhileItRuns() {
    const QString path = folder_.filePath("cut");
    QVERIFY(writeFile(path, QByteArray(16 << 20, 'x')));
    const CliResult result =
        runShell("{ \"$CLI\" find \"$1\" --text x --all; echo \"status $?\"; } | "
                 "{ head -c 1000 >/dev/null; truncate -s 4096 \"$1\"; tail -n 1; }",
                 {path});
    QCOMPARE(result.output, QByteArray("status 2\n"));
    QVERIFY2(isOneErrorLine(result.errors), result.errors);
    QVERIFY2(result.errors.contains("could not be read"), result.errors);
}

// The thread that flushes is a comfort: a machine that grants none gets the results all the same.
void FindCommandTest::withoutThreads() {
    QVERIFY(QFile::setPermissions(folder_.path(), QFile::Permissions(0x7755)));
    QVERIFY(QFile::setPermissions(path_, QFile::Permissions(0x6644)));
    // LeakSanitizer needs a thread itself.
    const std::optional<CliResult> result = runShellAsNobody(
        "ASAN_OPTIONS=detect_leaks=0 prlimit --nproc=0 \"$CLI\" find \"$1\" --text bc --all",
        {path_});
    if (!result || result->status == 127) {
        QSKIP("the limit does not bind root, and another user may not run prlimit");
    }
    QCOMPARE(result->errors, QByteArray());
    QCOMPARE(result->output, QByteArray("1\n4\n7\n"));
    QCOMPARE(result->status, 0);
}

QTEST_GUILESS_MAIN(FindCommandTest)
#include "find_command_test.moc"
