// Old content stays readable while and after a flush writes over it.
#include "core/content/file_version.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <atomic>
#include <random>
#include <thread>

using namespace octavo::core;
using namespace octavo::test;

namespace {

QByteArray contentOf(const FileVersion& version) {
    QByteArray out(version.file()->length(), '\xEE');
    Unreadable unreadable;
    version.read(0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())}, 0,
                 unreadable);
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

}  // namespace

class FileVersionTest : public QObject {
    Q_OBJECT

private slots:
    void keepsOldVersions_data();
    void keepsOldVersions();
    void readersDuringWrites();
    void zerosEndWhereBytesWereKept();
    void keptBytesSpill();
};

void FileVersionTest::keepsOldVersions_data() {
    QTest::addColumn<qint64>("budget");
    QTest::newRow("in memory") << qint64{1 << 20};
    QTest::newRow("on disk") << qint64{0};
    QTest::newRow("half and half") << qint64{500};
}

void FileVersionTest::keepsOldVersions() {
    QFETCH(qint64, budget);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const TestFolder folder;
        QByteArray content = someBytes(10'000);
        const std::string path = folder.write("file", content);
        auto version =
            std::make_shared<const FileVersion>(*MappedFile::open(systemFileSystem(), path));
        const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
        std::vector<std::pair<std::shared_ptr<const FileVersion>, QByteArray>> versions;
        for (int flush = 0; flush < 20; ++flush) {
            versions.emplace_back(version, content);
            const auto kept = std::make_shared<KeptBytes>(budget);
            const QByteArray before = content;
            for (Offset at = 0; at < content.size();) {
                at += std::uniform_int_distribution<Offset>(0, 2000)(engine);
                const Offset count = std::min<Offset>(
                    std::uniform_int_distribution<Offset>(0, 300)(engine), content.size() - at);
                if (count <= 0)
                    break;
                const QByteArray old = before.mid(at, count);
                // In two calls, as a long extent comes in blocks.
                QVERIFY(kept->add({at}, span(old.left(count / 2)), systemFileSystem(),
                                  folder.path("")));
                QVERIFY(kept->add({at + count / 2}, span(old.mid(count / 2)), systemFileSystem(),
                                  folder.path("")));
                content.replace(at, count, someBytes(count, static_cast<quint32>(flush + 100)));
                at += count;
            }
            version = version->succeed(kept);
            QVERIFY(file->writeAt({0}, span(content)));
        }
        versions.emplace_back(version, content);
        for (const auto& [each, expected] : versions)
            QVERIFY(contentOf(*each) == expected);
        QVERIFY(versions.front().first->successor() == versions[1].first);
        QVERIFY(version->successor() == nullptr);
    }
}

void FileVersionTest::readersDuringWrites() {
    const TestFolder folder;
    const QByteArray first(50'000, 'a');
    const std::string path = folder.write("file", first);
    auto version = std::make_shared<const FileVersion>(*MappedFile::open(systemFileSystem(), path));
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> reads = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader) {
        readers.emplace_back([&, old = version] {
            do {
                if (contentOf(*old) != first)
                    ++wrong;
                ++reads;
            } while (!stop);
        });
    }
    for (int flush = 0; flush < 40; ++flush) {
        const QByteArray now(first.size(), static_cast<char>('b' + flush % 20));
        const QByteArray before = flush == 0 ? first : contentOf(*version);
        const auto kept = std::make_shared<KeptBytes>();
        QVERIFY(kept->add({0}, span(before), systemFileSystem(), folder.path("")));
        version = version->succeed(kept);
        QVERIFY(file->writeAt({0}, span(now)));
        for (const int seen = reads; reads < seen + 2 && wrong == 0;)
            std::this_thread::yield();
    }
    stop = true;
    for (std::thread& reader : readers)
        reader.join();
    QCOMPARE(wrong.load(), 0);
}

void FileVersionTest::zerosEndWhereBytesWereKept() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{1} << 30;
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    QVERIFY(file->resize(length));
    const auto old =
        std::make_shared<const FileVersion>(*MappedFile::open(systemFileSystem(), path));
    const Offset known = old->zerosAt(0, length);
    if (known == 0)
        QSKIP("the file system knows no holes");
    const Offset middle = length / 2;
    const auto kept = std::make_shared<KeptBytes>();
    QVERIFY(kept->add({middle}, Bytes(3, 0), systemFileSystem(), folder.path("")));
    const auto now = old->succeed(kept);
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

void FileVersionTest::keptBytesSpill() {
    const TestFolder folder;
    KeptBytes kept(10);
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
    QCOMPARE(kept.next({0}), (FileExtent{{100}, 8}));
    QCOMPARE(kept.next({104}), (FileExtent{{100}, 8}));
    QCOMPARE(kept.next({108}), (FileExtent{{200}, 8}));
    QCOMPARE(kept.next({302}).offset.value, kMaxLength);
    QVERIFY(folder.names().isEmpty());
    fileSystem.setPlan({1, 1, 28});
    QVERIFY(!kept.add({400}, Bytes(2, 3), fileSystem, folder.path("")));
}

QTEST_GUILESS_MAIN(FileVersionTest)

#include "file_version_test.moc"
