// Old content stays readable while and after a save writes over it or moves it.
#include "core/content/file_version.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <atomic>
#include <functional>
#include <random>
#include <thread>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using VersionPtr = std::shared_ptr<const FileVersion>;

std::shared_ptr<const MappedFile> openMapped(const std::string& path) {
    return *MappedFile::open(systemFileSystem(), path);
}

std::shared_ptr<File> openForWriting(const std::string& path) {
    return *systemFileSystem().open(path, OpenMode::ReadWrite);
}

QByteArray contentOf(const FileVersion& version, Offset length) {
    QByteArray out(length, '\xEE');
    Unreadable unreadable;
    version.read(0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())}, 0,
                 unreadable);
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

std::shared_ptr<KeptBytes> keptBytes(FileOffset at, const QByteArray& bytes) {
    auto kept = std::make_shared<KeptBytes>();
    (void)kept->add(at, span(bytes), systemFileSystem(), "/nowhere");
    return kept;
}

/// One version, and what a plain model knows of each of its bytes.
struct Recorded {
    VersionPtr version;
    QByteArray content;
    std::vector<Offset> now;  // where each stands in the file, -1 where it does not
    std::vector<bool> isLost;
};

/// A file and all its versions so far; each step is a save of some kind.
class Chain {
public:
    Chain(std::uint64_t seed, KeptBytes::Budget& budget)
        : engine_(seed), budget_(budget), content_(someBytes(300)) {
        path_ = folder_.write("file", content_);
        version_ = FileVersion::first(openMapped(path_));
        record();
    }

    void step() {
        switch (below(6)) {
        case 0:
            return overwrite(true);
        case 1:
            return move();
        default:
            return overwrite(false);
        }
    }

    /// Everything that is known of every version.
    void check() {
        for (Recorded& each : versions_) {
            checkBytes(each);
            checkWhereabouts(each);
        }
    }
    void checkOne() { checkBytes(versions_[static_cast<std::size_t>(below(count()))]); }

    const std::vector<Recorded>& versions() const { return versions_; }

private:
    Offset below(Offset end) { return std::uniform_int_distribution<Offset>(0, end - 1)(engine_); }
    Offset count() const { return static_cast<Offset>(versions_.size()); }
    Offset size() const { return content_.size(); }

    void record() {
        Recorded recorded{version_, content_, {}, std::vector<bool>(std::size_t(size()), false)};
        for (Offset i = 0; i < size(); ++i)
            recorded.now.push_back(i);
        versions_.push_back(std::move(recorded));
    }

    /// `place` says where each byte of the newest version goes (-1: nowhere), `isKept` which of
    /// those that go nowhere are kept.
    Preserved preserved(const std::vector<Offset>& place, const std::vector<bool>& isKept) {
        const auto kept = std::make_shared<KeptBytes>(budget_);
        Preserved result{kept, ExtentMap()};
        for (std::size_t i = 0; i < place.size(); ++i) {
            const auto at = static_cast<Offset>(i);
            if (place[i] >= 0)
                result.standing.add({{at}, 1}, {place[i]});
            else if (isKept[i])
                (void)kept->add({at}, span(content_.mid(at, 1)), systemFileSystem(),
                                folder_.path(""));
        }
        return result;
    }

    /// What such a save does to what is known.
    void note(const std::vector<Offset>& place, const std::vector<bool>& isKept) {
        for (Recorded& each : versions_) {
            for (std::size_t i = 0; i < each.now.size(); ++i) {
                if (each.now[i] < 0)
                    continue;
                const auto at = static_cast<std::size_t>(each.now[i]);
                each.isLost[i] = place[at] < 0 && !isKept[at];
                each.now[i] = place[at];
            }
        }
    }

    void overwrite(bool fails) {
        QByteArray after = content_;
        const auto length = static_cast<std::size_t>(size());
        std::vector<Offset> place(length);
        std::vector<bool> isKept(length, true);
        for (std::size_t i = 0; i < length; ++i)
            place[i] = static_cast<Offset>(i);
        for (Offset at = below(100); at < size(); at += below(100)) {
            const bool keeps = fails || below(4) > 0;
            for (Offset end = std::min(size(), at + below(20) + 1); at < end; ++at) {
                after[qsizetype(at)] = static_cast<char>(below(256));
                place[static_cast<std::size_t>(at)] = -1;
                isKept[static_cast<std::size_t>(at)] = keeps;
            }
        }
        const VersionPtr next = version_->succeed(preserved(place, isKept), version_->file());
        const std::shared_ptr<File> file = openForWriting(path_);
        QVERIFY(file->writeAt({0}, span(after)));
        if (fails) {
            QVERIFY(file->writeAt({0}, span(content_)));
            version_->markRestored();
        } else {
            content_ = after;
            note(place, isKept);
        }
        version_ = next;
        record();
    }

    void move() {
        // New content of old extents in any order, some twice, and of new bytes.
        QByteArray after;
        std::vector<Offset> place(static_cast<std::size_t>(size()), -1);
        std::vector<bool> isKept(place.size(), false);
        while (after.size() < 200 + below(200)) {
            if (size() == 0 || below(4) == 0) {
                after += someBytes(below(30), static_cast<quint32>(below(1000)));
                continue;
            }
            const Offset at = below(size());
            const Offset length = std::min(below(120), size() - at);
            for (Offset i = at; i < at + length; ++i) {
                if (place[static_cast<std::size_t>(i)] < 0)
                    place[static_cast<std::size_t>(i)] = after.size() + i - at;
            }
            after += content_.mid(at, length);
        }
        const bool keeps = below(4) > 0;
        for (std::size_t i = 0; i < place.size(); ++i)
            isKept[i] = place[i] < 0 && (keeps || below(2) == 0);
        version_->beginMove();
        Preserved what = preserved(place, isKept);
        note(place, isKept);
        folder_.write("file", after);
        content_ = after;
        version_ = version_->succeed(std::move(what), openMapped(path_));
        record();
    }

    void checkBytes(const Recorded& each) {
        for (Offset at = 0; at < each.content.size();) {
            const Offset count = std::min<Offset>(below(200) + 1, each.content.size() - at);
            QByteArray expected = each.content.mid(at, count);
            Unreadable missing;
            for (Offset i = 0; i < count; ++i) {
                if (!each.isLost[static_cast<std::size_t>(at + i)])
                    continue;
                expected[qsizetype(i)] = '\0';
                missing.add({1000 + i, 1});
            }
            QByteArray out(count, '\xEE');
            Unreadable unreadable;
            each.version->read(at, {reinterpret_cast<Byte*>(out.data()), std::size_t(count)}, 1000,
                               unreadable);
            QCOMPARE(out, expected);
            QCOMPARE(unreadable.extents(), missing.extents());
            const Offset gap = each.version->gapAt(at, count);
            QCOMPARE(gap, !missing.isEmpty() && missing.extents().front().offset == 1000
                              ? missing.extents().front().length
                              : 0);
            at += count;
        }
    }

    void checkWhereabouts(const Recorded& each) {
        QVERIFY(each.version->newest() == version_);
        for (Offset at = 0; at < each.content.size();) {
            const Offset asked = each.content.size() - at;
            const FileVersion::Whereabouts where = each.version->whereabouts({at}, asked);
            QVERIFY(where.length > 0 && where.length <= asked);
            for (Offset i = 0; i < where.length; ++i)
                QCOMPARE(where.now ? where.now->value + i : -1,
                         each.now[static_cast<std::size_t>(at + i)]);
            at += where.length;
        }
    }

    std::mt19937_64 engine_;
    KeptBytes::Budget& budget_;
    TestFolder folder_;
    QByteArray content_;
    std::string path_;
    VersionPtr version_;
    std::vector<Recorded> versions_;
};

/// Four threads that read `version` over and over and count what is not `content`.
class Readers {
public:
    Readers(const VersionPtr& version, const QByteArray& content) {
        for (int i = 0; i < 4; ++i) {
            threads_.emplace_back([this, version, content] {
                do {
                    if (contentOf(*version, content.size()) != content)
                        ++wrong_;
                    ++reads_;
                } while (!stop_);
            });
        }
    }
    ~Readers() { stop(); }

    void waitForTwo() const {
        for (const int seen = reads_; reads_ < seen + 2 && wrong_ == 0;)
            std::this_thread::yield();
    }
    int stop() {
        stop_ = true;
        for (std::thread& thread : threads_)
            thread.join();
        threads_.clear();
        return wrong_;
    }

private:
    std::vector<std::thread> threads_;
    std::atomic<bool> stop_ = false;
    std::atomic<int> wrong_ = 0;
    std::atomic<int> reads_ = 0;
};

}  // namespace

class FileVersionTest : public QObject {
    Q_OBJECT

private slots:
    void agreesWithAPlainModel_data();
    void agreesWithAPlainModel();
    void successors();
    void readersDuringWrites();
    void readersDuringMoves();
    void readersWaitForAMove();
    void aMoveForgetsWhatWasRead_data();
    void aMoveForgetsWhatWasRead();
    void zerosEndWhereBytesWereKept();
    void zerosMove();
    void aRestoredSaveMovesNothing();
    void lostBytesAreAGap();
    void keptBytesGoWithTheirVersion();
    void longChains();
    void oneSavesAtATime();
    void infoIsSettled();
};

void FileVersionTest::agreesWithAPlainModel_data() {
    QTest::addColumn<qint64>("budget");
    QTest::addColumn<int>("saves");
    QTest::newRow("in memory") << qint64{1 << 20} << 60;
    QTest::newRow("on disk") << qint64{0} << 15;
    QTest::newRow("half and half") << qint64{500} << 30;
    QTest::newRow("many saves") << qint64{1 << 24} << 530;
}

void FileVersionTest::agreesWithAPlainModel() {
    QFETCH(qint64, budget);
    QFETCH(int, saves);
    for (const std::uint64_t seed : testSeeds()) {
        KeptBytes::Budget memory(budget);
        {
            Chain chain(seed, memory);
            for (int i = 0; i < saves; ++i) {
                chain.step();
                chain.checkOne();
                if (i == 16 || i == 17 || i == 33)
                    chain.check();
                if (QTest::currentTestFailed())
                    return;
            }
            chain.check();
        }
        QCOMPARE(memory.used(), Offset{0});
    }
}

void FileVersionTest::successors() {
    const TestFolder folder;
    const VersionPtr first = FileVersion::first(openMapped(folder.write("file", "abc")));
    QVERIFY(first->successor() == nullptr);
    QVERIFY(first->newest() == first);
    const VersionPtr second = first->succeed({}, first->file());
    const VersionPtr third = second->succeed({}, second->file());
    QVERIFY(first->successor() == second);
    QVERIFY(first->newest() == third);
    QVERIFY(third->newest() == third);
    QVERIFY(first->chain() == third->chain());
    QVERIFY(FileVersion::first(first->file())->chain() != first->chain());
}

void FileVersionTest::readersDuringWrites() {
    const TestFolder folder;
    const QByteArray first(50'000, 'a');
    const std::string path = folder.write("file", first);
    VersionPtr version = FileVersion::first(openMapped(path));
    const std::shared_ptr<File> file = openForWriting(path);
    Readers readers(version, first);
    for (int flush = 0; flush < 40; ++flush) {
        const QByteArray now(first.size(), static_cast<char>('b' + flush % 20));
        const QByteArray before = flush == 0 ? first : contentOf(*version, first.size());
        version = version->succeed({keptBytes({0}, before)}, version->file());
        QVERIFY(file->writeAt({0}, span(now)));
        readers.waitForTwo();
    }
    QCOMPARE(readers.stop(), 0);
}

void FileVersionTest::readersDuringMoves() {
    const TestFolder folder;
    const QByteArray first = someBytes(50'000);
    const Offset size = first.size();
    const std::string path = folder.write("file", first);
    VersionPtr version = FileVersion::first(openMapped(path));
    const std::shared_ptr<File> file = openForWriting(path);
    Readers readers(version, first);
    QByteArray content = first;
    for (int flush = 0; flush < scaled(60); ++flush) {
        // Everything goes round by some bytes, in steps that leave a mix behind.
        const Offset by = 1 + flush * 977 % (size - 1);
        const QByteArray moved = content.mid(size - by) + content.left(size - by);
        const bool isCancelled = flush % 3 == 2;
        version->beginMove();
        for (Offset at = 0; at < size; at += 5'000)
            QVERIFY(file->writeAt({at}, span(moved.mid(at, 5'000))));
        if (isCancelled) {
            QVERIFY(file->writeAt({0}, span(content)));
            version->cancelMove();
        } else {
            Preserved preserved{nullptr, {}};
            preserved.standing.add({{0}, size - by}, {by});
            preserved.standing.add({{size - by}, by}, {0});
            version = version->succeed(std::move(preserved), openMapped(path));
            content = moved;
        }
        readers.waitForTwo();
    }
    QCOMPARE(readers.stop(), 0);
    QVERIFY(contentOf(*version, size) == content);
}

void FileVersionTest::readersWaitForAMove() {
    const TestFolder folder;
    const std::string path = folder.write("file", "old");
    const VersionPtr version = FileVersion::first(openMapped(path));
    version->beginMove();
    std::atomic<bool> isRead = false;
    QByteArray seen;
    std::thread reader([&] {
        seen = contentOf(*version, 3);
        isRead = true;
    });
    QTest::qSleep(50);
    QVERIFY(!isRead);
    // The document's thread need not wait.
    QCOMPARE(version->whereabouts({0}, 3).length, Offset{3});
    QVERIFY(version->newest() == version);
    folder.write("file", "dol");
    Preserved preserved{nullptr, {}};
    preserved.standing.add({{0}, 2}, {1});
    preserved.standing.add({{2}, 1}, {0});
    const VersionPtr next = version->succeed(std::move(preserved), openMapped(path));
    reader.join();
    QCOMPARE(seen, QByteArray("old"));
    QCOMPARE(contentOf(*next, 3), QByteArray("dol"));
}

void FileVersionTest::aMoveForgetsWhatWasRead_data() {
    QTest::addColumn<bool>("isCancelled");
    QTest::newRow("moved") << false;
    QTest::newRow("cancelled") << true;
}

void FileVersionTest::aMoveForgetsWhatWasRead() {
    // Where nothing can be mapped pages are kept for a moment, however slowly the clock ticks.
    QFETCH(bool, isCancelled);
    const TestFolder folder;
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(0);
    fileSystem.setFrozenTimes(true);
    const std::string path = folder.write("file", "old");
    const VersionPtr version = FileVersion::first(*MappedFile::open(fileSystem, path));
    QCOMPARE(contentOf(*version, 3), QByteArray("old"));
    version->beginMove();
    folder.write("file", "dol");
    Bytes seen(3);
    Unreadable unreadable;
    version->file()->forget();
    version->file()->read({0}, seen, 0, unreadable);  // as a reader that came in between would
    QCOMPARE(seen, (Bytes{'d', 'o', 'l'}));
    if (isCancelled) {
        folder.write("file", "old");
        version->cancelMove();
    } else {
        folder.write("file", "ldo");
        Preserved preserved{nullptr, {}};
        preserved.standing.add({{0}, 1}, {2});
        preserved.standing.add({{1}, 2}, {0});
        const VersionPtr next = version->succeed(std::move(preserved), version->file());
        QCOMPARE(contentOf(*next, 3), QByteArray("ldo"));
    }
    QCOMPARE(contentOf(*version, 3), QByteArray("old"));
}

void FileVersionTest::zerosEndWhereBytesWereKept() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{1} << 30;
    const std::shared_ptr<File> file = openForWriting(path);
    QVERIFY(file->resize(length));
    const VersionPtr old = FileVersion::first(openMapped(path));
    const Offset known = old->zerosAt(0, length);
    if (known == 0)
        QSKIP("the file system knows no holes");
    const Offset middle = length / 2;
    const VersionPtr now = old->succeed({keptBytes({middle}, QByteArray(3, '\0'))}, old->file());
    QVERIFY(file->writeAt({middle}, Bytes{1, 2, 3}));
    QCOMPARE(old->zerosAt(100, 50), Offset{50});
    QCOMPARE(old->zerosAt(middle, 50), Offset{0});
    QVERIFY(old->zerosAt(0, length) <= middle);
    QVERIFY(now->zerosAt(0, length) <= middle);
    Bytes out(5, 0xEE);
    Unreadable unreadable;
    old->read(middle - 1, out, 0, unreadable);
    QCOMPARE(out, Bytes(5, 0));
    now->read(middle - 1, out, 0, unreadable);
    QCOMPARE(out, (Bytes{0, 1, 2, 3, 0}));
}

void FileVersionTest::zerosMove() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{1} << 30;
    const std::shared_ptr<File> file = openForWriting(path);
    QVERIFY(file->resize(length));
    const VersionPtr old = FileVersion::first(openMapped(path));
    if (old->zerosAt(0, length) == 0)
        QSKIP("the file system knows no holes");
    // The halves change places around data, and a byte between them is lost.
    const Offset half = length / 2;
    old->beginMove();
    QVERIFY(file->resize(length + 4096));
    QVERIFY(file->writeAt({half}, Bytes(4096, 1)));
    Preserved preserved{nullptr, {}};
    preserved.standing.add({{0}, half - 1}, {half + 4096});
    preserved.standing.add({{half}, half}, {0});
    const VersionPtr now = old->succeed(std::move(preserved), openMapped(path));
    QCOMPARE(old->zerosAt(0, length), half - 1);
    QCOMPARE(old->zerosAt(half - 1, 10), Offset{0});
    QCOMPARE(old->gapAt(half - 1, 10), Offset{1});
    QCOMPARE(old->zerosAt(half, half), half);
    QVERIFY(now->zerosAt(0, length) <= half);
}

void FileVersionTest::aRestoredSaveMovesNothing() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const VersionPtr old = FileVersion::first(openMapped(path));
    const VersionPtr now = old->succeed({keptBytes({3}, "345")}, old->file());
    QCOMPARE(old->whereabouts({0}, 10).length, Offset{3});
    QVERIFY(!old->whereabouts({3}, 7).now);
    old->markRestored();
    const FileVersion::Whereabouts where = old->whereabouts({2}, 8);
    QCOMPARE(where.length, Offset{8});
    QCOMPARE(where.now->value, Offset{2});
    QCOMPARE(contentOf(*old, 10), QByteArray("0123456789"));
}

void FileVersionTest::lostBytesAreAGap() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const VersionPtr old = FileVersion::first(openMapped(path));
    Preserved preserved{keptBytes({0}, "0"), {}};
    preserved.standing.add({{5}, kMaxLength - 5}, {5});
    const VersionPtr now = old->succeed(std::move(preserved), old->file());
    QCOMPARE(old->gapAt(0, 10), Offset{0});
    QCOMPARE(old->gapAt(1, 10), Offset{4});
    QCOMPARE(old->gapAt(3, 1), Offset{1});
    QCOMPARE(old->zerosAt(1, 4), Offset{0});
    QCOMPARE(now->gapAt(1, 9), Offset{0});
    QVERIFY(!old->whereabouts({1}, 4).now);
    Bytes out(10, 0xEE);
    Unreadable unreadable;
    old->read(0, out, 100, unreadable);
    QCOMPARE(out, (Bytes{'0', 0, 0, 0, 0, '5', '6', '7', '8', '9'}));
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{101, 4}}));
}

void FileVersionTest::keptBytesGoWithTheirVersion() {
    const TestFolder folder;
    KeptBytes::Budget budget(100);
    VersionPtr version = FileVersion::first(openMapped(folder.write("file", "0123456789")));
    VersionPtr first = version;
    VersionPtr held;
    for (int i = 0; i < 40; ++i) {
        const auto kept = std::make_shared<KeptBytes>(budget);
        QVERIFY(kept->add({0}, Bytes{'x'}, systemFileSystem(), folder.path("")));
        version = version->succeed({kept}, version->file());
        if (i == 29)
            held = version;
    }
    QCOMPARE(budget.used(), Offset{40});
    first.reset();
    QCOMPARE(budget.used(), Offset{10});
    held.reset();
    QCOMPARE(budget.used(), Offset{0});
}

void FileVersionTest::longChains() {
    // As write-through typing makes them. The look from the first version at the last goes in
    // leaps, and taking it all down does not go as deep as it is long.
    const TestFolder folder;
    const VersionPtr first =
        FileVersion::first(openMapped(folder.write("file", QByteArray(4096, 'x'))));
    VersionPtr version = first;
    const int count = 200'000;
    for (int i = 0; i < count; ++i)
        version = version->succeed({keptBytes({i % 4000}, "x")}, version->file());
    QVERIFY(first->newest() == version);
    QVERIFY(!first->whereabouts({1}, 1).now);
    QCOMPARE(first->whereabouts({4050}, 46).now->value, Offset{4050});
    QCOMPARE(contentOf(*first, 4096), QByteArray(4096, 'x'));
}

void FileVersionTest::oneSavesAtATime() {
    const TestFolder folder;
    const VersionPtr first = FileVersion::first(openMapped(folder.write("file", "abc")));
    VersionChain::Turn turn = first->takeTurn();
    QVERIFY(bool(turn));
    QVERIFY(!first->takeTurn());
    const VersionPtr second = first->succeed({}, first->file());
    QVERIFY(!second->takeTurn());
    turn = {};
    QVERIFY(!first->takeTurn());  // it is not the file any more
    QVERIFY(bool(second->takeTurn()));
    QVERIFY(bool(second->takeTurn()));
}

void FileVersionTest::infoIsSettled() {
    const TestFolder folder;
    const VersionPtr first = FileVersion::first(openMapped(folder.write("file", "abc")));
    QVERIFY(first->info()->looksLike(first->file()->openedInfo()));
    const VersionPtr second = first->succeed({}, first->file());
    QVERIFY(!second->info());
    FileInfo info = first->file()->openedInfo();
    ++info.changedNs;
    second->settle(info);
    QVERIFY(second->info()->looksLike(info));
    QVERIFY(!first->info()->looksLike(info));
}

QTEST_GUILESS_MAIN(FileVersionTest)

#include "file_version_test.moc"
