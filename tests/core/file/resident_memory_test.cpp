// A scan of a whole file leaves the process as small as it was, whatever the size of the file.
#include "core/document/document.h"
#include "tests/support/find_bytes.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

// ThreadSanitizer notes each address that is looked at in memory of its own, four bytes for each,
// and a search looks at the file where it is mapped. The pages of the file are counted there alone.
#if defined(__SANITIZE_THREAD__)
constexpr const char* kCounted = "RssFile:";
#else
constexpr const char* kCounted = "VmRSS:";
#endif

/// Resident bytes of this process, file pages included.
Offset residentBytes() {
    QFile status("/proc/self/status");
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith(kCounted))
            return line.mid(qstrlen(kCounted)).simplified().split(' ').first().toLongLong() * 1024;
    }
    return 0;
}

}  // namespace

class ResidentMemoryTest : public QObject {
    Q_OBJECT

private slots:
    void stays_data();
    void stays();
};

void ResidentMemoryTest::stays_data() {
    QTest::addColumn<bool>("backward");
    QTest::newRow("search forwards") << false;
    QTest::newRow("search backwards") << true;
}

void ResidentMemoryTest::stays() {
    QFETCH(bool, backward);
    constexpr Offset kSize = Offset{256} << 20;
    constexpr Offset kGrowth = Offset{64} << 20;
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    {
        const QByteArray block = someBytes(1 << 20);
        const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
        for (Offset at = 0; at < kSize; at += block.size())
            QVERIFY(file->writeAt({at}, span(block)));
    }
    const auto document = *Document::open(systemFileSystem(), path, AccessMode::ReadOnly);
    const Offset before = residentBytes();
    if (before == 0)
        QSKIP("the system does not tell the resident size");
    Progress progress;
    const Result<FoundBytes> outcome =
        findFirst(document->snapshot(), *Pattern::fromText("a text that is nowhere in there"),
                  {0, document->length()}, backward, progress);
    QVERIFY(outcome.ok());
    QVERIFY(!outcome->match);
    QCOMPARE(progress.done(), kSize);
    const Offset growth = residentBytes() - before;
    QVERIFY2(growth < kGrowth, qPrintable(QString::number(growth)));
}

QTEST_GUILESS_MAIN(ResidentMemoryTest)

#include "resident_memory_test.moc"
