#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"
#include "tests/support/test_seed.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace octavo::test;

class ReplaceCommandTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void wrong_data();
    void wrong();
    void dryRun();
    void toAnotherFile();
    void manyPlaces();
    void givesUp();

private:
    QTemporaryDir folder_;
};

void ReplaceCommandTest::rows_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<QByteArray>("output");

    const auto row = [](const char* name, const QByteArray& content, const QStringList& options,
                        const QByteArray& wanted, int count) {
        QTest::newRow(name) << content << options << wanted << QByteArray::number(count) + "\n";
    };
    row("the first", "abab", {"--text", "ab", "--with", "X"}, "Xab", 1);
    row("all", "ababa", {"--text", "ab", "--with", "XYZ", "--all"}, "XYZXYZa", 2);
    row("by nothing", "abcab", {"--text", "ab", "--with", "", "--all"}, "c", 2);
    row("same length", "abab", {"--text", "a", "--with", "b", "--all"}, "bbbb", 2);
    row("absent", "abab", {"--text", "x", "--with", "y", "--all"}, "abab", 0);
    row("wildcards kept", QByteArray::fromHex("33 41 35 33 42 35"),
        {"--hex", "33 ?? 35", "--with", "EE $1 BB", "--all"},
        QByteArray::fromHex("EE 41 BB EE 42 BB"), 2);
    row("counter in bytes", "xx", {"--text", "x", "--with-hex", "{n:2} {n:2be}", "--all"},
        QByteArray::fromHex("01 00 00 01 02 00 00 02"), 2);
    row("groups", "key=value;", {"--regex", "(\\w+)=(\\w+)", "--with", "$2:$1"}, "value:key;", 1);
    row("a group without part", "b", {"--regex", "(a)?b", "--with", "[$1]"}, "[]", 1);
    row("the whole match", "ab", {"--regex", "ab", "--with", "<$0>$$"}, "<ab>$", 1);
    row("counter as text", "aaa", {"--regex", "a", "--with", "${n:2},", "--all"}, "01,02,03,", 3);
    row("escapes", "a", {"--regex", "a", "--with", "\\x00\\n\\\\"}, QByteArray("\0\n\\", 3), 1);
    row("neighbours count", "aba", {"--regex", "\\ba", "--with", "x", "--all"}, "xba", 1);
    row("empty matches", "ab", {"--regex", "x*", "--with", "-", "--all"}, "-a-b-", 3);
    row("another encoding", QByteArray::fromHex("6100 6200"),
        {"--text", "b", "--encoding", "UTF-16LE", "--with", "cc"},
        QByteArray::fromHex("6100 6300 6300"), 1);
    row("a number", QByteArray::fromHex("01 00 E8 03"),
        {"--int", "1000", "--width", "2", "--with-hex", "FF"}, QByteArray::fromHex("01 00 FF"), 1);
    row("a range of the file", "aaaa",
        {"--text", "a", "--with", "b", "--all", "--from", "1", "--to", "3"}, "abba", 2);
}

void ReplaceCommandTest::rows() {
    QFETCH(QByteArray, content);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, wanted);
    QFETCH(QByteArray, output);
    const QString path = folder_.filePath("data");
    QVERIFY(writeFile(path, content));
    const CliResult result = runCli(QStringList{"replace", path} + options);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, output);
    QCOMPARE(result.status, output == "0\n" ? 1 : 0);
    QCOMPARE(readFile(path), wanted);
}

void ReplaceCommandTest::wrong_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("nothing sought") << QStringList{"--with", "a"} << QByteArray("is missing");
    QTest::newRow("no replacement")
        << QStringList{"--text", "a"} << QByteArray("--with or --with-hex");
    QTest::newRow("two replacements")
        << QStringList{"--text", "a", "--with", "b", "--with-hex", "00"}
        << QByteArray("--with or --with-hex");
    QTest::newRow("no such group")
        << QStringList{"--regex", "(a)", "--with", "$2"} << QByteArray("$2");
    QTest::newRow("no such position")
        << QStringList{"--hex", "41 ??", "--with", "$2"} << QByteArray("$2");
    QTest::newRow("half a byte") << QStringList{"--hex", "41", "--with", "4"}
                                 << QByteArray("not a byte");
    QTest::newRow("no counter") << QStringList{"--hex", "41", "--with", "{n:9}"}
                                << QByteArray("{n:9}");
    QTest::newRow("no escape") << QStringList{"--regex", "a", "--with", "\\q"}
                               << QByteArray("\\\\q");
    QTest::newRow("number by text")
        << QStringList{"--int", "1", "--with", "2"} << QByteArray("hexadecimal bytes");
    QTest::newRow("several encodings")
        << QStringList{"--text", "a", "--encoding", "UTF-16", "--with", "b"}
        << QByteArray("hexadecimal bytes");
}

void ReplaceCommandTest::wrong() {
    QFETCH(QStringList, options);
    QFETCH(QByteArray, reason);
    const QString path = folder_.filePath("data");
    QVERIFY(writeFile(path, "abc"));
    const CliResult result = runCli(QStringList{"replace", path} + options);
    QCOMPARE(result.status, 2);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains(reason), result.errors);
    QCOMPARE(readFile(path), QByteArray("abc"));
}

void ReplaceCommandTest::dryRun() {
    const QString path = folder_.filePath("data");
    QVERIFY(writeFile(path, "abcabc"));
    const CliResult result =
        runCli({"replace", path, "--text", "b", "--with", "X", "--all", "--dry-run"});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.output.count('\n'), 2);
    QCOMPARE(readFile(path), QByteArray("abcabc"));
}

void ReplaceCommandTest::toAnotherFile() {
    const QString path = folder_.filePath("data");
    const QString other = folder_.filePath("other");
    QVERIFY(writeFile(path, "abc"));
    const CliResult result =
        runCli({"replace", path, "--text", "b", "--with", "XX", "--output", other, "--json"});
    QCOMPARE(result.output, QByteArray("{\"count\":1}\n"));
    QCOMPARE(readFile(path), QByteArray("abc"));
    QCOMPARE(readFile(other), QByteArray("aXXc"));
}

void ReplaceCommandTest::manyPlaces() {
    const int count = scaled(100'000);
    const QString path = folder_.filePath("many");
    QVERIFY(writeFile(path, QByteArray("ab;").repeated(count)));
    const CliResult result = runCli({"replace", path, "--text", "b", "--with", "XY", "--all"});
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.output, QByteArray::number(count) + "\n");
    QVERIFY(readFile(path) == QByteArray("aXY;").repeated(count));
}

void ReplaceCommandTest::givesUp() {
    const QString path = folder_.filePath("hostile");
    const QByteArray content(8 << 20, 'x');
    QVERIFY(writeFile(path, content));
    const CliResult result = runCli({"replace", path, "--regex", "x*y|x", "--with", "z", "--all"});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.errors.contains("given up at offset"), result.errors);
    QVERIFY(readFile(path) == content);
}

QTEST_GUILESS_MAIN(ReplaceCommandTest)
#include "replace_command_test.moc"
