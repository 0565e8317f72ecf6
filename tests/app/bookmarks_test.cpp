#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/bookmarks/bookmark_file.h"
#include "ui/bookmarks/bookmarks_panel.h"

#include <QDir>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

using namespace octavo;
using app::ActionId;
using core::Offset;
using octavo::test::WindowFixture;
using ui::Bookmark;

class BookmarksTest : public QObject {
    Q_OBJECT

private slots:
    void keysSetAndVisitThem();
    void withoutAnyItIsSaid();
    void areSeenInTheGrid();
    void areThereAgain();
    void standAtTheirBytesWhenEditsAreLost();
    void flushedEditsMoveThemInTheFile();
    void untitledKeepsThemOnceItHasAName();
    void damagedFileIsTold();
    void closedBeforeTheFormerOnesWereRead();
    void theListShowsAndLeavesThem();
    void keysOfTheListDoNotEditTheGrid();

private:
    /// A window whose bookmarks are kept.
    class Keeping : public WindowFixture {
    public:
        Keeping() { environment.bookmarkFolder = state.path("bookmarks"); }
        std::string openLoaded(const char* name, const QByteArray& content) {
            const std::string path = openNew(name, content);
            if (!QTest::qWaitFor([this] { return document().bookmarks().isLoaded(); },
                                 octavo::test::kPatienceMs))
                qFatal("the bookmarks do not come");
            return path;
        }
        /// As after the next start of the program.
        void openAgain(const std::string& path) {
            app::MainWindow* const before = window;
            window = showWindow();
            delete before;
            if (!open(path))
                qFatal("cannot open it again");
        }
        QList<Offset> stored(const std::string& path) {
            ui::Job::waitAllIdle(std::chrono::seconds(20));
            QList<Offset> offsets;
            const auto read = ui::readBookmarks(environment.bookmarkFolder, path);
            for (const Bookmark& bookmark : read.value())
                offsets << bookmark.offset;
            return offsets;
        }
    };

    static QList<Offset> offsets(WindowFixture& fixture) {
        QList<Offset> found;
        for (const Bookmark& bookmark : fixture.document().bookmarks().list().all())
            found << bookmark.offset;
        return found;
    }
};

void BookmarksTest::keysSetAndVisitThem() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray(10'000, 'a'));
    for (const Offset offset : {5'000, 100, 9'000}) {
        fixture.view().setCaret(offset);
        fixture.key(Qt::Key_F2, Qt::ControlModifier);
    }
    QVERIFY2(fixture.status().contains("0x2328"), qPrintable(fixture.status()));
    QCOMPARE(offsets(fixture), (QList<Offset>{100, 5'000, 9'000}));
    for (const Offset expected : {100, 5'000, 9'000, 100}) {
        fixture.key(Qt::Key_F2);
        QCOMPARE(fixture.view().caret(), expected);
    }
    for (const Offset expected : {9'000, 5'000}) {
        fixture.key(Qt::Key_F2, Qt::ShiftModifier);
        QCOMPARE(fixture.view().caret(), expected);
    }
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    QCOMPARE(offsets(fixture), (QList<Offset>{100, 9'000}));
}

void BookmarksTest::withoutAnyItIsSaid() {
    WindowFixture fixture;
    QVERIFY(!fixture.window->action(ActionId::ToggleBookmark)->isEnabled());
    fixture.openNew("file", "abc");
    fixture.key(Qt::Key_F2);
    QVERIFY2(fixture.status().contains("no bookmarks"), qPrintable(fixture.status()));
    QCOMPARE(fixture.view().caret(), Offset{0});
}

void BookmarksTest::areSeenInTheGrid() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray(10'000, 'a'));
    ui::HexView& view = fixture.view();
    const auto flags = [&view] {
        const QImage image = view.viewport()->grab().toImage();
        const QRgb color = ui::bookmarkColor(ui::Theme::of(view.palette()), 0).rgb();
        int pixels = 0;
        // In the gutter's margin, which has nothing else of that colour.
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < 10; ++x)
                pixels += image.pixel(x, y) == color ? 1 : 0;
        return pixels;
    };
    QTRY_VERIFY(view.isFullyLoaded());
    QCOMPARE(flags(), 0);
    view.setCaret(33);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    const int one = flags();
    QVERIFY(one > 10);
    view.setCaret(65);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    QCOMPARE(flags(), 2 * one);
    // Two in a row have one flag.
    view.setCaret(66);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    QCOMPARE(flags(), 2 * one);
    auto* const bar = view.findChild<ui::MarkedScrollBar*>();
    QTRY_VERIFY(!bar->marks().empty());
    QCOMPARE(std::ranges::count(bar->marks(), ui::MarkedScrollBar::Bookmark),
             static_cast<std::ptrdiff_t>(2));
}

void BookmarksTest::areThereAgain() {
    Keeping fixture;
    const std::string path = fixture.openLoaded("file", QByteArray(1'000, 'a'));
    fixture.view().setCaret(7);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    fixture.view().setCaret(70);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    // Closed at once: they are written all the same.
    fixture.openAgain(path);
    QTRY_COMPARE(offsets(fixture), (QList<Offset>{7, 70}));
    fixture.key(Qt::Key_F2);
    QCOMPARE(fixture.view().caret(), Offset{7});
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    QCOMPARE(fixture.stored(path), (QList<Offset>{70}));
}

void BookmarksTest::standAtTheirBytesWhenEditsAreLost() {
    Keeping fixture;
    const std::string path = fixture.openLoaded("file", QByteArray(1'000, 'a'));
    QVERIFY(fixture.document().document().insert(0, test::span("1234")).ok());
    fixture.view().setCaret(104);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    QCOMPARE(fixture.stored(path), (QList<Offset>{100}));
}

void BookmarksTest::flushedEditsMoveThemInTheFile() {
    Keeping fixture;
    const std::string path = fixture.openLoaded("file", QByteArray(1'000, 'a'));
    fixture.view().setCaret(100);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    QVERIFY(fixture.document().document().insert(0, test::span("1234")).ok());
    QCOMPARE(offsets(fixture), (QList<Offset>{104}));
    QCOMPARE(fixture.stored(path), (QList<Offset>{100}));
    QVERIFY(fixture.flush());
    QCOMPARE(fixture.stored(path), (QList<Offset>{104}));
}

void BookmarksTest::untitledKeepsThemOnceItHasAName() {
    Keeping fixture;
    fixture.run(ActionId::New);
    fixture.type("616263");
    fixture.view().setCaret(1);
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    const std::string path = fixture.folder.path("named");
    fixture.dialogs.saveAnswer = path;
    QVERIFY(fixture.flush());
    QCOMPARE(fixture.stored(path), (QList<Offset>{1}));
}

void BookmarksTest::damagedFileIsTold() {
    Keeping fixture;
    const std::string path = fixture.folder.write("file", "abc");
    QVERIFY(ui::writeBookmarks(fixture.environment.bookmarkFolder, path, {{1, "", 0, ""}}).ok());
    const QDir folder(QString::fromStdString(fixture.environment.bookmarkFolder));
    QFile file(folder.filePath(folder.entryList(QDir::Files).first()));
    QVERIFY(file.resize(20));
    QVERIFY(fixture.open(path));
    QTRY_VERIFY(fixture.document().bookmarks().isLoaded());
    QTRY_VERIFY2(fixture.status().contains("bookmarks"), qPrintable(fixture.status()));
}

void BookmarksTest::closedBeforeTheFormerOnesWereRead() {
    Keeping fixture;
    const std::string path = fixture.openLoaded("file", QByteArray(1'000, 'a'));
    QVERIFY(ui::writeBookmarks(fixture.environment.bookmarkFolder, path,
                               {{7, "a", 0, ""}, {100, "b", 0, ""}})
                .ok());
    app::OpenDocument& document = fixture.document();
    {
        app::DocumentBookmarks bookmarks(document.editor(), document.views(), document.saver(),
                                         *document.findChild<QSplitter*>(),
                                         fixture.environment.bookmarkFolder);
        fixture.view().setCaret(50);
        bookmarks.toggle();
        fixture.view().setCaret(100);
        bookmarks.toggle();
        QVERIFY(!bookmarks.isLoaded());
    }
    QList<Offset> stored = fixture.stored(path);
    std::ranges::sort(stored);
    QCOMPARE(stored, (QList<Offset>{7, 50, 100}));
}

void BookmarksTest::theListShowsAndLeavesThem() {
    Keeping fixture;
    const std::string path = fixture.openLoaded("file", QByteArray(100'000, 'a'));
    for (const Offset offset : {7, 70'000}) {
        fixture.view().setCaret(offset);
        fixture.key(Qt::Key_F2, Qt::ControlModifier);
    }
    QVERIFY(fixture.document().bookmarks().panel() == nullptr);
    fixture.key(Qt::Key_F2, Qt::ControlModifier | Qt::ShiftModifier);
    ui::BookmarksPanel& panel = *fixture.document().bookmarks().panel();
    QVERIFY(panel.table().hasFocus());
    // The one at the caret is current.
    QCOMPARE(panel.table().currentIndex().row(), 1);
    fixture.key(Qt::Key_Up);
    QCOMPARE(fixture.view().caret(), Offset{7});
    QVERIFY(panel.table().hasFocus());
    fixture.key(Qt::Key_F2);
    fixture.type("the seventh");
    fixture.key(Qt::Key_Return);
    QVERIFY(panel.table().hasFocus());
    fixture.key(Qt::Key_Return);
    QVERIFY(fixture.view().hasFocus());
    fixture.key(Qt::Key_F2);
    fixture.key(Qt::Key_F2);
    QVERIFY2(fixture.status().contains("the seventh"), qPrintable(fixture.status()));
    fixture.key(Qt::Key_F2, Qt::ControlModifier | Qt::ShiftModifier);
    fixture.key(Qt::Key_Escape);
    QVERIFY(!panel.isVisible());
    QVERIFY(fixture.view().hasFocus());
    ui::Job::waitAllIdle(std::chrono::seconds(20));
    const auto read = ui::readBookmarks(fixture.environment.bookmarkFolder, path);
    QCOMPARE(read.value()[0].name, QString("the seventh"));
}

void BookmarksTest::keysOfTheListDoNotEditTheGrid() {
    WindowFixture fixture;
    fixture.openNew("file", "abcdef");
    fixture.key(Qt::Key_F2, Qt::ControlModifier);
    fixture.view().setSelection({1, 3});
    fixture.key(Qt::Key_F2, Qt::ControlModifier | Qt::ShiftModifier);
    fixture.key(Qt::Key_Delete);
    QVERIFY(offsets(fixture).isEmpty());
    QCOMPARE(fixture.content(), QByteArray("abcdef"));
}

QTEST_MAIN(BookmarksTest)
#include "bookmarks_test.moc"
