#include "core/content/memory_source.h"
#include "core/save/source_check.h"
#include "tests/support/passing_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using VersionPtr = std::shared_ptr<const FileVersion>;
using Ids = std::vector<ChangeId>;

/// Counts how often each file is asked for by its name.
class CountingFileSystem final : public PassingFileSystem {
public:
    Result<FileInfo> info(const std::string& path) override {
        ++asked[path];
        return PassingFileSystem::info(path);
    }
    std::map<std::string, int> asked;
};

VersionPtr openVersion(const std::string& path, FileSystem& fileSystem = systemFileSystem()) {
    return FileVersion::first(*MappedFile::open(fileSystem, path));
}

/// The next version after a save of ours that writes `bytes`; it is not settled.
VersionPtr save(const VersionPtr& version, Offset at, const QByteArray& bytes) {
    VersionPtr next = version->succeed({nullptr, ExtentMap::identity()}, version->file());
    const std::string& path = version->file()->path();
    (void)(*systemFileSystem().open(path, OpenMode::ReadWrite))->writeAt({at}, span(bytes));
    return next;
}

/// A document on a base, to which pieces of any source are put.
class TestDocument {
public:
    TestDocument() : base_(openVersion(folder_.write("base", someBytes(1000)))) {
        sources_->add(base_);
        tree_ = PieceTree(Piece::inPlace(0, 1000, 0));
    }

    std::string write(const char* name, const QByteArray& content) const {
        return folder_.write(name, content);
    }
    const TestFolder& folder() const { return folder_; }
    const VersionPtr& base() const { return base_; }
    SourceId add(std::shared_ptr<const Source> source) { return sources_->add(std::move(source)); }
    /// At the end.
    void append(const Piece& piece) { tree_.replace(tree_.end(), tree_.end(), {&piece, 1}); }
    void paste(ChangeId id, SourceId source, Offset length = 10, Offset start = 0) {
        append({start, length, 0, source, ChangeTag::on(id)});
    }
    Snapshot snapshot() const { return {tree_, sources_, 1}; }
    Ids changed() const {
        Progress progress;
        const Result<Ids> ids = changedSources(snapshot(), base_.get(), progress);
        return ids ? *ids : Ids{kLastChange};
    }
    std::vector<ReferencedFile> referenced() const {
        return referencedFiles(snapshot(), base_.get());
    }

private:
    TestFolder folder_;
    VersionPtr base_;
    std::shared_ptr<SourceTable> sources_ = std::make_shared<SourceTable>();
    PieceTree tree_;
};

/// What happens to the file that is referred to.
using Happening = std::function<void(const std::string& path, const VersionPtr& version)>;

std::shared_ptr<File> openForWriting(const std::string& path) {
    return *systemFileSystem().open(path, OpenMode::ReadWrite);
}

}  // namespace

Q_DECLARE_METATYPE(Happening)

class SourceCheckTest : public QObject {
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void whatIsNoOtherFile();
    void theDocumentsOwnFileOpenedApart();
    void manyChanges();
    void asksEachFileOnce();
    void untitled();
    void cancels();
};

void SourceCheckTest::tells_data() {
    QTest::addColumn<Happening>("happening");
    QTest::addColumn<bool>("isChanged");
    const auto row = [](const char* name, bool isChanged, const Happening& happening) {
        QTest::newRow(name) << happening << isChanged;
    };
    row("nothing", false, [](const std::string&, const VersionPtr&) {});
    row("it is read", false,
        [](const std::string& path, const VersionPtr&) { (void)TestFolder::read(path); });
    row("a byte is written", true, [](const std::string& path, const VersionPtr&) {
        (void)openForWriting(path)->writeAt({500}, span("x"));
    });
    row("written, and the time set back", true, [](const std::string& path, const VersionPtr&) {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QDateTime then = file.fileTime(QFileDevice::FileModificationTime);
        file.write("x");
        file.flush();
        QVERIFY(file.setFileTime(then, QFileDevice::FileModificationTime));
    });
    row("appended to", true, [](const std::string& path, const VersionPtr&) {
        (void)openForWriting(path)->writeAt({1000}, span("x"));
    });
    row("cut", true,
        [](const std::string& path, const VersionPtr&) { (void)openForWriting(path)->resize(10); });
    row("removed", true,
        [](const std::string& path, const VersionPtr&) { (void)systemFileSystem().remove(path); });
    row("another file in its place", true, [](const std::string& path, const VersionPtr&) {
        QFile copy(QString::fromStdString(path + ".new"));
        QVERIFY(copy.open(QIODevice::WriteOnly));
        copy.write(TestFolder::read(path));
        copy.close();
        QVERIFY(systemFileSystem().rename(path + ".new", path));
    });
    row("our own save", false, [](const std::string& path, const VersionPtr& version) {
        save(version, 500, "new")->settle(*systemFileSystem().info(path));
    });
    row("our own save, which still runs", false,
        [](const std::string&, const VersionPtr& version) { (void)save(version, 500, "new"); });
    row("our own save, and then another program's", true,
        [](const std::string& path, const VersionPtr& version) {
            save(version, 500, "new")->settle(*systemFileSystem().info(path));
            (void)openForWriting(path)->writeAt({1000}, span("x"));
        });
}

void SourceCheckTest::tells() {
    QFETCH(Happening, happening);
    QFETCH(bool, isChanged);
    TestDocument document;
    const std::string path = document.write("other", someBytes(1000, 2));
    const VersionPtr version = openVersion(path);
    document.paste(7, document.add(version), 100);
    QCOMPARE(document.changed(), Ids{});
    happening(path, version);
    QCOMPARE(document.changed(), isChanged ? Ids{7} : Ids{});
    const std::vector<ReferencedFile> files = document.referenced();
    QCOMPARE(files.size(), std::size_t{1});
    QCOMPARE(files.front().path, path);
    QCOMPARE(files.front().bytes, Offset{100});
    QVERIFY(files.front().info.looksLike(
        version->newest()->info().value_or(version->file()->openedInfo())));
}

void SourceCheckTest::whatIsNoOtherFile() {
    TestDocument document;
    const std::string path = document.write("other", someBytes(1000, 2));
    const SourceId other = document.add(openVersion(path));
    const SourceId ownNext = document.add(
        document.base()->succeed({nullptr, ExtentMap::identity()}, document.base()->file()));
    document.paste(1, 0);        // the document's own file
    document.paste(2, ownNext);  // and a later version of it
    document.paste(3, document.add(std::make_shared<MemorySource>(Bytes(10))));
    document.paste(4, document.add(openVersion("/proc/self/status")));  // a copy
    document.append({0, 0, 0, other, ChangeTag::off(5)});               // switched off: not seen
    document.append({0, 10, 10, other, ChangeTag::off(6)});
    document.append({0, 0, 10, other, ChangeTag::on(7)});  // a deletion has no content
    (void)systemFileSystem().remove(path);
    (void)openForWriting(document.base()->file()->path())->writeAt({0}, span("x"));
    QCOMPARE(document.changed(), Ids{});
    QVERIFY(document.referenced().empty());
}

void SourceCheckTest::theDocumentsOwnFileOpenedApart() {
    TestDocument document;
    const std::string& path = document.base()->file()->path();
    (void)openForWriting(path)->writeAt({0}, span("x"));
    // As another document has it that was opened after the write.
    document.paste(1, document.add(openVersion(path)));
    QCOMPARE(document.changed(), Ids{1});
    QCOMPARE(document.referenced().size(), std::size_t{1});
}

void SourceCheckTest::manyChanges() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](unsigned end) { return static_cast<unsigned>(engine() % end); };
        for (int round = 0; round < scaled(10); ++round) {
            TestDocument document;
            std::vector<std::string> paths;
            std::vector<SourceId> ids;
            for (int i = 0; i < 6; ++i) {
                paths.push_back(document.write(("file" + std::to_string(i)).c_str(),
                                               someBytes(1000, static_cast<quint32>(i))));
                const VersionPtr version = openVersion(paths.back());
                ids.push_back(document.add(version));
                if (i % 2 == 1)  // a later version of the same file
                    ids.push_back(document.add(
                        version->succeed({nullptr, ExtentMap::identity()}, version->file())));
                version->newest()->settle(version->file()->openedInfo());
            }
            std::set<unsigned> touched;
            for (int i = 0; i < 2; ++i)
                touched.insert(below(6));
            for (const unsigned i : touched)
                (void)openForWriting(paths[i])->writeAt({2000}, span("x"));
            const auto fileOf = [](unsigned index) {  // 0, 1 1, 2, 3 3, 4, 5 5
                return index / 3 * 2 + (index % 3 + 1) / 2;
            };
            std::set<ChangeId> expected;
            std::vector<std::pair<std::string, Offset>> referred;
            for (int i = 0; i < 50; ++i) {
                const unsigned index = below(9);
                const ChangeId id = 1 + below(20);
                const Offset length = 1 + below(100);
                document.paste(id, ids[index], length, below(900));
                if (touched.contains(fileOf(index)))
                    expected.insert(id);
                const std::string& path = paths[fileOf(index)];
                auto entry = std::ranges::find(referred, path, [](auto& e) { return e.first; });
                if (entry == referred.end())
                    entry = referred.insert(entry, {path, 0});
                entry->second += length;
            }
            QCOMPARE(document.changed(), Ids(expected.begin(), expected.end()));
            const std::vector<ReferencedFile> files = document.referenced();
            QCOMPARE(files.size(), referred.size());
            for (std::size_t i = 0; i < files.size(); ++i) {
                QCOMPARE(files[i].path, referred[i].first);
                QCOMPARE(files[i].bytes, referred[i].second);
            }
        }
    }
}

void SourceCheckTest::asksEachFileOnce() {
    TestDocument document;
    CountingFileSystem fileSystem;
    const std::string first = document.write("first", someBytes(1000));
    const std::string second = document.write("second", someBytes(1000));
    const SourceId a = document.add(openVersion(first, fileSystem));
    const SourceId b = document.add(openVersion(second, fileSystem));
    for (ChangeId id = 1; id < 100; ++id)
        document.paste(id, id % 2 == 0 ? a : b);
    fileSystem.asked.clear();
    QCOMPARE(document.changed(), Ids{});
    QVERIFY(fileSystem.asked == (std::map<std::string, int>{{first, 1}, {second, 1}}));
    fileSystem.asked.clear();
    QCOMPARE(document.referenced().size(), std::size_t{2});
    QVERIFY(fileSystem.asked.empty());
}

void SourceCheckTest::untitled() {
    const TestFolder folder;
    const std::string path = folder.write("other", someBytes(1000));
    const auto sources = std::make_shared<SourceTable>();
    sources->add(openVersion(path));
    const Snapshot snapshot(PieceTree({0, 1000, 0, 0, ChangeTag::on(3)}), sources, 1);
    (void)openForWriting(path)->resize(10);
    Progress progress;
    const Result<Ids> changed = changedSources(snapshot, nullptr, progress);
    QVERIFY(changed);
    QCOMPARE(*changed, Ids{3});
    QCOMPARE(progress.done(), progress.total());
    QCOMPARE(referencedFiles(snapshot, nullptr).front().bytes, Offset{1000});
    QCOMPARE(*changedSources(Snapshot(), nullptr, progress), Ids{});
}

void SourceCheckTest::cancels() {
    TestDocument document;
    Progress progress;
    progress.cancel();
    const Result<Ids> changed = changedSources(document.snapshot(), nullptr, progress);
    QVERIFY(!changed);
    QCOMPARE(changed.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(SourceCheckTest)
#include "source_check_test.moc"
