// The rows of a tree of steps, beside a plain walk over all of it.
#include "core/document/document.h"
#include "tests/support/test_seed.h"
#include "ui/history/history_rows.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <vector>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::History;
using core::kFirstStep;
using core::StepId;
using ui::HistoryRows;
using ui::StepPlace;

namespace {

std::vector<StepPlace> placesOf(const HistoryRows& rows) {
    std::vector<StepPlace> places;
    for (std::size_t step = 0; step < rows.count(); ++step) {
        places.push_back(rows.place(static_cast<StepId>(step)));
    }
    return places;
}

std::vector<StepPlace> expectedPlaces(const History& history) {
    std::vector<StepPlace> places(history.last() + std::size_t{1}, StepPlace::Elsewhere);
    for (StepId step = history.redoChild(history.current()); step != kFirstStep;
         step = history.redoChild(step)) {
        places[step] = StepPlace::Undone;
    }
    for (StepId step = history.current(); step != kFirstStep; step = history.step(step).parent) {
        places[step] = StepPlace::Done;
    }
    places[kFirstStep] = StepPlace::Done;
    places[history.current()] = StepPlace::Current;
    return places;
}

void edit(Document& document) {
    document.endTyping();
    QVERIFY(document.insert(0, Bytes{'x'}));
}

}  // namespace

class HistoryRowsTest : public QObject {
    Q_OBJECT

private slots:
    void branches();
    void tellsWhetherAnythingIsAnother();
    void random();
    void aHistoryThatBeginsAnew();
};

void HistoryRowsTest::branches() {
    const auto document = Document::untitled();
    HistoryRows rows;
    edit(*document);
    edit(*document);
    rows.follow(document->history());
    QCOMPARE(rows.count(), std::size_t{3});
    QCOMPARE(rows.current(), StepId{2});
    QVERIFY(document->goTo(1).ok());
    rows.follow(document->history());
    QCOMPARE(rows.place(2), StepPlace::Undone);
    QCOMPARE(rows.undone(), std::size_t{1});
    edit(*document);  // 3, beside 2
    edit(*document);
    rows.follow(document->history());
    QCOMPARE(rows.place(2), StepPlace::Elsewhere);
    QCOMPARE(rows.undone(), std::size_t{0});
    QVERIFY(document->goTo(2).ok());
    edit(*document);  // 5, on 2
    QVERIFY(document->goTo(kFirstStep).ok());
    edit(*document);  // 6, beside 1
    rows.follow(document->history());
    std::vector<std::uint32_t> branches;
    std::vector<bool> apart;
    for (StepId step = 0; step <= 6; ++step) {
        branches.push_back(rows.branch(step));
        apart.push_back(rows.isApart(step));
    }
    QCOMPARE(branches, (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 0, 2}));
    QCOMPARE(apart, (std::vector<bool>{false, false, false, true, false, true, true}));
    QCOMPARE(placesOf(rows), expectedPlaces(document->history()));
}

void HistoryRowsTest::tellsWhetherAnythingIsAnother() {
    const auto document = Document::untitled();
    HistoryRows rows;
    QVERIFY(rows.follow(document->history()));
    QVERIFY(!rows.follow(document->history()));
    edit(*document);
    QVERIFY(rows.follow(document->history()));
    QVERIFY(!rows.follow(document->history()));
    QVERIFY(document->undo().ok());
    QVERIFY(rows.follow(document->history()));
    QVERIFY(!rows.follow(document->history()));
    // There and back is the same again.
    QVERIFY(document->redo().ok());
    QVERIFY(document->undo().ok());
    QVERIFY(!rows.follow(document->history()));
}

void HistoryRowsTest::random() {
    for (const std::uint64_t seed : test::testSeeds()) {
        for (const std::uint64_t edits : {1U, 4U}) {
            std::mt19937_64 engine(seed);
            const auto below = [&engine](std::uint64_t limit) { return engine() % limit; };
            const auto document = Document::untitled();
            HistoryRows rows;
            for (int i = 0; i < test::scaled(500); ++i) {
                const auto steps = document->history().last() + std::uint64_t{1};
                switch (below(5)) {
                case 0:
                    QVERIFY(document->undo().ok());
                    break;
                case 1:
                    QVERIFY(document->redo().ok());
                    break;
                case 2:
                    QVERIFY(document->goTo(static_cast<StepId>(below(steps))).ok());
                    break;
                default:
                    for (std::uint64_t each = 0; each <= below(edits); ++each) {
                        edit(*document);
                    }
                }
                rows.follow(document->history());
                const std::vector<StepPlace> places = placesOf(rows);
                QVERIFY(places == expectedPlaces(document->history()));
                QCOMPARE(rows.current(), document->history().current());
                QCOMPARE(rows.undone(), std::size_t(std::ranges::count(places, StepPlace::Undone)));
            }
            for (StepId step = 1; step <= document->history().last(); ++step) {
                const StepId parent = document->history().step(step).parent;
                const bool isFirst = document->history().children(parent).front() == step;
                QCOMPARE(rows.branch(step) == rows.branch(parent), isFirst);
                QCOMPARE(rows.isApart(step), parent + 1 != step);
            }
        }
    }
}

/// As after a save that gives up undo.
void HistoryRowsTest::aHistoryThatBeginsAnew() {
    const auto first = Document::untitled();
    for (int i = 0; i < 5; ++i) {
        edit(*first);
    }
    HistoryRows rows;
    rows.follow(first->history());
    const auto second = Document::untitled();
    QVERIFY(rows.follow(second->history()));
    QCOMPARE(rows.count(), std::size_t{1});
    rows.follow(first->history());
    // As many steps, and others.
    const auto third = Document::untitled();
    for (int i = 0; i < 6; ++i) {
        edit(*third);
    }
    QVERIFY(third->goTo(3).ok());
    QVERIFY(rows.follow(third->history()));
    QCOMPARE(placesOf(rows), expectedPlaces(third->history()));
}

QTEST_APPLESS_MAIN(HistoryRowsTest)
#include "history_rows_test.moc"
