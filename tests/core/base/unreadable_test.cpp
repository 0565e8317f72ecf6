#include "core/base/unreadable.h"

#include <QTest>

using namespace octavo::core;

class UnreadableTest : public QObject {
    Q_OBJECT

private slots:
    void joinsNeighbours();
    void contains();
};

void UnreadableTest::joinsNeighbours() {
    Unreadable unreadable;
    QVERIFY(unreadable.isEmpty());
    unreadable.add({5, 0});
    QVERIFY(unreadable.isEmpty());
    unreadable.add({10, 5});
    unreadable.add({15, 1});
    unreadable.add({20, 4});
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{10, 6}, {20, 4}}));
    QCOMPARE(unreadable.total(), Offset{10});
}

void UnreadableTest::contains() {
    Unreadable unreadable;
    QVERIFY(!unreadable.contains(0));
    unreadable.add({10, 5});
    unreadable.add({20, 1});
    for (Offset offset = 0; offset < 30; ++offset)
        QCOMPARE(unreadable.contains(offset), (offset >= 10 && offset < 15) || offset == 20);
}

QTEST_GUILESS_MAIN(UnreadableTest)

#include "unreadable_test.moc"
