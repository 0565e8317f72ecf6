// Saves on real file systems, as far as the machine lets us mount them.
#include "core/content/kept_bytes.h"
#include "core/document/document.h"
#include "core/save/backup.h"
#include "core/save/save_plan.h"
#include "tests/support/loop_mount.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QDir>
#include <QTest>

#include <memory>
#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr int kLength = 8 << 20;

void write(const std::string& path, const QByteArray& content) {
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QStringList namesIn(const std::string& folder) {
    QStringList names =
        QDir(QString::fromStdString(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    return names;
}

Status flush(Document& document, SaveOptions options) {
    const auto save = document.prepareFlush(options);
    if (!save)
        return save.error();
    Progress progress;
    const Status status = (*save)->run(progress);
    document.finishFlush(**save);
    return status;
}

bool shows(const Snapshot& snapshot, const QByteArray& content) {
    QByteArray out(snapshot.length(), '\0');
    const Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() && out == content;
}

}  // namespace

class SaveOnDisksTest : public QObject {
    Q_OBJECT

private slots:
    void saves_data();
    void saves();
    void aFullDiskIsTold_data();
    void aFullDiskIsTold();
    void aReadOnlyDiskIsTold();
    void anImmutableFileIsTold();
};

void SaveOnDisksTest::saves_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("strategy");
    for (const char* kind : {"ext4", "xfs", "btrfs", "tmpfs"}) {
        for (const auto strategy :
             {SaveStrategy::Patch, SaveStrategy::Replace, SaveStrategy::Shift}) {
            const bool canShift = qstrcmp(kind, "ext4") == 0 || qstrcmp(kind, "xfs") == 0;
            if (strategy == SaveStrategy::Shift && !canShift)
                continue;
            QTest::addRow("%s, %s", kind, std::string(nameOf(strategy)).c_str())
                << kind << int(strategy);
        }
    }
}

/// Saves one after the other, each with what the one before it left; then all of it undone.
void SaveOnDisksTest::saves() {
    QFETCH(QString, kind);
    QFETCH(int, strategy);
    const LoopMount mount(kind, Offset{400} << 20);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const auto way = static_cast<SaveStrategy>(strategy);
    const std::uint64_t seed = freshSeed();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    std::mt19937_64 random(seed);
    const QByteArray before = someBytes(kLength);
    const std::string path = mount.path("file");
    write(path, before);
    auto document = *Document::open(systemFileSystem(), path);
    QByteArray model = before;
    const Offset kept = KeptBytes::Budget::ofProcess().used();
    for (int i = 0; i < 4; ++i) {
        const Snapshot old = document->snapshot();
        const QByteArray shown = model;
        if (way != SaveStrategy::Patch) {
            QVERIFY(document->insert(0, Bytes(4096, Byte{'i'})));
            QVERIFY(document->erase({1'000'000, 8192}));
            model.insert(0, QByteArray(4096, 'i')).remove(1'000'000, 8192);
        }
        const auto at = static_cast<int>(random() % (kLength / 2));
        QVERIFY(document->overwrite(at, span("overwritten")));
        model.replace(at, 11, "overwritten");
        SaveOptions options;
        options.strategy = way;
        options.keepBackup = i == 3;
        const Status status = flush(*document, options);
        QVERIFY2(status.ok(), status.ok() ? "" : status.error().message().c_str());
        QVERIFY(TestFolder::read(path) == model);
        QVERIFY(shows(document->snapshot(), model));
        QVERIFY(shows(old, shown));
        if (options.keepBackup)
            QVERIFY(TestFolder::read(backupName(path)) == shown);
    }
    // What stands elsewhere in the file is not kept besides.
    QVERIFY(KeptBytes::Budget::ofProcess().used() - kept < 1 << 20);
    while (document->canUndo())
        QVERIFY(document->undo());
    QVERIFY(shows(document->snapshot(), before));
    document.reset();
    const QStringList names = namesIn(mount.folder());
    QVERIFY2(names == (QStringList{"file", "file~"}), qPrintable(names.join(' ')));
}

void SaveOnDisksTest::aFullDiskIsTold_data() {
    QTest::addColumn<int>("strategy");
    QTest::newRow("patch") << int(SaveStrategy::Patch);
    QTest::newRow("replace") << int(SaveStrategy::Replace);
}

void SaveOnDisksTest::aFullDiskIsTold() {
    QFETCH(int, strategy);
    const auto way = static_cast<SaveStrategy>(strategy);
    const LoopMount mount("tmpfs", Offset{12} << 20);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const QByteArray before = someBytes(kLength);
    const std::string path = mount.path("file");
    write(path, before);
    auto document = *Document::open(systemFileSystem(), path);
    QVERIFY(document->fill({0, 6 << 20}, span("x")));
    if (way == SaveStrategy::Replace)
        QVERIFY(document->insert(1, span("x")));
    const QByteArray shown = [&] {
        QByteArray content = QByteArray(6 << 20, 'x') + before.mid(6 << 20);
        return way == SaveStrategy::Replace ? content.insert(1, "x") : content;
    }();
    const auto plans = planSaves(*lookAt(systemFileSystem(), path), document->saveRequest());
    for (const SavePlan& plan : plans)
        QVERIFY(plan.obstacle.has_value());
    const Status status = flush(*document, {.strategy = way});
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::NoRoom);
    QVERIFY(TestFolder::read(path) == before);
    QVERIFY(shows(document->snapshot(), shown));
    QVERIFY(document->isModified());
    document.reset();
    QCOMPARE(namesIn(mount.folder()), QStringList{"file"});
}

void SaveOnDisksTest::aReadOnlyDiskIsTold() {
    LoopMount mount("ext4", Offset{64} << 20);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const std::string path = mount.path("file");
    write(path, "0123456789");
    if (!mount.remount("ro"))
        QSKIP("it cannot be mounted again");
    const auto document = *Document::open(systemFileSystem(), path);
    QVERIFY(document->overwrite(1, span("x")));
    const auto plans = planSaves(*lookAt(systemFileSystem(), path), document->saveRequest());
    for (const SavePlan& plan : plans)
        QCOMPARE(int(*plan.obstacle), int(SaveObstacle::ReadOnlyStorage));
    const Status status = flush(*document, {});
    QVERIFY(!status.ok());
    QCOMPARE(status.error().systemError, EROFS);
    QVERIFY(document->isModified());
}

void SaveOnDisksTest::anImmutableFileIsTold() {
    const LoopMount mount("ext4", Offset{64} << 20);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const std::string path = mount.path("file");
    write(path, "0123456789");
    if (std::system(("chattr +i '" + path + "' 2>/dev/null").c_str()) != 0)
        QSKIP("its attributes cannot be set");
    const auto document = *Document::open(systemFileSystem(), path);
    QVERIFY(document->insert(1, span("x")));
    for (const auto way : {SaveStrategy::Replace, SaveStrategy::Shift}) {
        const Status status = flush(*document, {.strategy = way});
        QVERIFY(!status.ok());
        QVERIFY(document->isModified());
    }
    const auto plans = planSaves(*lookAt(systemFileSystem(), path), document->saveRequest());
    for (const SavePlan& plan : plans)
        QVERIFY(plan.obstacle.has_value());
    (void)std::system(("chattr -i '" + path + "'").c_str());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
}

QTEST_GUILESS_MAIN(SaveOnDisksTest)

#include "save_on_disks_test.moc"
