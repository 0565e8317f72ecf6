#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

using namespace octavo::test;

class InfoCommandTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void plain_data();
    void plain();
    void holes();
    void nameThatIsNotUtf8();
    void nameWithLineEnd();

private:
    QTemporaryDir folder_;
};

namespace {

QJsonObject infoOf(const QString& path) {
    const CliResult result = runCli({"info", path, "--json"});
    const QJsonDocument json = QJsonDocument::fromJson(result.output);
    return result.status == 0 && json.isObject() ? json.object() : QJsonObject();
}

}  // namespace

void InfoCommandTest::initTestCase() {
    QVERIFY(folder_.isValid());
}

void InfoCommandTest::plain_data() {
    QTest::addColumn<qint64>("size");
    QTest::addColumn<QByteArray>("sizeLine");
    QTest::newRow("empty") << qint64{0} << QByteArray("size:    0 bytes (0x0)\n");
    QTest::newRow("one byte") << qint64{1} << QByteArray("size:    1 bytes (0x1)\n");
    QTest::newRow("more") << qint64{100'000} << QByteArray("size:    100000 bytes (0x186a0)\n");
}

void InfoCommandTest::plain() {
    QFETCH(qint64, size);
    QFETCH(QByteArray, sizeLine);

    const QString path = folder_.filePath("plain");
    QVERIFY(writeFile(path, QByteArray(size, 'x')));
    const CliResult text = runCli({"info", path});
    QCOMPARE(text.status, 0);
    QVERIFY2(text.output.contains(sizeLine), text.output);
    QVERIFY2(text.output.contains("kind:    regular file\n"), text.output);
    QVERIFY2(text.output.contains("mapping: whole\n"), text.output);

    const QJsonObject info = infoOf(path);
    QCOMPARE(info["path"].toString(), path);
    QCOMPARE(info["size"].toInteger(), size);
    QCOMPARE(info["kind"].toString(), QString("regular file"));
    QCOMPARE(info["mapping"].toString(), QString("whole"));
    const QJsonArray extents = info["extents"].toArray();
    QCOMPARE(extents.size(), size == 0 ? 0 : 1);
    if (size > 0) {
        QCOMPARE(extents[0]["kind"].toString(), QString("data"));
        QCOMPARE(extents[0]["offset"].toInteger(), qint64{0});
        QCOMPARE(extents[0]["length"].toInteger(), size);
    }
}

void InfoCommandTest::holes() {
    constexpr qint64 kSize = Q_INT64_C(1) << 40;
    constexpr qint64 kDataAt = Q_INT64_C(1) << 30;
    QFile file(folder_.filePath("holes"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (!file.resize(kSize)) {
        QSKIP("the file system refuses a sparse file of 1 TiB");
    }
    QVERIFY(file.seek(kDataAt));
    QCOMPARE(file.write("data"), 4);
    QVERIFY(file.flush());
    if (::lseek(file.handle(), 0, SEEK_DATA) == 0) {
        QSKIP("the file system does not tell holes");
    }
    file.close();
    const QJsonArray extents = infoOf(file.fileName())["extents"].toArray();
    file.remove();

    qint64 at = 0;
    bool dataSeen = false;
    QString last;
    for (const QJsonValue& extent : extents) {
        QCOMPARE(extent["offset"].toInteger(), at);
        QVERIFY(extent["kind"].toString() != last);
        last = extent["kind"].toString();
        const qint64 end = at + extent["length"].toInteger();
        dataSeen |= last == "data" && at <= kDataAt && end >= kDataAt + 4;
        QVERIFY(end > at);
        at = end;
    }
    QCOMPARE(at, kSize);
    QVERIFY(dataSeen);
    QCOMPARE(extents.size(), 3);
}

void InfoCommandTest::nameThatIsNotUtf8() {
    // Qt could not name the file, and so not remove it either.
    const CliResult result = runShell("cd \"$1\"; name=$(printf 'a\\377b'); echo x >\"$name\"\n"
                                      "\"$CLI\" info --json \"$name\"; status=$?\n"
                                      "rm \"$name\"; exit $status",
                                      {folder_.path()});
    QCOMPARE(result.status, 0);
    const QJsonDocument json = QJsonDocument::fromJson(result.output);
    QVERIFY2(json.isObject(), result.output);
    QCOMPARE(json["path"].toString(), QString("a\uFFFDb"));
    QCOMPARE(json["size"].toInteger(), qint64{2});
}

void InfoCommandTest::nameWithLineEnd() {
    const QString path = folder_.filePath("two\nlines");
    QVERIFY(writeFile(path, "x"));
    const CliResult text = runCli({"info", path});
    QCOMPARE(text.status, 0);
    QVERIFY2(text.output.contains("two\\nlines\n"), text.output);
    QCOMPARE(infoOf(path)["path"].toString(), path);
}

QTEST_GUILESS_MAIN(InfoCommandTest)
#include "info_command_test.moc"
