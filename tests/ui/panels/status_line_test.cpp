#include "ui/panels/status_line.h"

#include <QLocale>
#include <QTest>

using octavo::core::Extent;
using octavo::core::Offset;
using octavo::ui::StatusField;
using octavo::ui::StatusLine;
using octavo::ui::StatusPart;
using octavo::ui::StatusValues;

class StatusLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void says_data();
    void says();
    void fieldsKeepTheirPlaces();
    void noteStandsUntilTheNext();
    void clicks_data();
    void clicks();
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

void StatusLineTest::clicks_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("selected");
    QTest::addColumn<Qt::MouseButton>("button");
    QTest::addColumn<QList<StatusPart>>("told");
    const auto row = [](const char* name, const char* field, bool selected, Qt::MouseButton button,
                        const QList<StatusPart>& told) {
        QTest::newRow(name) << QString(field) << selected << button << told;
    };
    row("offset", "Offset", true, Qt::LeftButton, {StatusPart::Offset});
    row("typing", "Overwrite", true, Qt::LeftButton, {StatusPart::Typing});
    row("mode", "Preview", true, Qt::LeftButton, {StatusPart::Mode});
    row("encoding", "Latin-1", true, Qt::LeftButton, {StatusPart::Encoding});
    row("selection", "Selection", true, Qt::LeftButton, {StatusPart::Selection});
    row("pending", "No changes", true, Qt::LeftButton, {StatusPart::Pending});
    row("no selection", "", false, Qt::LeftButton,
        {StatusPart::Offset, StatusPart::Typing, StatusPart::Mode, StatusPart::Encoding,
         StatusPart::Pending});
    row("size is told only", "Size", true, Qt::LeftButton, {});
    row("another button", "Offset", true, Qt::RightButton, {});
}

void StatusLineTest::clicks() {
    QFETCH(QString, field);
    QFETCH(bool, selected);
    QFETCH(Qt::MouseButton, button);
    QFETCH(QList<StatusPart>, told);
    StatusLine line;
    line.resize(1400, 28);
    line.show();
    StatusValues values;
    values.length = 5000;
    values.encoding = "Latin-1";
    if (selected)
        values.selection = Extent{1, 2};
    line.showValues(values);
    QVERIFY(QTest::qWaitForWindowExposed(&line));
    QList<StatusPart> heard;
    connect(&line, &StatusLine::clicked, this,
            [&heard](StatusPart part, const QPoint&) { heard << part; });
    for (StatusField* const each : line.findChildren<StatusField*>())
        if (each->text().startsWith(field))
            QTest::mouseClick(each, button);
    QCOMPARE(heard, told);
}

QTEST_MAIN(StatusLineTest)
#include "status_line_test.moc"
