#include "core/content/kept_bytes.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <cerrno>
#include <memory>
#include <thread>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

class KeptBytesTest : public QObject {
    Q_OBJECT

private slots:
    void spill();
    void shareTheirMemory();
    void giveMemoryBack();
    void takeNoMoreTogether();
    void tellWhatTheDiskSays();
};

void KeptBytesTest::spill() {
    const TestFolder folder;
    KeptBytes::Budget budget(10);
    KeptBytes kept(budget);
    FaultFileSystem fileSystem;
    QVERIFY(kept.add({100}, Bytes(8, 1), fileSystem, folder.path("")));
    QCOMPARE(fileSystem.calls(), 0);
    QVERIFY(kept.add({200}, Bytes(8, 2), fileSystem, folder.path("")));
    QVERIFY(fileSystem.calls() > 0);
    QVERIFY(kept.add({300}, Bytes(2, 3), fileSystem, folder.path("")));
    QCOMPARE(kept.total(), Offset{18});
    Bytes out(8);
    Unreadable unreadable;
    kept.read({200}, out, 0, unreadable);
    QCOMPARE(out, Bytes(8, 2));
    kept.read({100}, out, 0, unreadable);
    QCOMPARE(out, Bytes(8, 1));
    QVERIFY(unreadable.isEmpty());
    QCOMPARE(kept.next({0}), (FileExtent{{100}, 8}));
    QCOMPARE(kept.next({104}), (FileExtent{{100}, 8}));
    QCOMPARE(kept.next({108}), (FileExtent{{200}, 8}));
    QCOMPARE(kept.next({302}).offset.value, kMaxLength);
    QVERIFY(folder.names().isEmpty());
}

void KeptBytesTest::shareTheirMemory() {
    const TestFolder folder;
    FaultFileSystem fileSystem;
    KeptBytes::Budget budget(10);
    KeptBytes first(budget);
    KeptBytes second(budget);
    QVERIFY(first.add({0}, Bytes(6, 1), fileSystem, folder.path("")));
    QVERIFY(second.add({0}, Bytes(4, 2), fileSystem, folder.path("")));
    QCOMPARE(budget.used(), Offset{10});
    QCOMPARE(fileSystem.calls(), 0);
    QVERIFY(second.add({4}, Bytes(1, 3), fileSystem, folder.path("")));
    QVERIFY(fileSystem.calls() > 0);
    // One part lies in memory and the other on the disk; a read may want both.
    Bytes out(5);
    Unreadable unreadable;
    second.read({0}, out, 0, unreadable);
    QCOMPARE(out, (Bytes{2, 2, 2, 2, 3}));
    QVERIFY(unreadable.isEmpty());
}

void KeptBytesTest::giveMemoryBack() {
    const TestFolder folder;
    KeptBytes::Budget budget(10);
    auto kept = std::make_unique<KeptBytes>(budget);
    QVERIFY(kept->add({0}, Bytes(10, 1), systemFileSystem(), folder.path("")));
    QVERIFY(kept->add({10}, Bytes(10, 1), systemFileSystem(), folder.path("")));
    QCOMPARE(budget.used(), Offset{10});
    kept.reset();
    QCOMPARE(budget.used(), Offset{0});
}

void KeptBytesTest::takeNoMoreTogether() {
    KeptBytes::Budget budget(1000);
    std::atomic<Offset> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 1000; ++j) {
                if (budget.take(3))
                    taken += 3;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(taken.load(), Offset{999});
    QCOMPARE(budget.used(), Offset{999});
    QVERIFY(!budget.take(kMaxLength));
}

void KeptBytesTest::tellWhatTheDiskSays() {
    const TestFolder folder;
    KeptBytes::Budget budget(0);
    FaultFileSystem fileSystem;
    {
        KeptBytes kept(budget);
        // Neither beside the file nor in /var/tmp.
        fileSystem.setPlan({1, 2, EROFS});
        const Status status = kept.add({0}, Bytes(2, 3), fileSystem, folder.path(""));
        QVERIFY(!status.ok());
        QCOMPARE(status.error().systemError, EROFS);
    }
    {
        KeptBytes kept(budget);
        fileSystem.setPlan({1, 1, EACCES});  // the folder is not ours, but /var/tmp is
        QVERIFY(kept.add({0}, Bytes(2, 3), fileSystem, folder.path("")));
        fileSystem.setPlan({1, 1, ENOSPC});
        const Status status = kept.add({2}, Bytes(2, 3), fileSystem, folder.path(""));
        QVERIFY(!status.ok());
        QCOMPARE(status.error().systemError, ENOSPC);
        QCOMPARE(kept.total(), Offset{2});
    }
}

QTEST_GUILESS_MAIN(KeptBytesTest)

#include "kept_bytes_test.moc"
