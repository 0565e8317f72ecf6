#include "core/document/document.h"
#include "tests/support/test_folder.h"
#include "ui/bookmarks/bookmark_file.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::Offset;
using test::TestFolder;
using ui::Bookmark;

class BookmarkFileTest : public QObject {
    Q_OBJECT

private slots:
    void comesBack();
    void noneIsNoFile();
    void damagedIsAnError_data();
    void damagedIsAnError();
    void nonsenseIsLeftOut();
    void whatCannotBeWrittenIsTold();
    void placesInTheFile();

private:
    static QString onlyFile(const std::string& folder) {
        const QDir dir(QString::fromStdString(folder));
        const QStringList names = dir.entryList(QDir::Files);
        return names.size() == 1 ? dir.filePath(names[0]) : QString();
    }
    static void put(const QString& path, const QByteArray& content) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
};

void BookmarkFileTest::comesBack() {
    const TestFolder state;
    const std::string folder = state.path("deep/down");
    const std::string path = "/b\xFF\n%41 \"x\"";
    const std::vector<Bookmark> bookmarks{{0, "a \"b\" ü", 5, "one\ntwo"},
                                          {core::kMaxLength, "", 0, ""}};
    QVERIFY(ui::writeBookmarks(folder, path, bookmarks).ok());
    QCOMPARE(ui::readBookmarks(folder, path).value(), bookmarks);
    QVERIFY(ui::readBookmarks(folder, "/other").value().empty());
    QVERIFY(ui::writeBookmarks(folder, path, {bookmarks[0]}).ok());
    QCOMPARE(ui::readBookmarks(folder, path).value(), std::vector<Bookmark>{bookmarks[0]});
}

void BookmarkFileTest::noneIsNoFile() {
    const TestFolder state;
    const std::string folder = state.path("marks");
    QVERIFY(ui::writeBookmarks(folder, "/a", {}).ok());
    QVERIFY(ui::writeBookmarks(folder, "/a", {{1, "", 0, ""}}).ok());
    QVERIFY(!onlyFile(folder).isEmpty());
    QVERIFY(ui::writeBookmarks(folder, "/a", {}).ok());
    QVERIFY(onlyFile(folder).isEmpty());
}

void BookmarkFileTest::damagedIsAnError_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"path\": \"/a\", \"bookm");
    QTest::newRow("a list") << QByteArray("[1]");
}

void BookmarkFileTest::damagedIsAnError() {
    QFETCH(QByteArray, content);
    const TestFolder state;
    const std::string folder = state.path("marks");
    QVERIFY(ui::writeBookmarks(folder, "/a", {{1, "", 0, ""}}).ok());
    put(onlyFile(folder), content);
    const auto read = ui::readBookmarks(folder, "/a");
    QVERIFY(!read);
    QCOMPARE(read.error().reason, std::string("it is damaged"));
}

void BookmarkFileTest::nonsenseIsLeftOut() {
    const TestFolder state;
    const std::string folder = state.path("marks");
    QVERIFY(ui::writeBookmarks(folder, "/a", {{1, "", 0, ""}}).ok());
    put(onlyFile(folder), R"({"path": "/a", "bookmarks": [3, {"offset": -5}, {"offset": "7"},
                              {"name": "x"}, {"offset": 9, "color": 77, "name": 4}]})");
    QCOMPARE(ui::readBookmarks(folder, "/a").value(), (std::vector<Bookmark>{{9, "", 0, ""}}));
    put(onlyFile(folder), R"({"path": "/b", "bookmarks": [{"offset": 9}]})");
    QVERIFY(ui::readBookmarks(folder, "/a").value().empty());
}

void BookmarkFileTest::whatCannotBeWrittenIsTold() {
    const TestFolder state;
    const core::Status status =
        ui::writeBookmarks(state.write("file", "x") + "/marks", "/a", {{1, "", 0, ""}});
    QVERIFY(!status);
    QVERIFY(!status.error().reason.empty());
}

void BookmarkFileTest::placesInTheFile() {
    const TestFolder folder;
    const auto document =
        Document::open(core::systemFileSystem(), folder.write("file", "0123456789")).value();
    const auto pairs = [&](const QList<Offset>& inFile) {
        const core::Snapshot snapshot = document->snapshot();
        for (Offset offset = 0; offset <= snapshot.length(); ++offset) {
            QCOMPARE(ui::offsetInFile(snapshot.tree(), offset), inFile[offset]);
        }
    };
    const auto back = [&](Offset fileOffset) {
        return ui::offsetInDocument(document->snapshot().tree(), fileOffset);
    };
    pairs({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    QCOMPARE(back(10), Offset{10});
    QCOMPARE(back(11), Offset{10});
    QVERIFY(document->insert(2, test::span("ab")).ok());
    QVERIFY(document->overwrite(5, test::span("XY")).ok());
    QVERIFY(document->erase({9, 2}).ok());
    // 0 1 a b 2 X Y 5 6 9
    pairs({0, 1, 2, 2, 2, 3, 4, 5, 6, 9, 10});
    QCOMPARE(back(1), Offset{1});
    QCOMPARE(back(2), Offset{4});
    QCOMPARE(back(4), Offset{6});
    QCOMPARE(back(7), Offset{9});
    QCOMPARE(back(8), Offset{9});
    QCOMPARE(back(9), Offset{9});
    QCOMPARE(back(10), Offset{10});
}

QTEST_GUILESS_MAIN(BookmarkFileTest)
#include "bookmark_file_test.moc"
