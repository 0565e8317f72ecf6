// What each kind of file system is and can do, on those that this machine can mount.
#include "core/file/file_system.h"
#include "core/file/storage.h"
#include "tests/support/loop_mount.h"

#include <QTest>

#include <cerrno>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kMiB = Offset{1} << 20;

}  // namespace

class StorageTest : public QObject {
    Q_OBJECT

private slots:
    void tellsKindAndAbilities_data();
    void tellsKindAndAbilities();
    void tellsRoom();
    void tellsReadOnly();
    void asksEachMountOnce();
    void doesNotRememberAFullDisk();
    void refusesAFolderThatIsMissing();
};

void StorageTest::tellsKindAndAbilities_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("expected");
    QTest::addColumn<Offset>("block");
    QTest::addColumn<bool>("clones");
    QTest::addColumn<bool>("shifts");
    QTest::addColumn<bool>("tellsLayout");

    const auto row = [](const char* name, const char* kind, const QStringList& options,
                        StorageKind expected, Offset block, bool clones, bool shifts, bool layout) {
        QTest::newRow(name) << kind << options << static_cast<int>(expected) << block << clones
                            << shifts << layout;
    };
    const QStringList none;
    row("ext4", "ext4", {"-b", "4096"}, StorageKind::Ext4, 4096, false, true, true);
    row("ext4 with small blocks", "ext4", {"-b", "1024"}, StorageKind::Ext4, 1024, false, true,
        true);
    row("ext4 without extents", "ext4", {"-b", "4096", "-O", "^extents,^64bit"}, StorageKind::Ext4,
        4096, false, false, true);
    row("XFS", "xfs", none, StorageKind::Xfs, 4096, true, true, true);
    row("XFS without shared blocks", "xfs", {"-m", "reflink=0"}, StorageKind::Xfs, 4096, false,
        true, true);
    row("btrfs", "btrfs", none, StorageKind::Btrfs, 4096, true, false, true);
    row("tmpfs", "tmpfs", none, StorageKind::Tmpfs, FileSystem::pageSize(), false, false, false);
}

void StorageTest::tellsKindAndAbilities() {
    QFETCH(QString, kind);
    QFETCH(QStringList, options);
    QFETCH(int, expected);
    QFETCH(Offset, block);
    QFETCH(bool, clones);
    QFETCH(bool, shifts);
    QFETCH(bool, tellsLayout);
    const LoopMount mount(kind, 320 * kMiB, options);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));

    FileSystem& fileSystem = systemFileSystem();
    const Result<StorageSpace> space = fileSystem.space(mount.folder());
    QVERIFY(space.ok());
    QCOMPARE(static_cast<int>(space->kind), expected);
    QCOMPARE(space->blockSize, block);
    QVERIFY(!space->readOnly);

    const QStringList before = QDir(QString::fromStdString(mount.folder())).entryList();
    const Result<StorageAbilities> can = fileSystem.abilities(mount.folder());
    QVERIFY2(can.ok(), can ? "" : can.error().message().c_str());
    QCOMPARE(can->clonesRanges, clones);
    QCOMPARE(can->insertsRanges, shifts);
    QCOMPARE(can->collapsesRanges, shifts);
    QCOMPARE(can->tellsLayout, tellsLayout);
    QVERIFY(can->punchesHoles);
    QCOMPARE(can->preallocates, !options.join(',').contains("^extents"));
    QVERIFY(can->linksUnnamed);
    QCOMPARE(QDir(QString::fromStdString(mount.folder())).entryList(), before);
}

void StorageTest::tellsRoom() {
    const LoopMount mount("tmpfs", kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    FileSystem& fileSystem = systemFileSystem();
    const Result<StorageSpace> before = fileSystem.space(mount.folder());
    QVERIFY(before.ok());
    QCOMPARE(before->total, kMiB);
    const auto file = fileSystem.open(mount.path("file"), OpenMode::CreateNew);
    QVERIFY(file.ok());
    QVERIFY((*file)->writeAt({0}, span(someBytes(256 * 1024))).ok());
    const Result<StorageSpace> after = fileSystem.space(mount.path("file"));
    QVERIFY(after.ok());
    QCOMPARE(before->available - after->available, 256 * 1024);
}

void StorageTest::tellsReadOnly() {
    LoopMount mount("tmpfs", kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    QVERIFY(mount.remount("ro"));
    const Result<StorageSpace> space = systemFileSystem().space(mount.folder());
    QVERIFY(space.ok());
    QVERIFY(space->readOnly);
    const Result<bool> mayWrite = systemFileSystem().mayWrite(mount.folder());
    QVERIFY(mayWrite.ok());
    QVERIFY(!*mayWrite);
    const Result<StorageAbilities> can = systemFileSystem().abilities(mount.folder());
    QVERIFY(!can.ok());
    QCOMPARE(can.error().systemError, EROFS);
}

void StorageTest::asksEachMountOnce() {
    LoopMount mount("tmpfs", kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const Result<StorageAbilities> asked = systemFileSystem().abilities(mount.folder());
    QVERIFY(asked.ok());
    // Nothing can be tried on it any more: the answer is remembered.
    QVERIFY(mount.remount("ro"));
    const Result<StorageAbilities> remembered = systemFileSystem().abilities(mount.folder());
    QVERIFY(remembered.ok());
    QVERIFY(*remembered == *asked);
}

void StorageTest::doesNotRememberAFullDisk() {
    const LoopMount mount("tmpfs", kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    FileSystem& fileSystem = systemFileSystem();
    const auto file = *fileSystem.open(mount.path("file"), OpenMode::CreateNew);
    // Room for what is written when trying, and not for what is taken then.
    const Offset blocks = kMiB / FileSystem::pageSize() - 4;
    QVERIFY(
        file->preallocate({{0}, blocks * FileSystem::pageSize()}, Preallocation::ExtendSize).ok());
    const Result<StorageAbilities> full = fileSystem.abilities(mount.folder());
    QVERIFY(full.ok());
    QVERIFY(!full->preallocates);
    QVERIFY(file->resize(0).ok());
    const Result<StorageAbilities> roomy = fileSystem.abilities(mount.folder());
    QVERIFY(roomy.ok());
    QVERIFY(roomy->preallocates);
}

void StorageTest::refusesAFolderThatIsMissing() {
    const TestFolder folder;
    QVERIFY(systemFileSystem().space(folder.path("none")).error().isMissing());
    QVERIFY(systemFileSystem().abilities(folder.path("none")).error().isMissing());
}

QTEST_GUILESS_MAIN(StorageTest)
#include "storage_test.moc"
