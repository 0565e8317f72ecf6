#include "core/document/document.h"
#include "tests/support/test_seed.h"
#include "ui/bookmarks/bookmark_list.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <random>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::Offset;
using ui::Bookmark;
using ui::BookmarkList;

class BookmarkListTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void setsAndTakesAway();
    void goesRound();
    void followsEdits();
    void erasedPlacesMeet();
    void answersTheGrid();
    void leavesOutWhatIsBeyond();
    void isAsAPlainListOfBytes_data();
    void isAsAPlainListOfBytes();

private:
    QList<Offset> offsets() const {
        QList<Offset> found;
        for (const Bookmark& bookmark : list_->all()) {
            found << bookmark.offset;
        }
        return found;
    }
    Document& document() { return editor_->document(); }

    std::unique_ptr<ui::EditorDocument> editor_;
    std::unique_ptr<BookmarkList> list_;
};

void BookmarkListTest::init() {
    auto document = Document::untitled();
    QVERIFY(document->setLength(100).ok());
    editor_ = std::make_unique<ui::EditorDocument>(std::move(document));
    list_ = std::make_unique<BookmarkList>(*editor_);
}

void BookmarkListTest::cleanup() {
    list_.reset();
    QCOMPARE(document().positions().size(), std::size_t{0});
    editor_.reset();
}

void BookmarkListTest::setsAndTakesAway() {
    QSignalSpy changed(list_.get(), &BookmarkList::changed);
    QVERIFY(list_->toggle(50));
    QVERIFY(list_->toggle(10));
    QVERIFY(list_->toggle(100));
    QCOMPARE(offsets(), (QList<Offset>{10, 50, 100}));
    QVERIFY(!list_->toggle(50));
    QCOMPARE(offsets(), (QList<Offset>{10, 100}));
    list_->setName(1, "end");
    list_->setColor(1, 3);
    list_->setComment(1, "behind all");
    QCOMPARE(list_->at(1), (Bookmark{100, "end", 3, "behind all"}));
    list_->remove(0);
    QCOMPARE(offsets(), (QList<Offset>{100}));
    QCOMPARE(changed.count(), 8);
}

void BookmarkListTest::goesRound() {
    QVERIFY(!list_->next(0));
    QVERIFY(!list_->previous(0));
    list_->add({{10, "a", 0, ""}, {20, "b", 0, ""}, {30, "c", 0, ""}});
    const auto next = [this](Offset offset) { return list_->at(*list_->next(offset)).name; };
    const auto previous = [this](Offset offset) {
        return list_->at(*list_->previous(offset)).name;
    };
    QCOMPARE(next(0), QString("a"));
    QCOMPARE(next(10), QString("b"));
    QCOMPARE(next(29), QString("c"));
    QCOMPARE(next(30), QString("a"));
    QCOMPARE(next(core::kMaxLength), QString("a"));
    QCOMPARE(previous(100), QString("c"));
    QCOMPARE(previous(30), QString("b"));
    QCOMPARE(previous(11), QString("a"));
    QCOMPARE(previous(10), QString("c"));
}

void BookmarkListTest::followsEdits() {
    list_->add({{10, {}, 0, {}}, {20, {}, 0, {}}});
    QSignalSpy changed(list_.get(), &BookmarkList::changed);
    QSignalSpy moved(list_.get(), &BookmarkList::moved);
    const Bytes two(2, 1);
    QVERIFY(document().insert(10, two).ok());
    QCOMPARE(offsets(), (QList<Offset>{12, 22}));
    QVERIFY(document().overwrite(12, two).ok());
    QCOMPARE(moved.count(), 1);
    QVERIFY(document().erase({15, 2}).ok());
    QCOMPARE(offsets(), (QList<Offset>{12, 20}));
    QCOMPARE(moved.count(), 2);
    QCOMPARE(changed.count(), 0);
}

void BookmarkListTest::erasedPlacesMeet() {
    list_->add({{10, "a", 0, {}}, {12, "b", 0, {}}, {50, "c", 0, {}}});
    QVERIFY(document().erase({5, 20}).ok());
    QCOMPARE(offsets(), (QList<Offset>{5, 5, 30}));
    // They go together, as nobody could tell them apart in the grid.
    QVERIFY(!list_->toggle(5));
    QCOMPARE(offsets(), (QList<Offset>{30}));
}

void BookmarkListTest::answersTheGrid() {
    list_->add({{10, {}, 1, {}}, {20, {}, 2, {}}, {30, {}, 3, {}}});
    const auto shown = list_->bookmarksIn({10, 20});
    QCOMPARE(static_cast<int>(shown.size()), 2);
    QCOMPARE(shown[1].offset, Offset{20});
    QCOMPARE(shown[1].color, 2);
    QVERIFY(list_->bookmarksIn({11, 9}).empty());
    QCOMPARE(list_->nextBookmark(11), std::optional<Offset>(20));
    QCOMPARE(list_->nextBookmark(30), std::optional<Offset>(30));
    QVERIFY(!list_->nextBookmark(31));
}

void BookmarkListTest::leavesOutWhatIsBeyond() {
    list_->add({{100, {}, 0, {}}, {101, {}, 0, {}}, {-1, {}, 0, {}}});
    QCOMPARE(offsets(), (QList<Offset>{100}));
}

void BookmarkListTest::isAsAPlainListOfBytes_data() {
    QTest::addColumn<quint64>("seed");
    for (const std::uint64_t seed : test::testSeeds()) {
        QTest::addRow("%llu", static_cast<unsigned long long>(seed)) << quint64{seed};
    }
}

/// The model is a vector of what stands at each byte: true where it has a bookmark.
void BookmarkListTest::isAsAPlainListOfBytes() {
    QFETCH(quint64, seed);
    std::mt19937_64 random(seed);
    const auto below = [&random](std::size_t limit) {
        return static_cast<std::ptrdiff_t>(random() % limit);
    };
    std::vector<bool> model(100, false);
    for (int round = 0; round < test::scaled(2000); ++round) {
        const std::ptrdiff_t at = below(model.size());
        if (below(3) == 0) {
            const bool isSet = !model[static_cast<std::size_t>(at)];
            QCOMPARE(list_->toggle(at), isSet);
            model[static_cast<std::size_t>(at)] = isSet;
        } else if (below(2) == 0) {
            const Bytes bytes(1 + static_cast<std::size_t>(below(5)), 7);
            QVERIFY(document().insert(at, bytes).ok());
            model.insert(model.begin() + at, bytes.size(), false);
        } else if (model.size() > 20 && at + 10 < static_cast<std::ptrdiff_t>(model.size())) {
            // Bookmarks in what is erased come together behind it; the model has one bit a byte.
            std::ptrdiff_t length = below(10);
            while (length > 0 && std::any_of(model.begin() + at, model.begin() + at + length,
                                             [](bool has) { return has; })) {
                --length;
            }
            if (length > 0) {
                QVERIFY(document().erase({at, length}).ok());
                model.erase(model.begin() + at, model.begin() + at + length);
            }
        }
        QList<Offset> expected;
        for (std::size_t i = 0; i < model.size(); ++i) {
            if (model[i]) {
                expected << static_cast<Offset>(i);
            }
        }
        QCOMPARE(offsets(), expected);
    }
}

QTEST_MAIN(BookmarkListTest)
#include "bookmark_list_test.moc"
