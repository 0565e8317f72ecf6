#include "core/base/hash.h"
#include "core/document/fingerprint.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kKiB = 1024;
constexpr Offset kSize = 2 * kKiB * kKiB;

/// A file of a test, open as a version, into which "another program" writes.
class TestFile {
public:
    explicit TestFile(const QByteArray& content) : path_(folder_.write("file", content)) {
        version_ = openAnew();
    }

    const FileVersion& version() const { return *version_; }
    std::shared_ptr<const FileVersion> openAnew() const {
        return FileVersion::first(*MappedFile::open(systemFileSystem(), path_));
    }
    Offset length() const { return version_->file()->length(); }
    std::optional<Fingerprint> take(Offset at, Offset length) const {
        return Fingerprint::take(*version_, this->length(), {{at}, length});
    }
    OutsideState compare(const Fingerprint& print) const {
        return print.compare(*version_, length());
    }

    void flip(Offset at) {
        Byte byte = 0;
        const std::shared_ptr<File> file = *systemFileSystem().open(path_, OpenMode::ReadWrite);
        (void)file->readAt({at}, {&byte, 1});
        byte ^= 1;
        (void)file->writeAt({at}, {&byte, 1});
    }
    void append(const QByteArray& bytes) {
        const std::shared_ptr<File> file = *systemFileSystem().open(path_, OpenMode::ReadWrite);
        (void)file->writeAt({length()}, span(bytes));
        (void)version_->file()->extend();
    }
    void cut(Offset length) {
        (void)(*systemFileSystem().open(path_, OpenMode::ReadWrite))->resize({length});
    }

private:
    TestFolder folder_;
    std::string path_;
    std::shared_ptr<const FileVersion> version_;
};

/// The bytes that the header says are hashed, one behind the other.
QByteArray hashedBytes(const QByteArray& content, const Fingerprint& print) {
    const Offset at = print.extent.offset.value;
    const Offset length = print.extent.length;
    const QByteArray before = content.mid(at - print.marginBefore, print.marginBefore);
    const QByteArray after = content.mid(at + length, print.marginAfter);
    const QByteArray bytes = content.mid(at, length);
    if (length <= 64 * kKiB)
        return before + bytes + after;
    QByteArray samples;
    const Offset between = length - 32 * kKiB;
    for (Offset i = 0; i < 8; ++i)
        samples +=
            bytes.mid(16 * kKiB + i * (between / 8) + (between / 8 - 4 * kKiB) / 2, 4 * kKiB);
    return before + bytes.first(16 * kKiB) + samples + bytes.last(16 * kKiB) + after;
}

}  // namespace

class FingerprintTest : public QObject {
    Q_OBJECT

private slots:
    void takes_data();
    void takes();
    void tellsOutsideWrites_data();
    void tellsOutsideWrites();
    void appendedBytesTouchNothing();
    void cutFile_data();
    void cutFile();
    void samplesDoNotOverlap();
    void unreadable();
};

void FingerprintTest::takes_data() {
    QTest::addColumn<qint64>("at");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("marginBefore");
    QTest::addColumn<qint64>("marginAfter");
    QTest::addColumn<bool>("isWhole");
    const auto row = [](const char* name, Offset at, Offset length, Offset before, Offset after,
                        bool isWhole) {
        QTest::newRow(name) << qint64{at} << qint64{length} << qint64{before} << qint64{after}
                            << isWhole;
    };
    row("an insertion inside", 1000, 0, 64, 64, true);
    row("an insertion at the front", 0, 0, 0, 64, true);
    row("an insertion at the end", kSize, 0, 64, 0, true);
    row("one byte", 1000, 1, 64, 64, true);
    row("the front margin is cut", 63, 10, 63, 64, true);
    row("the front margin just fits", 64, 10, 64, 64, true);
    row("the margin behind is cut", kSize - 73, 10, 64, 63, true);
    row("the margin behind just fits", kSize - 74, 10, 64, 64, true);
    row("64 KiB", 1000, 64 * kKiB, 64, 64, true);
    row("a byte more than 64 KiB", 1000, 64 * kKiB + 1, 64, 64, false);
    row("1 MiB", 12345, kKiB * kKiB, 64, 64, false);
    row("the whole file", 0, kSize, 0, 0, false);
}

void FingerprintTest::takes() {
    QFETCH(qint64, at);
    QFETCH(qint64, length);
    QFETCH(qint64, marginBefore);
    QFETCH(qint64, marginAfter);
    QFETCH(bool, isWhole);
    const QByteArray content = someBytes(kSize);
    const TestFile file(content);
    const std::optional<Fingerprint> print = file.take(at, length);
    QVERIFY(print.has_value());
    QCOMPARE(print->extent, (FileExtent{{at}, length}));
    QCOMPARE(print->marginBefore, marginBefore);
    QCOMPARE(print->marginAfter, marginAfter);
    QCOMPARE(print->isWhole, isWhole);
    QCOMPARE(print->hash, hash64(span(hashedBytes(content, *print))));
    QCOMPARE(file.take(at, length), print);
    QCOMPARE(file.compare(*print), isWhole ? OutsideState::Untouched : OutsideState::CannotTell);
}

void FingerprintTest::tellsOutsideWrites_data() {
    QTest::addColumn<qint64>("at");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("written");
    QTest::addColumn<OutsideState>("expected");
    const auto row = [](const char* name, Offset at, Offset length, Offset written,
                        OutsideState expected) {
        QTest::newRow(name) << qint64{at} << qint64{length} << qint64{written} << expected;
    };
    using enum OutsideState;
    row("far before", 1000, 100, 0, Untouched);
    row("just before the margin", 1000, 100, 935, Untouched);
    row("the margin's first byte", 1000, 100, 936, Touched);
    row("just before", 1000, 100, 999, Touched);
    row("the first byte", 1000, 100, 1000, Touched);
    row("inside", 1000, 100, 1050, Touched);
    row("the last byte", 1000, 100, 1099, Touched);
    row("just behind", 1000, 100, 1100, Touched);
    row("the margin's last byte", 1000, 100, 1163, Touched);
    row("just behind the margin", 1000, 100, 1164, Untouched);
    row("beside an insertion", 1000, 0, 1000, Touched);
    row("far from an insertion", 1000, 0, 1064, Untouched);
    row("the middle of 64 KiB", 1000, 64 * kKiB, 30'000, Touched);
    const Offset mib = kKiB * kKiB;
    row("sampled: outside", 1000, mib, 1000 + mib + 64, CannotTell);
    row("sampled: the margin's first byte", 1000, mib, 936, Touched);
    row("sampled: the last byte in front", 1000, mib, 1000 + 16 * kKiB - 1, Touched);
    row("sampled: behind the bytes in front", 1000, mib, 1000 + 16 * kKiB, CannotTell);
    row("sampled: before the last bytes", 1000, mib, 1000 + mib - 16 * kKiB - 1, CannotTell);
    row("sampled: the first of the last bytes", 1000, mib, 1000 + mib - 16 * kKiB, Touched);
    row("sampled: the margin's last byte", 1000, mib, 1000 + mib + 63, Touched);
    const Offset step = (mib - 32 * kKiB) / 8;
    for (Offset i = 0; i < 8; ++i) {
        const Offset sample = 1000 + 16 * kKiB + i * step + (step - 4 * kKiB) / 2;
        QTest::addRow("sampled: before block %lld", static_cast<long long>(i))
            << qint64{1000} << qint64{mib} << qint64{sample - 1} << CannotTell;
        QTest::addRow("sampled: first of block %lld", static_cast<long long>(i))
            << qint64{1000} << qint64{mib} << qint64{sample} << Touched;
        QTest::addRow("sampled: last of block %lld", static_cast<long long>(i))
            << qint64{1000} << qint64{mib} << qint64{sample + 4 * kKiB - 1} << Touched;
    }
}

void FingerprintTest::tellsOutsideWrites() {
    QFETCH(qint64, at);
    QFETCH(qint64, length);
    QFETCH(qint64, written);
    QFETCH(OutsideState, expected);
    TestFile file(someBytes(kSize));
    const std::optional<Fingerprint> print = file.take(at, length);
    QVERIFY(print.has_value());
    file.flip(written);
    QCOMPARE(file.compare(*print), expected);
    file.flip(written);
    QCOMPARE(file.compare(*print),
             print->isWhole ? OutsideState::Untouched : OutsideState::CannotTell);
}

void FingerprintTest::appendedBytesTouchNothing() {
    TestFile file(someBytes(1000));
    const std::optional<Fingerprint> last = file.take(990, 10);
    const std::optional<Fingerprint> atEnd = file.take(1000, 0);
    QVERIFY(last && atEnd);
    file.append("more");
    QCOMPARE(file.length(), Offset{1004});
    QCOMPARE(file.compare(*last), OutsideState::Untouched);
    QCOMPARE(file.compare(*atEnd), OutsideState::Untouched);
    QVERIFY(file.take(990, 10) != last);  // it has a margin now
}

void FingerprintTest::cutFile_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<OutsideState>("expected");
    QTest::newRow("behind the margin") << qint64{574} << OutsideState::Untouched;
    QTest::newRow("into the margin") << qint64{573} << OutsideState::Touched;
    QTest::newRow("into the bytes") << qint64{505} << OutsideState::Touched;
    QTest::newRow("before everything") << qint64{100} << OutsideState::Touched;
    QTest::newRow("to nothing") << qint64{0} << OutsideState::Touched;
}

void FingerprintTest::cutFile() {
    QFETCH(qint64, length);
    QFETCH(OutsideState, expected);
    TestFile file(someBytes(1000));
    const std::optional<Fingerprint> print = file.take(500, 10);
    QVERIFY(print.has_value());
    file.cut(length);
    // Whether the file was opened before the cut or after.
    QCOMPARE(print->compare(file.version(), 1000), expected);
    QCOMPARE(print->compare(*file.openAnew(), length), expected);
}

void FingerprintTest::samplesDoNotOverlap() {
    // The shortest extent that is sampled leaves a single byte unseen.
    TestFile file(someBytes(kSize));
    const std::optional<Fingerprint> print = file.take(0, 64 * kKiB + 1);
    QVERIFY(print.has_value());
    const auto stateAfter = [&](Offset written) {
        file.flip(written);
        const OutsideState state = file.compare(*print);
        file.flip(written);
        return state;
    };
    QCOMPARE(stateAfter(48 * kKiB), OutsideState::CannotTell);
    for (Offset at = 4 * kKiB; at < 48 * kKiB; at += 4 * kKiB) {
        QCOMPARE(stateAfter(at - 1), OutsideState::Touched);
        QCOMPARE(stateAfter(at), OutsideState::Touched);
    }
    QCOMPARE(stateAfter(48 * kKiB - 1), OutsideState::Touched);
    QCOMPARE(stateAfter(48 * kKiB + 1), OutsideState::Touched);
}

void FingerprintTest::unreadable() {
    const TestFolder folder;
    FaultFileSystem fileSystem;
    const std::string path = folder.write("file", someBytes(kSize));
    const std::shared_ptr<const FileVersion> good =
        FileVersion::first(*MappedFile::open(systemFileSystem(), path));
    fileSystem.setBadExtent({{8192}, 4096});
    const std::shared_ptr<const FileVersion> bad =
        FileVersion::first(*MappedFile::open(fileSystem, path));
    const auto take = [](const FileVersion& file, Offset at, Offset length) {
        return Fingerprint::take(file, kSize, {{at}, length});
    };
    QVERIFY(!take(*bad, 9000, 10));
    QVERIFY(!take(*bad, 8192 - 70, 10));         // in the margin
    QVERIFY(!take(*bad, 8192 + 4096 + 63, 10));  // in the margin
    QVERIFY(!take(*bad, 0, kSize));
    QVERIFY(take(*bad, 8192 - 74, 10).has_value());
    QVERIFY(take(*bad, 8192 + 4096 + 64, 10).has_value());
    const std::optional<Fingerprint> print = take(*good, 9000, 10);
    QCOMPARE(print->compare(*bad, kSize), OutsideState::Touched);
}

QTEST_GUILESS_MAIN(FingerprintTest)
#include "fingerprint_test.moc"
