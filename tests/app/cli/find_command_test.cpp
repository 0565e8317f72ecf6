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
    void kinds_data();
    void kinds();
    void standardInput_data();
    void standardInput();
    void manyThreadsFindTheSame();
    void givesUp();
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

void FindCommandTest::kinds_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("output");

    const QByteArray text = "Password: pass-word\n123-4567 PASSWORD";
    const QByteArray wide = QByteArray::fromHex("6100 6200 6300 00 1604 3004 0000");
    QTest::newRow("mask and alternatives")
        << text << QStringList{"--hex", "[31-39] 3? 33&FF 2D"} << 0 << QByteArray("20\n");
    QTest::newRow("any case") << text << QStringList{"--text", "password", "--ignore-case", "--all"}
                              << 0 << QByteArray("0\n29\n");
    QTest::newRow("encodings") << wide << QStringList{"--text",        "b",
                                                      "--encoding",    "UTF-8,UTF-16LE",
                                                      "--overlapping", "--all"}
                               << 0 << QByteArray("2\tUTF-8\n");
    QTest::newRow("expression") << text << QStringList{"--regex", "[0-9]{3}-[0-9]{4}", "--all"} << 0
                                << QByteArray("20\n");
    QTest::newRow("lines") << text << QStringList{"--regex", "^1", "--lines"} << 0
                           << QByteArray("20\n");
    QTest::newRow("not lines") << text << QStringList{"--regex", "^1"} << 1 << QByteArray();
    QTest::newRow("a match that is cut")
        << QByteArray("aaaaa") << QStringList{"--regex", "a+", "--longest", "3", "--all"} << 0
        << QByteArray("0\tcut\n3\n");
    QTest::newRow("integers") << QByteArray::fromHex("00 E8 03 D0 07")
                              << QStringList{"--int", "1000..2000", "--width", "2", "--all"} << 0
                              << QByteArray("1\n3\n");
    QTest::newRow("both orders") << QByteArray::fromHex("03 E8 E8 03")
                                 << QStringList{"--int",    "1000", "--width", "2",
                                                "--endian", "both", "--all"}
                                 << 0 << QByteArray("0\tbig-endian\n2\tlittle-endian\n");
    QTest::newRow("double") << QByteArray::fromHex("00 00 00 00 00 00 F8 3F")
                            << QStringList{"--double", "1.5"} << 0 << QByteArray("0\n");
    QTest::newRow("strings") << QByteArray("ab\0hello\1wide\tword\2", 20)
                             << QStringList{"--strings", "--all"} << 0
                             << QByteArray("3\thello\n9\twide word\n");
    QTest::newRow("wide strings") << wide << QStringList{"--strings", "--encoding", "utf-16le",
                                                         "--least",   "2",          "--all"}
                                  << 0 << QByteArray("0\tabc\n7\t\u0416\u0430\n");
    QTest::newRow("not padding") << QByteArray(100, '\0') + "x"
                                 << QStringList{"--hex", "00", "--not"} << 0 << QByteArray("100\n");
    QTest::newRow("aligned") << QByteArray("aaaaaaaa")
                             << QStringList{"--text",       "a", "--align", "4",
                                            "--align-from", "1", "--all"}
                             << 0 << QByteArray("1\n5\n");
    QTest::newRow("overlapping") << QByteArray("aaa")
                                 << QStringList{"--text", "aa", "--all", "--overlapping"} << 0
                                 << QByteArray("0\n1\n");
    QTest::newRow("context") << QByteArray("abcde") << QStringList{"--text", "c", "--context", "9"}
                             << 0 << QByteArray("2\t61 62[63]64 65\n");
    QTest::newRow("JSON") << QByteArray("abcde")
                          << QStringList{"--regex", "b.", "--context", "1", "--json"} << 0
                          << QByteArray(
                                 R"({"matches":[{"offset":1,"length":2,"before":"61",)"
                                 R"("bytes":"62 63","after":"64"}],"count":1,"notSearched":[]})"
                                 "\n");
}

void FindCommandTest::kinds() {
    QFETCH(QByteArray, content);
    QFETCH(QStringList, options);
    QFETCH(int, status);
    QFETCH(QByteArray, output);
    const QString path = folder_.filePath("kinds");
    QVERIFY(writeFile(path, content));
    const CliResult result = runCli(QStringList{"find", path} + options);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, output);
    QCOMPARE(result.status, status);
}

void FindCommandTest::standardInput_data() {
    QTest::addColumn<QString>("line");
    QTest::newRow("pipe") << "cat \"$1\" | \"$CLI\" find - --text hello";
    QTest::newRow("file") << "\"$CLI\" find - --text hello < \"$1\"";
    QTest::newRow("rest of a file")
        << "{ dd bs=1 count=3 status=none of=/dev/null; \"$CLI\" find - "
           "--text hello; } < \"$1\" | sed 's/^15/18/'";
}

void FindCommandTest::standardInput() {
    QFETCH(QString, line);
    const CliResult result = runShell(line, {path_});
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, QByteArray("18\n"));
}

void FindCommandTest::manyThreadsFindTheSame() {
    QByteArray content;
    for (int i = 0; content.size() < (24 << 20); ++i) {
        content += "a" + QByteArray(i % 700, 'b') + "aaa";
    }
    const QString path = folder_.filePath("threads");
    QVERIFY(writeFile(path, content));
    for (const QStringList& sought :
         {QStringList{"--text", "aa"}, QStringList{"--regex", "b{3,9}a"}}) {
        const QStringList words = QStringList{"find", path, "--all"} + sought;
        const CliResult one = runCli(words + QStringList{"--threads", "1"});
        QCOMPARE(one.status, 0);
        QVERIFY(one.output.size() > 100'000);
        for (const char* threads : {"2", "4"}) {
            QVERIFY(runCli(words + QStringList{"--threads", threads}).output == one.output);
        }
    }
}

// Each match costs a look at all that follows.
void FindCommandTest::givesUp() {
    const QString path = folder_.filePath("hostile");
    QVERIFY(writeFile(path, QByteArray(8 << 20, 'x')));
    const CliResult result = runCli({"find", path, "--regex", "x*y|x", "--all", "--json"});
    QCOMPARE(result.status, 2);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains("stopped at offset"),
             result.errors);
    const QJsonObject json = QJsonDocument::fromJson(result.output).object();
    QVERIFY(json["stoppedAt"].toInteger() > 0);
    QCOMPARE(json["count"].toInteger(), json["stoppedAt"].toInteger());
}

void FindCommandTest::json_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("wanted");

    QTest::newRow("first")
        << QStringList{} << 0
        << QByteArray(R"({"matches":[{"offset":1,"length":2}],"count":1,"notSearched":[]})");
    QTest::newRow("all")
        << QStringList{"--all"} << 0
        << QByteArray(
               R"({"matches":[{"offset":1,"length":2},{"offset":4,"length":2},{"offset":7,"length":2}],"count":3,"notSearched":[]})");
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
    row("neither", {}, "what is sought is missing");
    row("both", {"--hex", "00", "--text", "a"}, "only one of --hex and --text");
    row("all and count", {"--hex", "00", "--all", "--count"}, "--all or --count");
    row("empty text", {"--text", ""}, "empty");
    row("empty hex", {"--hex="}, "empty");
    row("half a byte", {"--hex", "123"}, "half a byte: 3");
    row("bad digit", {"--hex", "0g"}, "g");
    row("bad number", {"--text", "a", "--from", "1k"}, "--from");
    row("number too large", {"--text", "a", "--to", "9223372036854775808"}, "--to");
    row("negative number", {"--text", "a", "--from", "-1"}, "-1");
    row("turned round", {"--text", "a", "--from", "5", "--to", "4"}, "--from lies behind --to");
    row("unknown option", {"--text", "a", "--perl"}, "--perl");
    row("an option of another kind", {"--hex", "00", "--ignore-case"}, "--text or --regex");
    row("no alignment", {"--hex", "00", "--align", "0"}, "--align is at least 1");
    row("half an alignment", {"--hex", "00", "--align-from", "1"}, "goes with --align");
    row("no threads", {"--hex", "00", "--threads", "0"}, "1 to 256");
    row("no byte order", {"--int", "1", "--endian", "middle"}, "little, big or both");
    row("context of a count", {"--hex", "00", "--count", "--context", "1"}, "--context");
    row("bad expression", {"--regex", "a(b"}, "a(b");
    row("integer too large", {"--int", "70000", "--width", "2"}, "does not fit");
    row("unknown encoding", {"--text", "a", "--encoding", "none"}, "none");
    row("strings in an odd encoding", {"--strings", "--encoding", "koi8-r"}, "ascii, latin1");
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
