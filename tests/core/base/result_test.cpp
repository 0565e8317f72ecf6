#include "core/base/result.h"

#include <QTest>

#include <cerrno>
#include <memory>

using namespace octavo::core;

class ResultTest : public QObject {
    Q_OBJECT

private slots:
    void message_data();
    void message();
    void holdsEither();
    void movesOut();
};

void ResultTest::message_data() {
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("all parts") << QByteArray("open") << QByteArray("/a/b")
                               << QByteArray("open /a/b: Permission denied");
    QTest::newRow("no path") << QByteArray("sync") << QByteArray("")
                             << QByteArray("sync: Permission denied");
    QTest::newRow("nothing but a reason")
        << QByteArray("") << QByteArray("") << QByteArray("Permission denied");
    QTest::newRow("line end in the name")
        << QByteArray("open") << QByteArray("a\nb") << QByteArray("open a\\nb: Permission denied");
    QTest::newRow("escape in the name") << QByteArray("open") << QByteArray("a\x1b[31mb\x7f")
                                        << QByteArray("open a\\x1B[31mb\\x7F: Permission denied");
    QTest::newRow("backslash in the name") << QByteArray("open") << QByteArray("a\\nb")
                                           << QByteArray("open a\\\\nb: Permission denied");
    QTest::newRow("letters beyond ASCII stay")
        << QByteArray("open") << QByteArray("файл") << QByteArray("open файл: Permission denied");
}

void ResultTest::message() {
    QFETCH(QByteArray, operation);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, line);
    const Error error = Error::fromSystem(operation.toStdString(), path.toStdString(), EACCES);
    QCOMPARE(QByteArray::fromStdString(error.message()), line);
    QCOMPARE(error.systemError, EACCES);
    QCOMPARE(error.code, ErrorCode::System);
}

void ResultTest::holdsEither() {
    const Result<int> good = 7;
    QVERIFY(good.ok());
    QCOMPARE(*good, 7);
    const Result<int> bad = Error::invalid("parse", "not a number");
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, ErrorCode::InvalidArgument);
    QVERIFY(Status().ok());
    QVERIFY(!Status(Error::invalid("parse", "no")).ok());
}

void ResultTest::movesOut() {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = *std::move(result);
    QCOMPARE(*taken, 3);
}

QTEST_GUILESS_MAIN(ResultTest)

#include "result_test.moc"
