// Records of an edit log: whole or not there, whatever happens to the file.
#include "core/document/edit_log_file.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// The payloads as far as they can be read; a word where the file cannot be read at all.
QList<QByteArray> recordsOf(const std::string& path) {
    const auto file = systemFileSystem().open(path, OpenMode::Read);
    if (!file)
        return {"(no file)"};
    Result<EditLogRecords> records = EditLogRecords::open(*file);
    if (!records)
        return {"(" + QByteArray::fromStdString(records.error().reason) + ")"};
    QList<QByteArray> payloads;
    Bytes payload;
    while (true) {
        const Result<bool> found = records->next(payload);
        if (!found)
            return {"(error)"};
        if (!*found)
            return payloads;
        payloads.append(QByteArray(reinterpret_cast<const char*>(payload.data()),
                                   static_cast<qsizetype>(payload.size())));
    }
}

/// A log with records of 0, 1, 2, ... bytes; returns where each ends.
std::vector<Offset> writeLog(const std::string& path, int count, QList<QByteArray>& payloads) {
    const auto log = *EditLogFile::create(systemFileSystem(), path);
    std::vector<Offset> ends;
    for (int i = 0; i < count; ++i) {
        payloads.append(someBytes(i, static_cast<quint32>(i + 1)));
        if (!log->add(span(payloads.back())))
            qFatal("cannot write");
        ends.push_back(log->length());
    }
    if (!log->sync())
        qFatal("cannot sync");
    return ends;
}

}  // namespace

class EditLogFileTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatWasWritten();
    void everyCutLosesTheTail();
    void everyFlipLosesTheTail();
    void recordsBelongToTheirPlaceAndLog();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void aFailureIsCutOff();
    void isClaimedAndPrivate();
    void createFailsCleanly();
};

void EditLogFileTest::readsWhatWasWritten() {
    const TestFolder folder;
    QList<QByteArray> payloads;
    writeLog(folder.path("log"), 20, payloads);
    QCOMPARE(recordsOf(folder.path("log")), payloads);
}

void EditLogFileTest::everyCutLosesTheTail() {
    const TestFolder folder;
    QList<QByteArray> payloads;
    const std::vector<Offset> ends = writeLog(folder.path("log"), 6, payloads);
    const QByteArray whole = TestFolder::read(folder.path("log"));
    for (qsizetype length = 24; length < whole.size(); ++length) {
        const std::string cut = folder.write("cut", whole.first(length));
        qsizetype left = 0;
        while (ends[static_cast<std::size_t>(left)] <= length)
            ++left;
        QCOMPARE(recordsOf(cut), payloads.first(left));
    }
}

void EditLogFileTest::everyFlipLosesTheTail() {
    const TestFolder folder;
    QList<QByteArray> payloads;
    const std::vector<Offset> ends = writeLog(folder.path("log"), 6, payloads);
    const QByteArray whole = TestFolder::read(folder.path("log"));
    for (qsizetype at = 24; at < whole.size(); ++at) {
        for (const int bit : {0, 3, 7}) {
            QByteArray flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
            qsizetype left = 0;
            while (ends[static_cast<std::size_t>(left)] <= at)
                ++left;
            QCOMPARE(recordsOf(folder.write("flipped", flipped)), payloads.first(left));
        }
    }
}

void EditLogFileTest::recordsBelongToTheirPlaceAndLog() {
    const TestFolder folder;
    QList<QByteArray> payloads;
    const std::vector<Offset> ends = writeLog(folder.path("a"), 4, payloads);
    const QByteArray a = TestFolder::read(folder.path("a"));
    // The last record once more: whole, but not where it was written.
    const QByteArray last = a.mid(ends[2], ends[3] - ends[2]);
    QCOMPARE(recordsOf(folder.write("twice", a + last)), payloads);
    // A record of another log at the very same place.
    QList<QByteArray> others;
    writeLog(folder.path("b"), 4, others);
    const QByteArray b = TestFolder::read(folder.path("b"));
    const QByteArray mixed = a.first(ends[2]) + b.mid(ends[2]);
    QCOMPARE(recordsOf(folder.write("mixed", mixed)), payloads.first(3));
}

void EditLogFileTest::refusesOtherFiles_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("empty") << QByteArray() << QByteArray("(it is no edit log)");
    QTest::newRow("short") << QByteArray("OctEdits\1") << QByteArray("(it is no edit log)");
    QTest::newRow("other") << QByteArray(100, 'x') << QByteArray("(it is no edit log)");
    QTest::newRow("other version")
        << QByteArray("OctEdits\x63").append(50, '\0')
        << QByteArray("(it is an edit log of another version of Octavo)");
}

void EditLogFileTest::refusesOtherFiles() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, reason);
    const TestFolder folder;
    QCOMPARE(recordsOf(folder.write("file", content)), QList<QByteArray>{reason});
}

void EditLogFileTest::aFailureIsCutOff() {
    for (int failAt = 1; failAt <= 4; ++failAt) {
        FaultFileSystem disk;
        const TestFolder folder;
        const std::string path = folder.path("log");
        const auto log = *EditLogFile::create(disk, path);
        QVERIFY(log->add(span("first")).ok());
        QVERIFY(log->sync().ok());
        // Two records and a sync belong together: one call of them fails, or none.
        disk.setPlan({.failAt = failAt, .failCount = 1});
        Status status = log->add(span("second"));
        if (status)
            status = log->add(span("third"));
        if (status)
            status = log->sync();
        QCOMPARE(status.ok(), failAt > 3);
        if (!status) {
            QVERIFY(log->add(span("again")).ok());
            QVERIFY(log->sync().ok());
            QCOMPARE(recordsOf(path), (QList<QByteArray>{"first", "again"}));
        } else {
            QCOMPARE(recordsOf(path), (QList<QByteArray>{"first", "second", "third"}));
        }
    }
}

void EditLogFileTest::isClaimedAndPrivate() {
    const TestFolder folder;
    const std::string path = folder.path("log");
    auto log = *EditLogFile::create(systemFileSystem(), path);
    QCOMPARE(systemFileSystem().info(path)->permissions, 0600U);
    const auto other = *systemFileSystem().open(path, OpenMode::ReadWrite);
    QVERIFY(!*other->lock());
    QVERIFY(!EditLogFile::create(systemFileSystem(), path).ok());
    log.reset();
    QVERIFY(*other->lock());
}

void EditLogFileTest::createFailsCleanly() {
    for (int failAt = 1; failAt <= 3; ++failAt) {
        FaultFileSystem disk;
        const TestFolder folder;
        disk.setPlan({.failAt = failAt, .failCount = 1});
        QVERIFY(!EditLogFile::create(disk, folder.path("log")).ok());
        QCOMPARE(folder.names(), QStringList());
    }
}

QTEST_GUILESS_MAIN(EditLogFileTest)
#include "edit_log_file_test.moc"
