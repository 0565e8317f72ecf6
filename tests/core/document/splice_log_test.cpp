// The log beside a plain vector of entries, with chunks so small that entries stand at every edge,
// and its packing in rows.
#include "core/document/splice_log.h"
#include "core/document/splice_packing.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;

namespace {

constexpr Offset kTwoTo31 = Offset{1} << 31;
constexpr Offset kTwoTo32 = Offset{1} << 32;

SpliceLogEntry splice(Border from, std::vector<Piece> removed, std::vector<Piece> inserted) {
    SpliceLogEntry entry;
    entry.from = from;
    entry.removed = std::move(removed);
    entry.inserted = std::move(inserted);
    return entry;
}

SpliceLogEntry mark(ChangeId change, bool kept) {
    SpliceLogEntry entry;
    entry.kind = SpliceLogEntry::Kind::Kept;
    entry.change = change;
    entry.kept = kept;
    return entry;
}

void append(SpliceLog& log, const SpliceLogEntry& entry) {
    if (entry.kind == SpliceLogEntry::Kind::Kept)
        log.appendKept(entry.change, entry.kept);
    else
        log.append(entry.view());
}

bool isSame(const SpliceLogEntry& a, const SpliceLogEntry& b) {
    return a.kind == b.kind && a.from == b.from && a.removed == b.removed &&
           a.inserted == b.inserted && a.change == b.change && a.kept == b.kept;
}

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t limit) {
        return std::uniform_int_distribution<std::uint64_t>(0, limit - 1)(engine_);
    }
    /// Any number of bits, so that every length of a varint comes up.
    std::uint64_t ofAnySize(unsigned bits) { return engine_() >> (64 - bits + below(bits)); }
    Offset offset() { return static_cast<Offset>(ofAnySize(63)); }

private:
    std::mt19937_64 engine_;
};

Piece randomPiece(Dice& dice, Offset fileOffset) {
    const auto id = static_cast<ChangeId>(dice.ofAnySize(31));
    const Offset length = dice.offset();
    switch (dice.below(5)) {
    case 0:
        return Piece::inPlace(fileOffset, length, 0);
    case 1:
        return {fileOffset, length, length, 3, ChangeTag::off(id)};
    case 2:
        return {0, 0, length, 0, ChangeTag::on(id)};
    case 3:
        return {0, 0, 0, 0, ChangeTag::off(id)};
    default:
        break;
    }
    return {dice.offset(), length, dice.below(2) == 0 ? 0 : dice.offset(),
            static_cast<SourceId>(dice.ofAnySize(32)), ChangeTag::on(id)};
}

SpliceLogEntry randomEntry(Dice& dice) {
    if (dice.below(10) == 0)
        return mark(static_cast<ChangeId>(dice.ofAnySize(31)), dice.below(2) == 0);
    const Border from{dice.offset(), dice.offset()};
    std::vector<Piece> sides[2];
    for (std::vector<Piece>& pieces : sides) {
        const std::uint64_t count = dice.below(50) == 0 ? dice.below(200) : dice.below(4);
        for (std::uint64_t i = 0; i < count; ++i)
            pieces.push_back(randomPiece(dice, from.fileOffset));
    }
    return splice(from, sides[0], sides[1]);
}

}  // namespace

class SpliceLogTest : public QObject {
    Q_OBJECT

private slots:
    void packs_data();
    void packs();
    void agreesWithAVector_data();
    void agreesWithAVector();
    void takesEntriesLongerThanAChunk();
    void canBeAppendedToDuringAWalk();
    void positionsGrowPastClear();
};

void SpliceLogTest::packs_data() {
    QTest::addColumn<SpliceLogEntry>("entry");
    QTest::addColumn<int>("mostBytes");
    const auto row = [](const char* name, int mostBytes, const SpliceLogEntry& entry) {
        QTest::newRow(name) << entry << mostBytes;
    };
    const auto on = ChangeTag::on(1);
    const auto last = ChangeTag::on(kLastChange);
    const Offset far = Offset{1} << 40;
    row("nothing", 4, splice({}, {}, {}));
    row("overwrite at 0", 16, splice({0, 0}, {Piece::inPlace(0, 1, 0)}, {{0, 1, 1, 1, on}}));
    row("overwrite in 1 TiB after a million edits", 26,
        splice({far + 4000, far}, {Piece::inPlace(far, 4, 0)},
               {{4000000, 4, 4, 1, ChangeTag::on(1000000)}}));
    row("overwrite, all numbers large", 40,
        splice({far * 1024 + 4000, far * 1024}, {Piece::inPlace(far * 1024, 4, 1000)},
               {{far, 4, 4, 2000, last}}));
    row("insert", 16, splice({100, 100}, {}, {{7, 3, 0, 1, on}}));
    row("delete", 16, splice({100, 100}, {Piece::inPlace(100, 3, 0)}, {{0, 0, 3, 0, on}}));
    row("put a deletion back", 16, splice({9, 9}, {{0, 0, 3, 0, on}}, {Piece::inPlace(9, 3, 0)}));
    row("switch off", 16, splice({9, 9}, {{7, 3, 3, 1, on}}, {{9, 3, 3, 0, ChangeTag::off(1)}}));
    row("switch an insertion off", 16,
        splice({9, 9}, {{7, 3, 0, 1, on}}, {{0, 0, 0, 0, ChangeTag::off(1)}}));
    row("take a mark out", 16, splice({9, 9}, {{0, 0, 0, 0, ChangeTag::off(1)}}, {}));
    row("mark with the last id", 16,
        splice({9, 9}, {}, {{0, 0, 0, 0, ChangeTag::off(kLastChange)}}));
    row("off without an id", 16, splice({9, 9}, {}, {{0, 0, 0, 0, ChangeTag::off(kNoChange)}}));
    row("longer than what it replaces", 20,
        splice({5, 5}, {Piece::inPlace(5, 2, 0)}, {{50, 9, 2, 1, on}}));
    row("no source", 16, splice({0, 0}, {}, {{0, 1, 0, kNoSource, on}}));
    row("last source", 20, splice({0, 0}, {}, {{0, 1, 0, kNoSource - 1, on}}));
    row("at 2^31 - 1", 24,
        splice({kTwoTo31 - 1, kTwoTo31 - 1}, {Piece::inPlace(kTwoTo31 - 1, 1, 0)},
               {{kTwoTo31 - 1, 1, 1, 1, on}}));
    row("at 2^31", 24,
        splice({kTwoTo31, kTwoTo31}, {Piece::inPlace(kTwoTo31, 1, 0)}, {{kTwoTo31, 1, 1, 1, on}}));
    row("at 2^32 - 1", 24,
        splice({kTwoTo32 - 1, kTwoTo32 - 1}, {Piece::inPlace(kTwoTo32 - 1, 1, 0)},
               {{kTwoTo32 - 1, 1, 1, 1, on}}));
    row("at 2^32", 24,
        splice({kTwoTo32, kTwoTo32}, {Piece::inPlace(kTwoTo32, 1, 0)},
               {{kTwoTo32 - 1, 1, 1, 1, on}}));
    row("document far ahead of the file", 32, splice({kMaxLength, 0}, {}, {{0, 0, 0, 0, last}}));
    row("file far ahead of the document", 32,
        splice({0, kMaxLength}, {}, {{0, 0, 0, 0, ChangeTag::off(2)}}));
    row("the longest piece", 50,
        splice({0, 0}, {Piece::inPlace(0, kMaxLength, 0)}, {{0, kMaxLength, 0, 1, last}}));
    row("everything at its limit", 110,
        splice({kMaxLength, kMaxLength},
               {{kMaxLength - 1, kMaxLength, kMaxLength - 2, kNoSource - 1, last}},
               {{kMaxLength - 3, kMaxLength - 4, kMaxLength, kNoSource - 2,
                 ChangeTag::off(kLastChange)}}));
    for (const int count : {6, 7, 8, 127, 128, 1000}) {
        std::vector<Piece> removed;
        std::vector<Piece> inserted;
        for (int i = 0; i < count; ++i) {
            removed.push_back(Piece::inPlace(300 + 10 * i, 10, 0));
            inserted.push_back({5 * i, 5, 10, 1, on});
        }
        row(qPrintable(QString("%1 pieces").arg(count)), 14 + 6 * count,
            splice({200, 300}, removed, inserted));
        row(qPrintable(QString("%1 pieces for one").arg(count)), 14 + 4 * count,
            splice({200, 300}, {Piece::inPlace(300, 10 * count, 0)}, inserted));
    }
    row("kept", 3, mark(1, true));
    row("kept no more", 3, mark(1, false));
    row("kept, last id", 7, mark(kLastChange, true));
}

void SpliceLogTest::packs() {
    QFETCH(SpliceLogEntry, entry);
    QFETCH(int, mostBytes);
    std::vector<Byte> bytes(200000, 0xEE);
    Byte* const begin = bytes.data() + 1;
    const bool isSplice = entry.kind == SpliceLogEntry::Kind::Splice;
    Byte* const end =
        isSplice ? pack(entry.view(), begin) : packKept(entry.change, entry.kept, begin);
    const auto size = static_cast<std::size_t>(end - begin);
    QVERIFY2(size <= static_cast<std::size_t>(mostBytes), qPrintable(QString::number(size)));
    QVERIFY(size <= (isSplice ? packedBound(entry.view()) : kPackedKeptBound));
    if (isSplice)
        QCOMPARE(packedSize(entry.view()), size);
    QCOMPARE(*end, Byte{0xEE});
    QCOMPARE(packedBegin(end), static_cast<const Byte*>(begin));
    // Into one that is full of something else.
    SpliceLogEntry read = splice({1, 2}, {{1, 2, 3, 4, ChangeTag::on(5)}}, {{}, {}, {}});
    read.kind = SpliceLogEntry::Kind::Kept;
    read.change = 77;
    read.kept = true;
    QCOMPARE(unpack(begin, read), static_cast<const Byte*>(end));
    QVERIFY(isSame(read, entry));
}

void SpliceLogTest::agreesWithAVector_data() {
    QTest::addColumn<int>("chunkSize");
    for (const int size : {1, 30, 200, 5000, int{SpliceLog::kChunkSize}})
        QTest::newRow(qPrintable(QString::number(size))) << size;
}

void SpliceLogTest::agreesWithAVector() {
    QFETCH(int, chunkSize);
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        Dice dice(seed);
        SpliceLog log(static_cast<std::size_t>(chunkSize));
        std::vector<SpliceLogEntry> entries;
        std::vector<SpliceLog::Position> positions{log.end()};
        for (int i = 0; i < octavo::test::scaled(2000); ++i) {
            entries.push_back(randomEntry(dice));
            append(log, entries.back());
            QVERIFY(log.end() > positions.back());
            positions.push_back(log.end());
        }
        QVERIFY(log.bytesInMemory() >= log.end());
        QVERIFY(log.isWhole());
        for (int i = 0; i < 50; ++i) {
            std::size_t from = i == 0 ? 0 : dice.below(entries.size());
            const std::size_t to =
                i == 0 ? entries.size() : from + dice.below(entries.size() - from + 1);
            auto forwards = SpliceLog::Walk::forwards(log, positions[from], positions[to]);
            auto backwards = SpliceLog::Walk::backwards(log, positions[from], positions[to]);
            for (std::size_t k = 0; k < to - from; ++k) {
                const SpliceLogEntry* ahead = forwards.next();
                const SpliceLogEntry* behind = backwards.next();
                QVERIFY(ahead != nullptr && behind != nullptr);
                QVERIFY2(isSame(*ahead, entries[from + k]), qPrintable(QString::number(from + k)));
                QVERIFY2(isSame(*behind, entries[to - 1 - k]),
                         qPrintable(QString::number(to - 1 - k)));
            }
            QVERIFY(forwards.next() == nullptr);
            QVERIFY(backwards.next() == nullptr);
            QVERIFY(forwards.next() == nullptr);
        }
    }
}

void SpliceLogTest::takesEntriesLongerThanAChunk() {
    SpliceLog log;
    std::vector<Piece> many;
    for (Offset i = 0; i < 100000; ++i)
        many.push_back({i * 1000, 1, 1, 1, ChangeTag::on(static_cast<ChangeId>(i + 1))});
    const SpliceLogEntry small = splice({1, 1}, {}, {{0, 1, 0, 1, ChangeTag::on(1)}});
    const SpliceLogEntry large = splice({2, 2}, many, {});
    append(log, small);
    const SpliceLog::Position begin = log.end();
    append(log, large);
    QVERIFY(log.end() - begin > 2 * SpliceLog::kChunkSize);
    append(log, small);
    auto walk = SpliceLog::Walk::backwards(log, 0, log.end());
    QVERIFY(isSame(*walk.next(), small));
    QVERIFY(isSame(*walk.next(), large));
    QVERIFY(isSame(*walk.next(), small));
    QVERIFY(walk.next() == nullptr);
    // No more than the entry itself, a chunk before it and one behind it.
    QVERIFY(log.bytesInMemory() < log.end() + 2 * SpliceLog::kChunkSize + 1000);
}

void SpliceLogTest::canBeAppendedToDuringAWalk() {
    SpliceLog log(40);
    for (ChangeId id = 1; id <= 100; ++id)
        log.append({{id, id}, {}, {}});
    auto walk = SpliceLog::Walk::backwards(log, 0, log.end());
    for (Offset id = 100; id >= 1; --id) {
        QCOMPARE(walk.next()->from.offset, id);
        log.append({{1000, 1000}, {}, {}});
    }
    QVERIFY(walk.next() == nullptr);
}

void SpliceLogTest::positionsGrowPastClear() {
    SpliceLog log(40);
    for (ChangeId id = 1; id <= 100; ++id)
        log.appendKept(id, true);
    const SpliceLog::Position end = log.end();
    log.clear();
    QCOMPARE(log.end(), end);
    QVERIFY(log.isLoaded(end, end));
    QVERIFY(log.bytesInMemory() < end);
    log.appendKept(7, false);
    auto walk = SpliceLog::Walk::forwards(log, end, log.end());
    QVERIFY(isSame(*walk.next(), mark(7, false)));
    QVERIFY(walk.next() == nullptr);
}

QTEST_GUILESS_MAIN(SpliceLogTest)

#include "splice_log_test.moc"
