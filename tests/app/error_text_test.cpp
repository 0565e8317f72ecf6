#include "app/error_text.h"

#include <QTest>

#include <cerrno>

using octavo::app::reasonText;
using octavo::core::Error;
using octavo::core::ErrorCode;

class ErrorTextTest : public QObject {
    Q_OBJECT

private slots:
    void says_data();
    void says();
};

void ErrorTextTest::says_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("text");
    QTest::newRow("known") << ENOSPC << ""
                           << "the disk is full";
    QTest::newRow("known, and what came of it")
        << ENOSPC << "; a part of it is left in x.tmp"
        << "the disk is full; a part of it is left in x.tmp";
    QTest::newRow("unknown") << EXDEV << "; more"
                             << "Invalid cross-device link; more";
}

void ErrorTextTest::says() {
    QFETCH(int, code);
    QFETCH(QString, more);
    QFETCH(QString, text);
    Error error = Error::fromSystem("write", "/a", code);
    error.reason += more.toStdString();
    QCOMPARE(reasonText(error), text);
    // A reason of our own stands as it is.
    error.code = ErrorCode::Unreadable;
    error.reason = "a part could not be read";
    QCOMPARE(reasonText(error), QStringLiteral("a part could not be read"));
}

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "error_text_test.moc"
