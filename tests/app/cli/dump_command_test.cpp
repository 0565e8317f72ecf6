#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"
#include "tests/support/test_seed.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace octavo::test;

class DumpCommandTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void likeXxd_data();
    void likeXxd();
    void likeXxdAtRandom();
    void likeXxdFarOut_data();
    void likeXxdFarOut();
    void everyByte();
    void offsetsBehindTheEnd();
    void cutWhileItRuns();

private:
    /// Empty where both programs say the same of that part of the file.
    QString difference(const QString& path, qint64 offset, qint64 length);

    QTemporaryDir folder_;
    bool hasXxd_ = false;
};

void DumpCommandTest::initTestCase() {
    QVERIFY(folder_.isValid());
    hasXxd_ = !QStandardPaths::findExecutable("xxd").isEmpty();
}

QString DumpCommandTest::difference(const QString& path, qint64 offset, qint64 length) {
    QStringList ours{"dump", path};
    QStringList theirs;
    if (offset >= 0) {
        ours << "--offset" << QString::number(offset);
        theirs << "-s" << QString::number(offset);
    }
    if (length >= 0) {
        ours << "--length=0x" + QString::number(length, 16);
        theirs << "-l" << QString::number(length);
    }
    const CliResult dump = runCli(ours);
    const CliResult xxd = runProgram("xxd", theirs << path);
    if (dump.status != 0 || !dump.errors.isEmpty() || xxd.status != 0) {
        return "status " + QString::number(dump.status) + ": " + dump.errors + xxd.errors;
    }
    if (dump.output == xxd.output) {
        return {};
    }
    return QString("offset %1, length %2: %3 and %4 bytes, the ends are\n%5\n%6")
        .arg(offset)
        .arg(length)
        .arg(dump.output.size())
        .arg(xxd.output.size())
        .arg(QString::fromLatin1(dump.output.right(200)),
             QString::fromLatin1(xxd.output.right(200)));
}

void DumpCommandTest::likeXxd_data() {
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("offset");  // -1: the option is not given
    QTest::addColumn<qint64>("length");

    const auto row = [](qint64 size, qint64 offset, qint64 length) {
        QTest::addRow("%lld bytes, offset %lld, length %lld", static_cast<long long>(size),
                      static_cast<long long>(offset), static_cast<long long>(length))
            << size << offset << length;
    };
    for (const qint64 size : {0, 1, 2, 3, 7, 8, 9, 14, 15, 16, 17, 31, 32, 33, 255, 256, 1000}) {
        row(size, -1, -1);
    }
    // Around the block that is read at a time, and the page.
    for (const qint64 size : {4095, 4096, 4097, 262'143, 262'144, 262'145, 1'000'003}) {
        row(size, -1, -1);
    }
    for (const qint64 offset : {0, 1, 15, 16, 17, 99, 100}) {
        for (const qint64 length : {-1, 0, 1, 16, 17, 99, 100, 1000}) {
            row(100, offset, length);
        }
    }
    row(600'000, 262'143, 2);
    row(600'000, 262'145, 262'144);
    row(600'000, 599'999, 100);
}

void DumpCommandTest::likeXxd() {
    QFETCH(qint64, size);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);

    if (!hasXxd_) {
        QSKIP("xxd is not installed");
    }
    const QString path = folder_.filePath("data");
    QVERIFY(writeFile(path, randomBytes(size, kFixedSeed)));
    const QString wrong = difference(path, offset, length);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void DumpCommandTest::likeXxdAtRandom() {
    if (!hasXxd_) {
        QSKIP("xxd is not installed");
    }
    const QString path = folder_.filePath("random");
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto upTo = [&](qint64 limit) {
            return static_cast<qint64>(engine() % static_cast<std::uint64_t>(limit + 1));
        };
        for (int round = 0; round < scaled(12); ++round) {
            const qint64 size = upTo(upTo(1) == 0 ? 2000 : 700'000);
            QVERIFY(writeFile(path, randomBytes(size, engine())));
            const QString wrong = difference(path, upTo(size), upTo(size));
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }
}

void DumpCommandTest::likeXxdFarOut_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");

    QTest::newRow("before 2^32") << (Q_INT64_C(1) << 32) - 48 << qint64{48};
    QTest::newRow("over 2^32") << (Q_INT64_C(1) << 32) - 20 << qint64{100};
    QTest::newRow("over 2^36") << (Q_INT64_C(1) << 36) - 8 << qint64{40};
    QTest::newRow("the last bytes") << (Q_INT64_C(1) << 40) - 40 << qint64{-1};
}

// In a file of 1 TiB, nearly all of which is a hole.
void DumpCommandTest::likeXxdFarOut() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);

    if (!hasXxd_) {
        QSKIP("xxd is not installed");
    }
    QFile file(folder_.filePath("sparse"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (!file.resize(Q_INT64_C(1) << 40)) {
        QSKIP("the file system refuses a sparse file of 1 TiB");
    }
    for (const qint64 at : {offset + 3, offset + 18, (Q_INT64_C(1) << 40) - 5}) {
        QVERIFY(file.seek(at));
        QCOMPARE(file.write("Abc~"), 4);
    }
    file.close();
    const QString wrong = difference(file.fileName(), offset, length);
    file.remove();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void DumpCommandTest::everyByte() {
    if (!hasXxd_) {
        QSKIP("xxd is not installed");
    }
    QByteArray bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    const QString path = folder_.filePath("every");
    QVERIFY(writeFile(path, bytes));
    const QString wrong = difference(path, -1, -1);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void DumpCommandTest::offsetsBehindTheEnd() {
    const QString path = folder_.filePath("short");
    QVERIFY(writeFile(path, "abc"));
    for (const char* offset : {"3", "4", "0x7fffffffffffffff"}) {
        const CliResult dump = runCli({"dump", path, "--offset", offset});
        QCOMPARE(dump.status, 0);
        QCOMPARE(dump.output, QByteArray());
        QCOMPARE(dump.errors, QByteArray());
    }
    const CliResult all = runCli({"dump", path, "--length", "9223372036854775807"});
    QCOMPARE(all.output, QByteArray("00000000: 6162 63                                  abc\n"));
}

// Another program cuts the file when the first rows have come: what is left is shown, the rest is
// an error that names it.
void DumpCommandTest::cutWhileItRuns() {
    const QString path = folder_.filePath("cut");
    QVERIFY(writeFile(path, QByteArray(32 << 20, 'x')));
    const CliResult result =
        runShell("{ \"$CLI\" dump \"$1\"; echo \"status $?\"; } | "
                 "{ head -c 1000 >/dev/null; truncate -s 4096 \"$1\"; tail -n 1; }",
                 {path});
    QCOMPARE(result.output, QByteArray("status 2\n"));
    QVERIFY2(isOneErrorLine(result.errors), result.errors);
    const QRegularExpression line("^octavo-cli: read .*/cut: (\\d+) bytes at offset (\\d+) could");
    const QRegularExpressionMatch match = line.match(result.errors);
    QVERIFY2(match.hasMatch(), result.errors);
    QCOMPARE(match.captured(1).toLongLong() + match.captured(2).toLongLong(), qint64{32 << 20});
}

QTEST_GUILESS_MAIN(DumpCommandTest)
#include "dump_command_test.moc"
