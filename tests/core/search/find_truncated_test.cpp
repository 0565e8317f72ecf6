// Searching and copying a file that another program cuts and grows meanwhile.
#include "core/document/document.h"
#include "core/save/copy_save.h"
#include "tests/support/find_bytes.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <atomic>
#include <thread>

#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr qsizetype kSize = 400'000;

QByteArray content() {
    return QByteArray(kSize, 'x').replace(kSize - 10, 6, "needle");
}

}  // namespace

class FindTruncatedTest : public QObject {
    Q_OBJECT

private slots:
    void reportsWhatIsMissing_data();
    void reportsWhatIsMissing();
    void searchedByFourWhileItComesAndGoes();
    void copyOfACutFileIsRefused();
};

void FindTruncatedTest::reportsWhatIsMissing_data() {
    QTest::addColumn<int>("left");
    QTest::addColumn<bool>("backward");
    for (const int left : {0, 4096, 5000, 200'000}) {
        QTest::addRow("%d left", left) << left << false;
        QTest::addRow("%d left, backward", left) << left << true;
    }
}

void FindTruncatedTest::reportsWhatIsMissing() {
    QFETCH(int, left);
    QFETCH(bool, backward);
    const TestFolder folder;
    const std::string path = folder.write("file", content());
    const auto document = *Document::open(systemFileSystem(), path, AccessMode::ReadOnly);
    const auto find = [&] {
        Progress progress;
        return findFirst(document->snapshot(), *Pattern::fromText("needle"),
                         {0, document->length()}, backward, progress);
    };
    QCOMPARE(find()->match, std::optional(Offset{kSize - 10}));
    QCOMPARE(::truncate(path.c_str(), left), 0);
    const Result<FoundBytes> outcome = find();
    QVERIFY(outcome.ok());
    QVERIFY(!outcome->match);
    QCOMPARE(outcome->notSearched.extents(), (std::vector<Extent>{{left, kSize - left}}));
    folder.write("file", content());
    QCOMPARE(find()->match, std::optional(Offset{kSize - 10}));
}

void FindTruncatedTest::searchedByFourWhileItComesAndGoes() {
    const TestFolder folder;
    const std::string path = folder.write("file", content());
    const auto document = *Document::open(systemFileSystem(), path, AccessMode::ReadOnly);
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> searches = 0;
    std::vector<std::thread> searchers;
    for (int i = 0; i < 4; ++i) {
        searchers.emplace_back([&, i, snapshot = document->snapshot()] {
            while (!stop) {
                Progress progress;
                const Result<FoundBytes> outcome =
                    findFirst(snapshot, *Pattern::fromText("needle"), {0, snapshot.length()},
                              i % 2 == 1, progress, {8192});
                // It is where it is, or it could not be seen and that is said.
                const bool right = outcome && (outcome->match ? *outcome->match == kSize - 10
                                                              : !outcome->notSearched.isEmpty());
                wrong += right ? 0 : 1;
                ++searches;
            }
        });
    }
    for (int i = 0; i < 300 || searches < 100; ++i) {
        QCOMPARE(::truncate(path.c_str(), (i * 7919) % kSize), 0);
        std::this_thread::yield();
        folder.write("file", content());
    }
    stop = true;
    for (std::thread& searcher : searchers)
        searcher.join();
    QCOMPARE(wrong.load(), 0);
}

void FindTruncatedTest::copyOfACutFileIsRefused() {
    const TestFolder folder;
    const std::string path = folder.write("file", content());
    const auto document = *Document::open(systemFileSystem(), path, AccessMode::ReadOnly);
    QCOMPARE(::truncate(path.c_str(), 4096), 0);
    CopySave save(systemFileSystem(), folder.path("copy"), document->snapshot(), std::nullopt);
    Progress progress;
    const Status status = save.run(progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Unreadable);
    QCOMPARE(folder.names(), (QStringList{"file"}));
}

QTEST_GUILESS_MAIN(FindTruncatedTest)

#include "find_truncated_test.moc"
