// Sorting and filtering against a plain sort; and what stays chosen from one list to the next.
#include "tests/support/test_seed.h"
#include "ui/changes/change_order.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace octavo;
using core::ChangeId;
using core::Offset;
using ui::ChangeFilter;
using ui::ChangeListing;
using ui::ChangeOrder;
using ui::ChangeRow;
using ui::ChangeRows;
using ui::ChangeSort;
using ui::RowSelection;
using Order = std::vector<std::uint32_t>;

namespace {

ChangeRows randomRows(std::mt19937_64& random, std::size_t count) {
    const auto upTo = [&](Offset most) {
        return std::uniform_int_distribution<Offset>(0, most)(random);
    };
    ChangeRows rows;
    Offset at = 0;
    for (ChangeId id = 1; id <= count; ++id) {
        const Offset before = upTo(3);
        const Offset content = upTo(3) + (before == 0 ? 1 : 0);
        const bool isOff = upTo(2) == 0;
        rows.rows.push_back({{id, isOff, {{at}, before}, {at, isOff ? before : content}},
                             content,
                             static_cast<core::TransactionId>(upTo(4) + 1),
                             upTo(3) == 0});
        if (upTo(2) == 0) {
            rows.names.emplace_back(id, std::string(1, static_cast<char>('a' + upTo(3))));
        }
        at += before + 1;
    }
    return rows;
}

ChangeListing listed(const ChangeRows& rows, Order order) {
    return {std::make_shared<const ChangeRows>(rows), std::move(order)};
}

/// The same for every order: a string that sorts as the rows must.
QString keyOf(const ChangeRows& rows, std::uint32_t at, ChangeOrder by) {
    const ChangeRow& row = rows.rows[at];
    switch (by) {
    case ChangeOrder::State:
        return row.change.isOff ? "1" : "0";
    case ChangeOrder::Offset:
        return QStringLiteral("%1").arg(at, 6);
    case ChangeOrder::Kind:
        return QString::number(static_cast<int>(row.kind()));
    case ChangeOrder::Size:
        return QStringLiteral("%1").arg(row.bytes(), 6);
    case ChangeOrder::Name:
        return QString::fromStdString(rows.name(row.change.id));
    case ChangeOrder::Step:
        return QStringLiteral("%1").arg(row.step, 6);
    }
    return {};
}

}  // namespace

class ChangeOrderTest : public QObject {
    Q_OBJECT

private slots:
    void agreesWithAPlainSort_data();
    void agreesWithAPlainSort();
    void whatIsChosenStaysChosen();
    void sameChangesInTheSameOrder();
};

void ChangeOrderTest::agreesWithAPlainSort_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<ChangeOrder>("by");
    QTest::addColumn<bool>("descending");
    const std::pair<const char*, ChangeOrder> orders[] = {
        {"state", ChangeOrder::State}, {"offset", ChangeOrder::Offset},
        {"kind", ChangeOrder::Kind},   {"size", ChangeOrder::Size},
        {"name", ChangeOrder::Name},   {"step", ChangeOrder::Step}};
    for (const std::uint64_t seed : test::testSeeds()) {
        for (const auto& [name, by] : orders) {
            for (const bool descending : {false, true}) {
                QTest::addRow("%s%s, seed %llu", name, descending ? ", descending" : "",
                              static_cast<unsigned long long>(seed))
                    << quint64{seed} << by << descending;
            }
        }
    }
}

void ChangeOrderTest::agreesWithAPlainSort() {
    QFETCH(quint64, seed);
    QFETCH(ChangeOrder, by);
    QFETCH(bool, descending);
    std::mt19937_64 random(seed);
    const ChangeRows rows = randomRows(random, 200);
    for (const char* const text : {"", "on", "deleted", "a"}) {
        const ChangeFilter filter{QString::fromLatin1(text)};
        Order expected;
        for (std::uint32_t at = 0; at < rows.rows.size(); ++at) {
            if (filter.admits(rows.rows[at], rows.name(rows.rows[at].change.id))) {
                expected.push_back(at);
            }
        }
        std::ranges::stable_sort(expected, [&](std::uint32_t a, std::uint32_t b) {
            const QString left = keyOf(rows, a, by);
            const QString right = keyOf(rows, b, by);
            if (by == ChangeOrder::Name && left.isEmpty() != right.isEmpty()) {
                return right.isEmpty();
            }
            return descending ? right < left : left < right;
        });
        QVERIFY(!expected.empty());
        QCOMPARE(ui::arrange(rows, {by, descending}, filter), expected);
    }
}

void ChangeOrderTest::whatIsChosenStaysChosen() {
    std::mt19937_64 random(test::testSeeds().front());
    const ChangeRows rows = randomRows(random, 100);
    const ChangeListing before =
        listed(rows, ui::arrange(rows, {ChangeOrder::Size, false}, ChangeFilter()));
    const ChangeListing after =
        listed(rows, ui::arrange(rows, {ChangeOrder::Offset, true}, ChangeFilter("on")));
    RowSelection chosen({10, 39});
    chosen.add({60, 60});
    const RowSelection found = ui::followed(chosen, before, after);
    QVERIFY(found.count() > 0 && found.count() < chosen.count());
    for (std::uint64_t number = 0; number < after.count(); ++number) {
        const ChangeId id = after.row(number).change.id;
        bool wasChosen = false;
        for (std::uint64_t old = 0; old < before.count(); ++old) {
            wasChosen |= before.row(old).change.id == id && chosen.contains(old);
        }
        QCOMPARE(found.contains(number), wasChosen);
    }
}

void ChangeOrderTest::sameChangesInTheSameOrder() {
    std::mt19937_64 random(test::testSeeds().front());
    ChangeRows rows = randomRows(random, 5);
    const ChangeListing before = listed(rows, {0, 1, 2, 3, 4});
    rows.rows[2].change.isOff = !rows.rows[2].change.isOff;
    QVERIFY(ui::haveSameChanges(before, listed(rows, {0, 1, 2, 3, 4})));
    QVERIFY(!ui::haveSameChanges(before, listed(rows, {0, 1, 2, 4, 3})));
    QVERIFY(!ui::haveSameChanges(before, listed(rows, {0, 1, 2, 3})));
    rows.rows[2].change.id = 77;
    QVERIFY(!ui::haveSameChanges(before, listed(rows, {0, 1, 2, 3, 4})));
}

QTEST_GUILESS_MAIN(ChangeOrderTest)
#include "change_order_test.moc"
