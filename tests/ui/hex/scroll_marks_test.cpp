#include "core/document/document.h"
#include "tests/support/test_folder.h"
#include "ui/hex/marked_scroll_bar.h"
#include "ui/hex/scroll_marks.h"

#include <QTest>

#include <algorithm>

using namespace octavo;
using core::Document;
using core::Extent;
using core::Offset;
using test::span;
using test::TestFolder;
using ui::MarkedScrollBar;
using ui::scrollMarks;

namespace {

class Matches final : public ui::MatchSource {
public:
    explicit Matches(std::vector<Offset> offsets) : offsets_(std::move(offsets)) {}

    std::vector<Extent> matchesIn(Extent, std::size_t) const override { return {}; }
    std::optional<Offset> nextMatch(Offset offset) const override {
        ++asked;
        const auto next = std::ranges::lower_bound(offsets_, offset);
        return next == offsets_.end() ? std::nullopt : std::optional(*next);
    }

    mutable int asked = 0;

private:
    std::vector<Offset> offsets_;
};

class Bookmarks final : public ui::BookmarkSource {
public:
    explicit Bookmarks(std::vector<Offset> offsets) : places_(std::move(offsets)) {}

    std::vector<ui::ShownBookmark> bookmarksIn(Extent) const override { return {}; }
    std::optional<Offset> nextBookmark(Offset offset) const override {
        return places_.nextMatch(offset);
    }

private:
    Matches places_;
};

using Marks = std::vector<std::uint8_t>;
constexpr int kMatch = MarkedScrollBar::Match;

}  // namespace

class ScrollMarksTest : public QObject {
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void bookmarks();
    void changes();
    void nothingWhereThereIsNothing();
    void manyCostNoMoreThanSlots();
    void theLargestDocument();
    void areDrawn();
};

void ScrollMarksTest::matches_data() {
    QTest::addColumn<QList<Offset>>("offsets");
    QTest::addColumn<QList<int>>("places");
    QTest::newRow("first byte") << QList<Offset>{0} << QList<int>{0};
    QTest::newRow("last byte") << QList<Offset>{999} << QList<int>{9};
    QTest::newRow("at a border") << QList<Offset>{99, 100} << QList<int>{0, 1};
    QTest::newRow("some in one") << QList<Offset>{500, 501, 502, 700} << QList<int>{5, 7};
    QTest::newRow("everywhere") << QList<Offset>{5, 105, 205, 305, 405, 505, 605, 705, 805, 905}
                                << QList<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
}

void ScrollMarksTest::matches() {
    QFETCH(QList<Offset>, offsets);
    QFETCH(QList<int>, places);
    const auto document = Document::untitled();
    QVERIFY(document->setLength(1000).ok());
    const Matches matches(std::vector<Offset>(offsets.begin(), offsets.end()));
    Marks expected(10, 0);
    for (const int slot : places)
        expected[static_cast<std::size_t>(slot)] = kMatch;
    QCOMPARE(scrollMarks(document->snapshot(), false, &matches, nullptr, 10), expected);
}

void ScrollMarksTest::bookmarks() {
    const auto document = Document::untitled();
    QVERIFY(document->setLength(1000).ok());
    const Matches matches({150});
    const Bookmarks bookmarks({120, 180, 999, 1000});
    Marks expected(10, 0);
    expected[1] = kMatch | MarkedScrollBar::Bookmark;
    expected[9] = MarkedScrollBar::Bookmark;
    QCOMPARE(scrollMarks(document->snapshot(), false, &matches, &bookmarks, 10), expected);
}

void ScrollMarksTest::changes() {
    const TestFolder folder;
    const auto document =
        Document::open(core::systemFileSystem(), folder.write("file", QByteArray(1000, 'a')))
            .value();
    QVERIFY(document->overwrite(150, span(QByteArray(200, 'b'))).ok());
    QVERIFY(document->insert(500, span("1")).ok());
    QVERIFY(document->erase({800, 1}).ok());
    QVERIFY(document->erase({999, 1}).ok());
    Marks expected(10, 0);
    for (const std::size_t slot : {1U, 2U, 3U})
        expected[slot] = MarkedScrollBar::Changed;
    expected[5] = MarkedScrollBar::Inserted;
    expected[8] = MarkedScrollBar::Deleted;
    expected[9] = MarkedScrollBar::Deleted;
    QCOMPARE(scrollMarks(document->snapshot(), true, nullptr, nullptr, 10), expected);
}

void ScrollMarksTest::nothingWhereThereIsNothing() {
    const auto document = Document::untitled();
    QCOMPARE(scrollMarks(document->snapshot(), true, nullptr, nullptr, 10), Marks());
    const Matches matches({});
    QVERIFY(document->setLength(10).ok());
    QCOMPARE(scrollMarks(document->snapshot(), false, &matches, nullptr, 10), Marks());
    QCOMPARE(scrollMarks(document->snapshot(), false, &matches, nullptr, 0), Marks());
}

void ScrollMarksTest::manyCostNoMoreThanSlots() {
    std::vector<Offset> offsets;
    for (Offset i = 0; i < 100'000; ++i)
        offsets.push_back(i * 10);
    const auto document = Document::untitled();
    QVERIFY(document->setLength(1'000'000).ok());
    const Matches matches(std::move(offsets));
    QCOMPARE(scrollMarks(document->snapshot(), false, &matches, nullptr, 700), Marks(700, kMatch));
    QVERIFY(matches.asked <= 2 * 700 + 1);
}

void ScrollMarksTest::theLargestDocument() {
    const auto document = Document::untitled();
    QVERIFY(document->setLength(core::kMaxLength).ok());
    const Matches matches({0, core::kMaxLength - 1});
    Marks expected(700, 0);
    expected.front() = kMatch;
    expected.back() = kMatch;
    QCOMPARE(scrollMarks(document->snapshot(), false, &matches, nullptr, 700), expected);
    // All of it is one insertion.
    QCOMPARE(scrollMarks(document->snapshot(), true, nullptr, nullptr, 700),
             Marks(700, MarkedScrollBar::Inserted));
}

void ScrollMarksTest::areDrawn() {
    MarkedScrollBar bar;
    bar.resize(12, 200);
    const QImage before = bar.grab().toImage();
    Marks marks(200, 0);
    marks[100] = kMatch;
    marks[199] = MarkedScrollBar::Deleted;
    bar.setMarks(marks);
    const QImage after = bar.grab().toImage();
    const auto differs = [&](int x, int y) { return before.pixel(x, y) != after.pixel(x, y); };
    QVERIFY(differs(9, 100) && differs(9, 101));
    QVERIFY(!differs(2, 100) && !differs(9, 103));
    QVERIFY(differs(2, 198) && differs(2, 199));
    QVERIFY(!differs(9, 199));
}

QTEST_MAIN(ScrollMarksTest)
#include "scroll_marks_test.moc"
