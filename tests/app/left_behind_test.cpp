#include "app/left_behind.h"
#include "tests/app/left_behind_log.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace octavo;
using app::LeftBehind;
using core::Bytes;
using core::Document;
using core::Fit;
using octavo::test::leaveBehind;
using octavo::test::TestFolder;

namespace {

/// Of 1000 dots the 10th and the 500th.
void overwriteTwo(Document& document) {
    QVERIFY(document.overwrite(10, Bytes{'X'}));
    QVERIFY(document.overwrite(500, Bytes{'Y'}));
}

struct Fixture {
    std::vector<LeftBehind> look() const {
        const std::unique_ptr<Document> document =
            Document::open(core::systemFileSystem(), path).value();
        return app::leftBehindOf(core::systemFileSystem(), logs, *document->version());
    }

    TestFolder folder;
    std::string logs = folder.path("edits");
    std::string path = folder.write("file", QByteArray(1000, '.'));
};

}  // namespace

class LeftBehindTest : public QObject {
    Q_OBJECT

private slots:
    void fits_data();
    void fits();
    void isFoundByItsIdentityOrItsName();
    void isClaimedAsLongAsItLives();
    void looksAtOnceFindEverything();
    void aFlushThatEndedIsSettledByTheFile_data();
    void aFlushThatEndedIsSettledByTheFile();
    void damagedLogs_data();
    void damagedLogs();
    void withoutAFolderThereIsNone();
};

void LeftBehindTest::fits_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("reviewed");
    QTest::addColumn<int>("fitting");
    QTest::addColumn<int>("doubtful");
    QTest::addColumn<int>("lost");
    const QByteArray before(1000, '.');
    QTest::newRow("unchanged") << QByteArray() << true << 2 << 0 << 0;
    QTest::newRow("unchanged, and nobody had looked") << QByteArray() << false << 2 << 0 << 0;
    QTest::newRow("changed elsewhere")
        << QByteArray(before).replace(800, 5, "other") << true << 2 << 0 << 0;
    QTest::newRow("changed elsewhere, and nobody had looked")
        << QByteArray(before).replace(800, 5, "other") << false << 0 << 2 << 0;
    QTest::newRow("changed at one")
        << QByteArray(before).replace(10, 1, "Z") << true << 1 << 0 << 1;
    QTest::newRow("cut before one") << before.left(400) << true << 1 << 0 << 1;
    QTest::newRow("another file") << QByteArray(50, '#') << true << 0 << 0 << 2;
}

void LeftBehindTest::fits() {
    QFETCH(QByteArray, now);
    QFETCH(bool, reviewed);
    QFETCH(int, fitting);
    QFETCH(int, doubtful);
    QFETCH(int, lost);
    const Fixture fixture;
    leaveBehind(fixture.logs, fixture.path, overwriteTwo, reviewed);
    if (!now.isEmpty())
        fixture.folder.write("file", now);
    const std::vector<LeftBehind> left = fixture.look();
    QCOMPARE(left.size(), std::size_t{1});
    QVERIFY(left[0].edits && !left[0].error);
    QCOMPARE(int(left[0].count(Fit::Fits)), fitting);
    QCOMPARE(int(left[0].count(Fit::CannotTell)), doubtful);
    QCOMPARE(int(left[0].count(Fit::DoesNotFit)), lost);
    QCOMPARE(int(left[0].ids(false).size()), fitting);
    QCOMPARE(int(left[0].ids(true).size()), fitting + doubtful);
}

void LeftBehindTest::isFoundByItsIdentityOrItsName() {
    Fixture fixture;
    leaveBehind(fixture.logs, fixture.path, overwriteTwo);
    const std::string other = fixture.folder.write("other", QByteArray(1000, '.'));
    fixture.path = other;
    QVERIFY(fixture.look().empty());
    fixture.path = fixture.folder.path("file");
    // Moved away: it is that very file.
    const std::string moved = fixture.folder.path("moved");
    QCOMPARE(std::rename(fixture.path.c_str(), moved.c_str()), 0);
    fixture.path = moved;
    QCOMPARE(fixture.look().size(), std::size_t{1});
    QCOMPARE(fixture.look()[0].count(Fit::Fits), std::size_t{2});
    // Written anew under its name: what it replaces is still there.
    QCOMPARE(std::rename(fixture.folder.path("other").c_str(), fixture.folder.path("file").c_str()),
             0);
    fixture.path = fixture.folder.path("file");
    QCOMPARE(fixture.look().size(), std::size_t{1});
    QCOMPARE(fixture.look()[0].count(Fit::Fits), std::size_t{2});
}

void LeftBehindTest::isClaimedAsLongAsItLives() {
    const Fixture fixture;
    leaveBehind(fixture.logs, fixture.path, overwriteTwo);
    std::vector<LeftBehind> left = fixture.look();
    QCOMPARE(left.size(), std::size_t{1});
    QVERIFY(fixture.look().empty());
    left.clear();
    QCOMPARE(fixture.look().size(), std::size_t{1});
}

void LeftBehindTest::looksAtOnceFindEverything() {
    const Fixture fixture;
    const std::string other = fixture.folder.write("other", QByteArray(1000, '.'));
    leaveBehind(fixture.logs, fixture.path, overwriteTwo);
    leaveBehind(fixture.logs, other, overwriteTwo);
    for (int i = 0; i < 50; ++i) {
        std::atomic<int> found = 0;
        const auto look = [&](const std::string& path) {
            const auto document = Document::open(core::systemFileSystem(), path).value();
            found +=
                int(app::leftBehindOf(core::systemFileSystem(), fixture.logs, *document->version())
                        .size());
        };
        std::thread first([&] { look(fixture.path); });
        std::thread second([&] { look(other); });
        first.join();
        second.join();
        QCOMPARE(found.load(), 2);
    }
}

void LeftBehindTest::aFlushThatEndedIsSettledByTheFile_data() {
    QTest::addColumn<bool>("written");
    QTest::newRow("written") << true;
    QTest::newRow("not written") << false;
}

void LeftBehindTest::aFlushThatEndedIsSettledByTheFile() {
    QFETCH(bool, written);
    const Fixture fixture;
    {
        core::FileSystem& disk = core::systemFileSystem();
        const auto document = Document::open(disk, fixture.path).value();
        core::EditLogFeed feed;
        document->setEditLog(&feed);
        overwriteTwo(*document);
        core::EditLogWriter writer(disk, fixture.logs);
        QVERIFY(writer.write(*feed.take(document->snapshot())));
        const auto save = document->prepareFlush();
        core::FlushPlan plan{1, (*save)->snapshot(), {}};
        for (const core::Change& change : (*save)->changes())
            plan.changes.push_back(change.id);
        QVERIFY(writer.beginFlush(plan));
        core::Progress progress;
        if (written)
            QVERIFY((*save)->run(progress));
        document->setEditLog(nullptr);
    }
    const std::vector<LeftBehind> left = fixture.look();
    QCOMPARE(left.size(), std::size_t(written ? 0 : 1));
    // With nothing to recover it has no reason to be.
    const QDir logs(QString::fromStdString(fixture.logs));
    QCOMPARE(logs.entryList(QDir::Files).size(), qsizetype(written ? 0 : 1));
    if (!written)
        QCOMPARE(left[0].count(Fit::Fits), std::size_t{2});
}

void LeftBehindTest::damagedLogs_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("a torn tail") << qint64{-3} << true;
    QTest::newRow("not even its beginning") << qint64{20} << false;
    QTest::newRow("empty") << qint64{0} << false;
}

void LeftBehindTest::damagedLogs() {
    QFETCH(qint64, length);
    QFETCH(bool, isTold);
    const Fixture fixture;
    const QString log =
        QString::fromStdString(leaveBehind(fixture.logs, fixture.path, overwriteTwo));
    QVERIFY(QFile::resize(log, length < 0 ? QFileInfo(log).size() + length : length));
    const std::vector<LeftBehind> left = fixture.look();
    QCOMPARE(left.size(), std::size_t(isTold ? 1 : 0));
    if (isTold)
        QVERIFY(left[0].error && !left[0].edits);
    // What cannot be read is not removed by itself.
    QVERIFY(QFile::exists(log));
}

void LeftBehindTest::withoutAFolderThereIsNone() {
    const Fixture fixture;
    QVERIFY(fixture.look().empty());
    fixture.folder.write("edits", "no folder");
    QVERIFY(fixture.look().empty());
}

QTEST_GUILESS_MAIN(LeftBehindTest)
#include "left_behind_test.moc"
