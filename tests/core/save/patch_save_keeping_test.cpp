// What a patch keeps, what it does where it cannot, and two documents on one file; without a
// Document.
#include "core/content/add_buffer.h"
#include "core/content/open_files.h"
#include "core/save/patch_save.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <cerrno>
#include <memory>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using VersionPtr = std::shared_ptr<const FileVersion>;

/// A document's side of a patch: the file's pieces with some overwritten.
struct Editing {
    FileSystem& fileSystem;
    VersionPtr version;
    std::shared_ptr<SourceTable> sources = std::make_shared<SourceTable>();
    std::shared_ptr<AddBuffer> added = std::make_shared<AddBuffer>();
    SourceId base;
    SourceId addedId;
    PieceTree tree;
    ChangeId lastChange = 0;

    Editing(FileSystem& system, const std::string& path)
        : fileSystem(system)
        , version(OpenFiles::share(system, *MappedFile::open(system, path)))
        , base(sources->add(version))
        , addedId(sources->add(added))
        , tree(Piece::inPlace(0, version->file()->length(), base)) {}

    void put(Offset at, Offset length, SourceId source, Offset start) {
        const Piece piece{start, length, length, source, ChangeTag::on(++lastChange)};
        tree.replace({at, at}, {at + length, at + length}, {&piece, 1});
    }
    void overwrite(Offset at, const QByteArray& bytes) {
        put(at, bytes.size(), addedId, added->append(span(bytes)));
    }
    Snapshot snapshot() const { return Snapshot(tree, sources, 1); }
    /// `expected`: the file as the document knows it.
    std::unique_ptr<PatchSave> save(SaveOptions options = {}) const {
        const std::string& path = version->file()->path();
        return std::make_unique<PatchSave>(SaveRequest{
            &fileSystem, path, *version->newest()->info(), snapshot(), base, version,
            std::make_shared<Journal>(fileSystem, path), snapshot().changes(), options});
    }
};

QByteArray contentOf(const Source& source, Offset length, Unreadable& unreadable) {
    QByteArray out(length, '\xEE');
    source.read(0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(length)}, 0,
                unreadable);
    return out;
}

QByteArray contentOf(const Source& source, Offset length) {
    Unreadable unreadable;
    const QByteArray out = contentOf(source, length, unreadable);
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

/// Takes all memory that the process has for kept bytes, so that they go to the disk.
class NoMemory {
public:
    NoMemory() {
        KeptBytes::Budget& budget = KeptBytes::Budget::ofProcess();
        for (Offset step = Offset{1} << 40; step > 0; step /= 2) {
            while (budget.take(step))
                taken_ += step;
        }
    }
    ~NoMemory() { KeptBytes::Budget::ofProcess().giveBack(taken_); }

private:
    Offset taken_ = 0;
};

}  // namespace

class PatchSaveKeepingTest : public QObject {
    Q_OBJECT

private slots:
    void noRoomStopsBeforeTheFirstWrite();
    void givingUpUndoLosesWhatWasThere();
    void givingUpUndoKeepsWhatTheNewContentNeeds();
    void givingUpUndoIsPutBackAllTheSame();
    void givingUpUndoCanBeCancelled();
    void keptBytesGoWithTheirVersion();
    void secondDocumentKeepsItsBytes();
    void secondDocumentDoesNotSaveUnseen();
    void oneSavesAtATime();
    void versionKnowsTheFileAfterIt_data();
    void versionKnowsTheFileAfterIt();
};

void PatchSaveKeepingTest::noRoomStopsBeforeTheFirstWrite() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    Editing editing(fileSystem, path);
    editing.overwrite(3, "xyz");
    const NoMemory noMemory;
    const auto save = editing.save();
    // Opened, locked, journals looked for, read; then neither folder has room.
    fileSystem.setPlan({5, 2, ENOSPC});
    Progress progress;
    const Status status = save->run(progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::NoRoomToKeep);
    QVERIFY(fileSystem.writes().empty());
    QVERIFY(!save->succeeded());
    QVERIFY(save->version() == editing.version);
    QVERIFY(editing.version->successor() == nullptr);
    // And the other way out of it.
    fileSystem.setPlan({});
    fileSystem.setFocus(path);
    const auto again = editing.save({.giveUpUndo = true});
    QVERIFY(again->run(progress));
    QCOMPARE(TestFolder::read(path), QByteArray("012xyz6789"));
    QCOMPARE(fileSystem.writes().size(), std::size_t{1});
}

void PatchSaveKeepingTest::givingUpUndoLosesWhatWasThere() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    Editing editing(systemFileSystem(), path);
    editing.overwrite(0, "a");
    editing.overwrite(3, "xyz");
    const auto save = editing.save({.giveUpUndo = true});
    const Offset before = KeptBytes::Budget::ofProcess().used();
    Progress progress;
    QVERIFY(save->run(progress));
    QCOMPARE(progress.done(), progress.total());
    QCOMPARE(KeptBytes::Budget::ofProcess().used(), before);
    QCOMPARE(contentOf(*save->version(), 10), QByteArray("a12xyz6789"));
    Unreadable unreadable;
    QCOMPARE(contentOf(*editing.version, 10, unreadable), QByteArray("\0"
                                                                     "12\0\0\0"
                                                                     "6789",
                                                                     10));
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{0, 1}, {3, 3}}));
    QCOMPARE(editing.version->gapAt(3, 7), Offset{3});
    QCOMPARE(editing.version->whereabouts({6}, 4).now->value, Offset{6});
}

void PatchSaveKeepingTest::givingUpUndoKeepsWhatTheNewContentNeeds() {
    // Two blocks change places by reference: each is needed after the other was written over it.
    const TestFolder folder;
    const std::string path = folder.write("file", "aaaabbbbcccc");
    Editing editing(systemFileSystem(), path);
    editing.put(0, 4, editing.base, 8);
    editing.put(8, 4, editing.base, 0);
    editing.overwrite(5, "x");
    const auto save = editing.save({.giveUpUndo = true});
    Progress progress;
    QVERIFY(save->run(progress));
    QCOMPARE(TestFolder::read(path), QByteArray("ccccbxbbaaaa"));
    QCOMPARE(progress.done(), Offset{9 + 9 + 8});
    QCOMPARE(progress.done(), progress.total());
    Unreadable unreadable;
    (void)contentOf(*editing.version, 12, unreadable);
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{5, 1}}));
}

void PatchSaveKeepingTest::givingUpUndoIsPutBackAllTheSame() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    Editing editing(fileSystem, path);
    editing.overwrite(0, "a");
    editing.overwrite(3, "xyz");
    const auto save = editing.save({.giveUpUndo = true});
    fileSystem.setFocus(path);
    int writes = 0;
    fileSystem.setBeforeWrite([&] {
        if (++writes == 2)
            fileSystem.setPlan({1, 1, EIO});
    });
    Progress progress;
    const Status status = save->run(progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::System);
    QCOMPARE(status.error().systemError, EIO);
    QVERIFY(save->isPutBack());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
    QCOMPARE(save->bytesWritten(), Offset{0});
    QVERIFY(save->version() == editing.version->newest());
    QVERIFY(save->version()->info()->looksLike(*editing.version->file()->currentInfo()));
}

void PatchSaveKeepingTest::givingUpUndoCanBeCancelled() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    Editing editing(fileSystem, path);
    editing.overwrite(0, "a");
    editing.overwrite(3, "xyz");
    const auto save = editing.save({.giveUpUndo = true});
    Progress progress;
    fileSystem.setFocus(path);
    fileSystem.setBeforeWrite([&] { progress.cancel(); });
    const Status status = save->run(progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
}

void PatchSaveKeepingTest::keptBytesGoWithTheirVersion() {
    const TestFolder folder;
    const Offset before = KeptBytes::Budget::ofProcess().used();
    VersionPtr now;
    {
        Editing editing(systemFileSystem(), folder.write("file", "0123456789"));
        editing.overwrite(3, "xyz");
        const auto save = editing.save();
        Progress progress;
        QVERIFY(save->run(progress));
        now = save->version();
        QCOMPARE(KeptBytes::Budget::ofProcess().used(), before + 3);
        QCOMPARE(contentOf(*editing.version, 10), QByteArray("0123456789"));
    }
    QCOMPARE(KeptBytes::Budget::ofProcess().used(), before);
    QCOMPARE(contentOf(*now, 10), QByteArray("012xyz6789"));
}

void PatchSaveKeepingTest::secondDocumentKeepsItsBytes() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    Editing first(systemFileSystem(), path);
    const Editing second(systemFileSystem(), path);
    first.overwrite(3, "xyz");
    Progress progress;
    const auto save = first.save();
    QVERIFY(save->run(progress));
    QCOMPARE(contentOf(*second.version, 10), QByteArray("0123456789"));
    // A third one finds what the first has made of the file, and that nobody else has changed it.
    const Editing third(systemFileSystem(), path);
    QVERIFY(third.version == save->version());
    QVERIFY(second.version->newest()->info()->looksLike(*second.version->file()->currentInfo()));
    QVERIFY(!second.version->info()->looksLike(*second.version->newest()->info()));
}

void PatchSaveKeepingTest::secondDocumentDoesNotSaveUnseen() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    Editing first(systemFileSystem(), path);
    Editing second(systemFileSystem(), path);
    first.overwrite(3, "xyz");
    second.overwrite(4, "-");
    Progress progress;
    QVERIFY(first.save()->run(progress));
    const auto save = second.save({.evenIfChangedOutside = true});
    const Status status = save->run(progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::ChangedOutside);
    QCOMPARE(TestFolder::read(path), QByteArray("012xyz6789"));
    QVERIFY(save->version() == second.version);
}

void PatchSaveKeepingTest::oneSavesAtATime() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    Editing first(fileSystem, path);
    Editing second(fileSystem, path);
    first.overwrite(3, "xyz");
    second.overwrite(4, "-");
    const auto save = first.save();
    const auto other = second.save();
    ErrorCode code{};
    fileSystem.setBeforeWrite([&] {
        Progress progress;
        const Status status = other->run(progress);
        code = status.ok() ? ErrorCode::System : status.error().code;
    });
    Progress progress;
    QVERIFY(save->run(progress));
    QCOMPARE(code, ErrorCode::ChangedOutside);
    QCOMPARE(TestFolder::read(path), QByteArray("012xyz6789"));
}

void PatchSaveKeepingTest::versionKnowsTheFileAfterIt_data() {
    QTest::addColumn<int>("failAt");
    QTest::newRow("saved") << 0;
    QTest::newRow("put back") << 5;  // open, lock, read to keep, read to note, write
}

void PatchSaveKeepingTest::versionKnowsTheFileAfterIt() {
    QFETCH(int, failAt);
    const TestFolder folder;
    FaultFileSystem fileSystem;
    Editing editing(fileSystem, folder.write("file", "0123456789"));
    editing.overwrite(3, "xyz");
    const auto save = editing.save();
    fileSystem.setFocus(editing.version->file()->path());
    fileSystem.setPlan({failAt, 1, EIO});
    Progress progress;
    QCOMPARE(save->run(progress).ok(), failAt == 0);
    const VersionPtr now = editing.version->newest();
    QVERIFY(now == save->version() && now != editing.version);
    QVERIFY(now->info()->looksLike(*now->file()->currentInfo()));
    QVERIFY(now->info()->looksLike(save->info()));
    QVERIFY(bool(now->takeTurn()));
    QCOMPARE(editing.version->whereabouts({3}, 3).now.has_value(), failAt != 0);
    QCOMPARE(contentOf(*editing.version, 10), QByteArray("0123456789"));
}

QTEST_GUILESS_MAIN(PatchSaveKeepingTest)

#include "patch_save_keeping_test.moc"
