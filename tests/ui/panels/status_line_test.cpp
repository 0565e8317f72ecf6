#include "ui/panels/status_line.h"

#include <QLocale>
#include <QTest>

using octavo::core::Extent;
using octavo::core::Offset;
using octavo::ui::StatusField;
using octavo::ui::StatusLine;
using octavo::ui::StatusValues;

class StatusLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void says_data();
    void says();
    void fieldsKeepTheirPlaces();
    void noteStandsUntilTheNext();
};

void StatusLineTest::says_data() {
    QTest::addColumn<StatusValues>("values");
    QTest::addColumn<QString>("text");
    StatusValues values;
    values.length = 1500;
    values.encoding = "Latin-1";
    QTest::newRow("at the start")
        << values
        << "Offset 0x0000 (0) | Size 1.5 KiB | Overwrite | Preview | Latin-1 | No changes";
    values.caret = 0xF5;
    values.selection = {0xE4, 18};
    QTest::newRow("selection") << values
                               << "Offset 0x00F5 (245) | Size 1.5 KiB | Overwrite | Preview | "
                                  "Latin-1 | Selection 0x00E4 – 0x00F5, 18 bytes | No changes";
    values.selection = {};
    values.insertMode = true;
    values.mode = octavo::core::AccessMode::ReadOnly;
    QTest::newRow("modes") << values
                           << "Offset 0x00F5 (245) | Size 1.5 KiB | Insert | Read-only | Latin-1 | "
                              "No changes";
    values.insertMode = false;
    values.mode = octavo::core::AccessMode::WriteThrough;
    QTest::newRow("write-through")
        << values
        << "Offset 0x00F5 (245) | Size 1.5 KiB | Overwrite | Write-through: every edit goes to the "
           "file at once | Latin-1 | No changes";
    values = {};
    values.encoding = "Latin-1";
    values.changes = 1;
    values.changedBytes = 1;
    QTest::newRow("a change") << values
                              << "Offset 0x0000 (0) | Size 0 bytes | Overwrite | Preview | Latin-1 "
                                 "| 1 change pending, 1 byte";
    values.changes = 3;
    values.changedBytes = 18;
    QTest::newRow("changes") << values
                             << "Offset 0x0000 (0) | Size 0 bytes | Overwrite | Preview | Latin-1 "
                                "| 3 changes pending, 18 bytes";
}

void StatusLineTest::says() {
    QFETCH(StatusValues, values);
    QFETCH(QString, text);
    StatusLine line;
    QCOMPARE(line.text(), QString());
    line.showValues(values);
    QCOMPARE(line.text(), text);
    line.showValues(std::nullopt);
    QCOMPARE(line.text(), QString());
}

void StatusLineTest::fieldsKeepTheirPlaces() {
    StatusLine line;
    line.resize(1200, 28);
    line.show();
    StatusValues values;
    values.length = Offset{1} << 40;
    line.showValues(values);
    QVERIFY(QTest::qWaitForWindowExposed(&line));
    const auto places = [&line] {
        QList<int> found;
        for (const StatusField* const field : line.findChildren<StatusField*>())
            found << field->x();
        found.removeLast();  // what is pending stands at the right end
        return found;
    };
    const QList<int> before = places();
    values.caret = (Offset{1} << 40) - 1;
    values.selection = {17, 1234567};
    line.showValues(values);
    QCoreApplication::processEvents();
    QCOMPARE(places(), before);
}

void StatusLineTest::noteStandsUntilTheNext() {
    StatusLine line;
    line.showNote("Copied");
    QVERIFY(line.text().contains("Copied"));
    line.showNote("Written");
    QVERIFY(!line.text().contains("Copied"));
    QVERIFY(line.text().contains("Written"));
}

QTEST_MAIN(StatusLineTest)
#include "status_line_test.moc"
