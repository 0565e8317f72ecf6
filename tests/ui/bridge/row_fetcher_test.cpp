#include "core/document/document.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/bridge/row_fetcher.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace std::chrono_literals;
using octavo::core::AccessMode;
using octavo::core::Bytes;
using octavo::core::Document;
using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::Gate;
using octavo::test::GatedFileSystem;
using octavo::test::TestFolder;
using octavo::ui::FetchedBytes;
using octavo::ui::RowFetcher;

class RowFetcherTest : public QObject {
    Q_OBJECT

private slots:
    void cutsAtPages_data();
    void cutsAtPages();
    void deliversInTheSameCall();
    void tellsUnreadable();
    void tellsHoles_data();
    void tellsHoles();
    void laterPartsComeByThemselves();
    void aHangingReadCostsOneWait();
    void aNewRequestReplacesWhatHasNotBegun();
    void leavesAHangingReadBehind();
};

namespace {

constexpr auto kForEver = 30s;
/// So far apart that one read of the file does not bring the next as well.
constexpr Offset kFar = 65536;

struct Results {
    explicit Results(RowFetcher& fetcher) {
        QObject::connect(&fetcher, &RowFetcher::fetched,
                         [this](const FetchedBytes& result) { all.push_back(result); });
    }
    std::vector<FetchedBytes> all;
};

struct SlowDocument {
    explicit SlowDocument(Offset length = 5 * kFar)
        : content(octavo::test::someBytes(length))
        , fileSystem(gate)
        , document(Document::open(fileSystem, folder.write("slow", content)).value()) {}
    ~SlowDocument() { gate->open(); }

    TestFolder folder;
    QByteArray content;
    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    GatedFileSystem fileSystem;
    std::unique_ptr<Document> document;
};

bool sameBytes(const FetchedBytes& result, const QByteArray& content) {
    const octavo::core::ByteSpan all = octavo::test::span(content);
    const auto part = all.subspan(static_cast<std::size_t>(result.extent.offset),
                                  static_cast<std::size_t>(result.extent.length));
    return std::ranges::equal(part, result.bytes);
}

}  // namespace

void RowFetcherTest::cutsAtPages_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QList<qint64>>("lengths");
    QTest::newRow("within a page") << qint64{10} << qint64{100} << QList<qint64>{100};
    QTest::newRow("one page") << qint64{4096} << qint64{4096} << QList<qint64>{4096};
    QTest::newRow("over an edge") << qint64{4000} << qint64{200} << QList<qint64>{96, 104};
    QTest::newRow("three") << qint64{4095} << qint64{4098} << QList<qint64>{1, 4096, 1};
}

void RowFetcherTest::cutsAtPages() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(QList<qint64>, lengths);
    const SlowDocument slow;
    RowFetcher fetcher;
    const Results results(fetcher);
    fetcher.request(slow.document->snapshot(), {{offset, length}}, {}, 7);
    fetcher.waitForUrgent(kForEver);
    QCOMPARE(static_cast<qsizetype>(results.all.size()), lengths.size());
    Offset at = offset;
    for (qsizetype i = 0; i < lengths.size(); ++i) {
        const FetchedBytes& result = results.all[static_cast<std::size_t>(i)];
        QCOMPARE(result.extent, (Extent{at, lengths[i]}));
        QCOMPARE(result.generation, std::uint64_t{7});
        QVERIFY(sameBytes(result, slow.content));
        QVERIFY(result.unreadable.isEmpty());
        at += lengths[i];
    }
}

void RowFetcherTest::deliversInTheSameCall() {
    const SlowDocument slow;
    RowFetcher fetcher;
    const Results results(fetcher);
    fetcher.request(slow.document->snapshot(), {{0, 100}, {500, 100}}, {}, 1);
    QVERIFY(results.all.empty());
    // No event loop runs here.
    fetcher.waitForUrgent(kForEver);
    QCOMPARE(results.all.size(), std::size_t{2});
    QVERIFY(!fetcher.isBusy());
}

void RowFetcherTest::tellsUnreadable() {
    const SlowDocument slow;
    QVERIFY(QFile::resize(QString::fromStdString(slow.document->path()), 4096));
    RowFetcher fetcher;
    const Results results(fetcher);
    fetcher.request(slow.document->snapshot(), {{4000, 200}}, {}, 1);
    fetcher.waitForUrgent(kForEver);
    QCOMPARE(results.all.size(), std::size_t{2});
    QVERIFY(results.all[0].unreadable.isEmpty());
    QCOMPARE(results.all[1].unreadable.extents(), (std::vector<Extent>{{4096, 104}}));
}

void RowFetcherTest::tellsHoles_data() {
    QTest::addColumn<int>("inserted");
    QTest::newRow("where the file has them") << 0;
    QTest::newRow("moved by an insertion") << 5;
    QTest::newRow("moved by a longer one") << 4099;
}

// Zeros that are stored are no hole, nor are the bytes that an insertion puts before one.
void RowFetcherTest::tellsHoles() {
    QFETCH(int, inserted);
    const TestFolder folder;
    const std::string path = folder.write("sparse", QByteArray(8192, '\0'));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(65536));
    QVERIFY(file.seek(32768) && file.write("x") == 1);
    file.close();
    const auto document = Document::open(octavo::core::systemFileSystem(), path).value();
    if (document->snapshot().zerosAt(40960) == 0) {
        QSKIP("this file system has no holes");
    }
    QVERIFY(document->insert(0, Bytes(std::size_t(inserted), 'i')).ok());
    RowFetcher fetcher;
    Results results(fetcher);
    fetcher.request(document->snapshot(), {{0, document->length()}}, {}, 1);
    QTRY_VERIFY(!fetcher.isBusy());
    QCoreApplication::processEvents();
    const auto stored = [&](Offset at) {
        const Offset inFile = at - inserted;
        return inFile < 8192 || (inFile >= 32768 && inFile < 36864);
    };
    Offset told = 0;
    for (const FetchedBytes& result : results.all) {
        told += result.extent.length;
        for (Offset at = result.extent.offset; at < result.extent.end(); ++at) {
            const bool isHole = std::ranges::any_of(
                result.holes, [at](const Extent& hole) { return hole.contains(at); });
            QCOMPARE(isHole, !stored(at));
        }
    }
    QCOMPARE(told, document->length());
}

void RowFetcherTest::laterPartsComeByThemselves() {
    const SlowDocument slow;
    RowFetcher fetcher;
    const Results results(fetcher);
    fetcher.request(slow.document->snapshot(), {{0, 100}}, {{8192, 100}, {16384, 100}}, 1);
    QTRY_COMPARE(results.all.size(), std::size_t{3});
    QCOMPARE(results.all[0].extent.offset, Offset{0});
    QCOMPARE(results.all[2].extent.offset, Offset{16384});
    QVERIFY(!fetcher.isBusy());
}

void RowFetcherTest::aHangingReadCostsOneWait() {
    const SlowDocument slow;
    RowFetcher fetcher;
    const Results results(fetcher);
    slow.gate->close();
    fetcher.request(slow.document->snapshot(), {{0, 100}}, {}, 1);
    fetcher.waitForUrgent(1ms);
    QVERIFY(results.all.empty());
    QVERIFY(fetcher.isBusy());
    QTRY_COMPARE(slow.gate->waiting(), 1);
    // Were this a wait, the test would not come to an end in time: nobody opens the gate.
    fetcher.request(slow.document->snapshot(), {{kFar, 100}}, {}, 2);
    fetcher.waitForUrgent(std::chrono::hours(1));
    QVERIFY(results.all.empty());

    slow.gate->open();
    QTRY_VERIFY(!fetcher.isBusy());
    QTRY_COMPARE(results.all.size(), std::size_t{2});  // the one that hung comes too
    QVERIFY(sameBytes(results.all[0], slow.content));
    fetcher.request(slow.document->snapshot(), {{2 * kFar, 100}}, {}, 3);
    fetcher.waitForUrgent(kForEver);
    QCOMPARE(results.all.size(), std::size_t{3});
}

void RowFetcherTest::aNewRequestReplacesWhatHasNotBegun() {
    const SlowDocument slow;
    RowFetcher fetcher;
    const Results results(fetcher);
    slow.gate->close();
    fetcher.request(slow.document->snapshot(), {{0, 100}}, {{kFar, 100}}, 1);
    QTRY_COMPARE(slow.gate->waiting(), 1);
    fetcher.request(slow.document->snapshot(), {{2 * kFar, 100}}, {}, 2);
    slow.gate->open();
    QTRY_COMPARE(results.all.size(), std::size_t{2});
    QCOMPARE(results.all[0].generation, std::uint64_t{1});
    QCOMPARE(results.all[1].generation, std::uint64_t{2});
    QCOMPARE(results.all[1].extent.offset, 2 * kFar);
    QCOMPARE(slow.gate->visits(), 2);
}

void RowFetcherTest::leavesAHangingReadBehind() {
    const SlowDocument slow;
    slow.gate->close();
    int delivered = 0;
    {
        RowFetcher fetcher;
        connect(&fetcher, &RowFetcher::fetched, this, [&] { ++delivered; });
        fetcher.request(slow.document->snapshot(), {{0, 100}}, {}, 1);
        QTRY_COMPARE(slow.gate->waiting(), 1);
    }
    // The fetcher is gone, its thread still hangs.
    QCOMPARE(slow.gate->waiting(), 1);
    slow.gate->open();
    QTRY_COMPARE(slow.gate->waiting(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(delivered, 0);
}

QTEST_GUILESS_MAIN(RowFetcherTest)
#include "row_fetcher_test.moc"
