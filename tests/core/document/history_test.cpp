#include "core/document/history.h"

#include <QTest>

using namespace octavo::core;

namespace {

History::Step typed(Offset offset, Offset removed, Offset inserted, Offset start) {
    History::Step step;
    step.offset = offset;
    step.removedLength = removed;
    step.insertedLength = inserted;
    if (removed > 0)
        step.removed = {{offset, removed, 0}};
    if (inserted > 0)
        step.inserted = {{start, inserted, 1}};
    step.typing = true;
    return step;
}

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private slots:
    void joins_data();
    void joins();
    void secondDigitReplacesTheByte();
    void undoneStepsGoWithANewOne();
    void undoClosesTyping();
};

void HistoryTest::joins_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("removed");
    QTest::addColumn<bool>("typing");
    QTest::addColumn<bool>("pause");
    QTest::addColumn<int>("steps");
    // After two bytes typed over at 10 and 11.
    QTest::newRow("goes on") << qint64{12} << qint64{1} << true << false << 1;
    QTest::newRow("goes on inserting") << qint64{12} << qint64{0} << true << false << 1;
    QTest::newRow("second digit") << qint64{11} << qint64{1} << true << false << 1;
    QTest::newRow("elsewhere") << qint64{20} << qint64{1} << true << false << 2;
    QTest::newRow("in front") << qint64{9} << qint64{1} << true << false << 2;
    QTest::newRow("goes on after a pause") << qint64{12} << qint64{1} << true << true << 2;
    QTest::newRow("goes on, but no typing") << qint64{12} << qint64{1} << false << false << 2;
}

void HistoryTest::joins() {
    QFETCH(qint64, offset);
    QFETCH(qint64, removed);
    QFETCH(bool, typing);
    QFETCH(bool, pause);
    QFETCH(int, steps);
    History history;
    history.record(typed(10, 1, 1, 0));
    history.record(typed(11, 1, 1, 1));
    if (pause)
        history.endTyping();
    History::Step step = typed(offset, removed, 1, 2);
    step.typing = typing;
    history.record(step);
    int count = 0;
    for (; history.canUndo(); ++count)
        (void)history.takeUndo();
    QCOMPARE(count, steps);
}

void HistoryTest::secondDigitReplacesTheByte() {
    History history;
    history.record(typed(10, 1, 1, 0));
    history.record(typed(10, 1, 1, 1));
    history.record(typed(11, 1, 1, 2));
    const History::Step& step = history.takeUndo();
    QCOMPARE(step.offset, Offset{10});
    QCOMPARE(step.removed, (std::vector<Piece>{{10, 2, 0}}));
    QCOMPARE(step.inserted, (std::vector<Piece>{{1, 2, 1}}));
    QCOMPARE(step.removedLength, Offset{2});
    QCOMPARE(step.insertedLength, Offset{2});
    QVERIFY(!history.canUndo());
}

void HistoryTest::undoneStepsGoWithANewOne() {
    History history;
    history.record(typed(10, 1, 1, 0));
    history.record(typed(50, 1, 1, 1));
    (void)history.takeUndo();
    QVERIFY(history.canRedo());
    history.record(typed(90, 1, 1, 2));
    QVERIFY(!history.canRedo());
    QCOMPARE(history.takeUndo().offset, Offset{90});
    QCOMPARE(history.takeUndo().offset, Offset{10});
    QVERIFY(!history.canUndo());
}

void HistoryTest::undoClosesTyping() {
    History history;
    history.record(typed(10, 1, 1, 0));
    (void)history.takeUndo();
    (void)history.takeRedo();
    history.record(typed(11, 1, 1, 1));
    QCOMPARE(history.takeUndo().offset, Offset{11});
    QCOMPARE(history.takeUndo().offset, Offset{10});
}

QTEST_GUILESS_MAIN(HistoryTest)

#include "history_test.moc"
