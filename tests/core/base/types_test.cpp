#include "core/base/types.h"

#include <QTest>

using namespace octavo::core;

class TypesTest : public QObject {
    Q_OBJECT

private slots:
    void checkedSum_data();
    void checkedSum();
    void intersection_data();
    void intersection();
    void extentContains();
};

void TypesTest::checkedSum_data() {
    QTest::addColumn<qint64>("a");
    QTest::addColumn<qint64>("b");
    QTest::addColumn<bool>("fits");
    QTest::newRow("nothing") << qint64{0} << qint64{0} << true;
    QTest::newRow("to the limit") << qint64{kMaxLength} << qint64{0} << true;
    QTest::newRow("limit from two") << qint64{kMaxLength - 5} << qint64{5} << true;
    QTest::newRow("one too many") << qint64{kMaxLength} << qint64{1} << false;
    QTest::newRow("both large") << qint64{kMaxLength} << qint64{kMaxLength} << false;
    QTest::newRow("negative") << qint64{-1} << qint64{5} << false;
    QTest::newRow("negative second") << qint64{5} << qint64{-1} << false;
}

void TypesTest::checkedSum() {
    QFETCH(qint64, a);
    QFETCH(qint64, b);
    QFETCH(bool, fits);
    const std::optional<Offset> sum = octavo::core::checkedSum(a, b);
    QCOMPARE(sum.has_value(), fits);
    if (fits)
        QCOMPARE(qint64{*sum}, a + b);
    QCOMPARE((Extent{a, b}.isValid()), fits);
}

void TypesTest::intersection_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("count");
    // Each with [10, 20).
    QTest::newRow("same") << qint64{10} << qint64{10} << qint64{10} << qint64{10};
    QTest::newRow("inside") << qint64{12} << qint64{3} << qint64{12} << qint64{3};
    QTest::newRow("around") << qint64{0} << qint64{90} << qint64{10} << qint64{10};
    QTest::newRow("over the front") << qint64{5} << qint64{7} << qint64{10} << qint64{2};
    QTest::newRow("over the back") << qint64{18} << qint64{7} << qint64{18} << qint64{2};
    QTest::newRow("touches in front") << qint64{5} << qint64{5} << qint64{10} << qint64{0};
    QTest::newRow("touches behind") << qint64{20} << qint64{5} << qint64{20} << qint64{0};
    QTest::newRow("apart") << qint64{30} << qint64{5} << qint64{30} << qint64{0};
}

void TypesTest::intersection() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(qint64, from);
    QFETCH(qint64, count);
    const Extent a{10, 10};
    const Extent b{offset, length};
    QCOMPARE(octavo::core::intersection(a, b), (Extent{from, count}));
    QCOMPARE(octavo::core::intersection(b, a), (Extent{from, count}));
}

void TypesTest::extentContains() {
    const Extent extent{10, 5};
    QVERIFY(!extent.contains(9));
    QVERIFY(extent.contains(10));
    QVERIFY(extent.contains(14));
    QVERIFY(!extent.contains(15));
    QVERIFY((Extent{kMaxLength - 1, 1}.contains(kMaxLength - 1)));
    QVERIFY(!(Extent{3, 0}.contains(3)));
}

QTEST_GUILESS_MAIN(TypesTest)

#include "types_test.moc"
