#include "ui/panels/field_history.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using octavo::ui::FieldHistory;

class FieldHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void walksThroughThem();
    void theDraftComesBack();
    void whatIsShownIsNotBroughtBack();
    void keepsTheLatestOnce();
    void otherKeysAreTheField();
};

void FieldHistoryTest::walksThroughThem() {
    QLineEdit field;
    FieldHistory history(field);
    history.setEntries({"c", "b", "a"});
    for (const char* expected : {"c", "b", "a", "a"}) {
        QTest::keyClick(&field, Qt::Key_Up);
        QCOMPARE(field.text(), QString(expected));
    }
    for (const char* expected : {"b", "c", "", ""}) {
        QTest::keyClick(&field, Qt::Key_Down);
        QCOMPARE(field.text(), QString(expected));
    }
}

void FieldHistoryTest::theDraftComesBack() {
    QLineEdit field;
    FieldHistory history(field);
    history.setEntries({"b", "a"});
    QTest::keyClicks(&field, "dr");
    QTest::keyClick(&field, Qt::Key_Up);
    QTest::keyClick(&field, Qt::Key_Up);
    QTest::keyClick(&field, Qt::Key_Down);
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.text(), QString("dr"));
    // An old text that was written on is the draft.
    QTest::keyClick(&field, Qt::Key_Up);
    QTest::keyClicks(&field, "+1");
    QCOMPARE(field.text(), QString("b+1"));
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.text(), QString("b"));
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.text(), QString("b+1"));
}

void FieldHistoryTest::whatIsShownIsNotBroughtBack() {
    QLineEdit field;
    FieldHistory history(field);
    history.setEntries({"b", "a"});
    field.setText("b");
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.text(), QString("a"));
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.text(), QString("b"));
}

void FieldHistoryTest::keepsTheLatestOnce() {
    QLineEdit field;
    FieldHistory history(field);
    QSignalSpy added(&history, &FieldHistory::added);
    history.add("x");
    history.add(" y ");
    history.add("x");
    history.add("  ");
    QCOMPARE(history.entries(), (QStringList{"x", "y"}));
    QCOMPARE(added.count(), 3);
    for (int i = 0; i < 30; ++i) {
        history.add(QString::number(i));
    }
    QCOMPARE(history.entries().size(), FieldHistory::kMost);
    QCOMPARE(history.entries().first(), QString("29"));
    QStringList tooMany;
    for (int i = 0; i < 30; ++i) {
        tooMany << QString::number(i);
    }
    history.setEntries(tooMany);
    QCOMPARE(history.entries().size(), FieldHistory::kMost);
    QCOMPARE(history.entries().first(), QString("0"));
}

void FieldHistoryTest::otherKeysAreTheField() {
    QLineEdit field;
    FieldHistory history(field);
    history.setEntries({"b"});
    QTest::keyClick(&field, Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Left);
    QCOMPARE(field.text(), QString());
    QTest::keyClick(&field, Qt::Key_Up, Qt::KeypadModifier);
    QCOMPARE(field.text(), QString("b"));
}

QTEST_MAIN(FieldHistoryTest)
#include "field_history_test.moc"
