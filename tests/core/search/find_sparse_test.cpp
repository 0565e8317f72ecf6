#include "core/content/pattern_source.h"
#include "tests/support/find_bytes.h"
#include "tests/support/reference_search.h"
#include "tests/support/snapshot_builder.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <map>
#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

/// Runs of zeros that are known are passed over at any length, and nothing at their edges is
/// missed.
class FindSparseTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void fills();
    void random();
};

namespace {

/// Zeros without end, but for some bytes; says of every run of zeros that it is one.
class SparseSource final : public Source {
public:
    SparseSource(std::map<Offset, Byte> bytes, Offset longestClaim = kMaxLength)
        : bytes_(std::move(bytes)), longestClaim_(longestClaim) {}

    void read(Offset start, MutableByteSpan out, Offset /*reportedAt*/,
              Unreadable& /*unreadable*/) const override {
        std::ranges::fill(out, Byte{0});
        for (auto byte = bytes_.lower_bound(start); byte != bytes_.end(); ++byte) {
            if (byte->first - start >= static_cast<Offset>(out.size())) {
                break;
            }
            out[static_cast<std::size_t>(byte->first - start)] = byte->second;
        }
        bytesRead += static_cast<Offset>(out.size());
    }

    Offset zerosAt(Offset start, Offset length) const override {
        const auto next = bytes_.lower_bound(start);
        const Offset zeros = next == bytes_.end() ? length : std::min(next->first - start, length);
        return std::min(zeros, longestClaim_);
    }

    mutable Offset bytesRead = 0;

private:
    std::map<Offset, Byte> bytes_;
    Offset longestClaim_;
};

Pattern patternOf(const std::string& hex) {
    Result<Pattern> pattern = Pattern::fromHex(hex);
    if (!pattern) {
        qFatal("%s: %s", hex.c_str(), pattern.error().message().c_str());
    }
    return *std::move(pattern);
}

constexpr Offset kHuge = Offset{1} << 62;

}  // namespace

// Four bytes, DE AD BE EF, at `dataAt` of zeros.
void FindSparseTest::rows_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("dataAt");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<bool>("backward");
    QTest::addColumn<qint64>("match");  // -1: none

    const auto both = [](const char* name, Offset length, Offset dataAt, const char* hex,
                         Offset match) {
        QTest::addRow("%s, forwards", name)
            << qint64{length} << qint64{dataAt} << QByteArray(hex) << false << qint64{match};
        QTest::addRow("%s, backwards", name)
            << qint64{length} << qint64{dataAt} << QByteArray(hex) << true << qint64{match};
    };
    both("in the middle", kHuge, kHuge / 2, "DEADBEEF", kHuge / 2);
    both("one byte", kHuge, kHuge / 2, "AD", kHuge / 2 + 1);
    both("at the end", kHuge, kHuge - 4, "DEADBEEF", kHuge - 4);
    both("at the start", kHuge, 0, "DEADBEEF", 0);
    both("at the last byte of all", kMaxLength, kMaxLength - 4, "BEEF", kMaxLength - 2);
    both("at odd places", kMaxLength, 1'234'567'890'123'456'789, "DEADBEEF",
         1'234'567'890'123'456'789);
    both("zeros in front", kHuge, kHuge / 2, "00 00 00 DE AD", kHuge / 2 - 3);
    both("zeros behind", kHuge, kHuge / 2, "BE EF 00 00 00", kHuge / 2 + 2);
    both("zeros around", kHuge, kHuge / 2, "00 DE AD BE EF 00", kHuge / 2 - 1);
    both("zeros behind the end", kHuge, kHuge - 4, "EF 00", -1);
    both("wildcards at the edge", kHuge, kHuge / 2, "?? ?? D?", kHuge / 2 - 2);
    both("long zeros in front", kHuge, kHuge / 2,
         "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 DE", kHuge / 2 - 21);
    both("absent", kMaxLength, kHuge, "DEADBEEE", -1);
    both("absent, one byte", kMaxLength, kHuge, "77", -1);
    QTest::newRow("zeros, forwards")
        << qint64{kMaxLength} << qint64{0} << QByteArray("00 00") << false << qint64{4};
    QTest::newRow("zeros, backwards") << qint64{kMaxLength} << qint64{kMaxLength - 5}
                                      << QByteArray("00 0?") << true << qint64{kMaxLength - 7};
}

void FindSparseTest::rows() {
    QFETCH(qint64, length);
    QFETCH(qint64, dataAt);
    QFETCH(QByteArray, hex);
    QFETCH(bool, backward);
    QFETCH(qint64, match);

    const std::map<Offset, Byte> data{
        {dataAt, 0xDE}, {dataAt + 1, 0xAD}, {dataAt + 2, 0xBE}, {dataAt + 3, 0xEF}};
    for (const Offset chunk : {Offset{1}, Offset{16}, FindOptions().chunkLength}) {
        const auto source = std::make_shared<SparseSource>(data);
        const Snapshot snapshot = snapshotOf(source, length);
        Progress progress;
        const Result<FoundBytes> outcome = findFirst(snapshot, patternOf(hex.toStdString()),
                                                     {0, length}, backward, progress, {chunk});
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->match.value_or(-1), match);
        QVERIFY2(source->bytesRead < 4 * FindOptions().chunkLength,
                 qPrintable(QString("read %1 bytes").arg(source->bytesRead)));
    }
}

// The same for a document that is one fill after another.
void FindSparseTest::fills() {
    const Byte zero = 0;
    const Bytes word{0xCA, 0xFE};
    auto sources = std::make_shared<SourceTable>();
    const SourceId zeros = sources->add(std::make_shared<PatternSource>(ByteSpan(&zero, 1)));
    const SourceId words = sources->add(std::make_shared<PatternSource>(word));
    PieceTree tree;
    const ChangeTag filled = ChangeTag::on(1);
    const Piece pieces[] = {
        {0, kHuge, 0, zeros, filled}, {0, 6, 0, words, filled}, {0, kHuge - 7, 0, zeros, filled}};
    tree.replace({}, {}, pieces);
    const Snapshot snapshot(tree, sources, 1);

    for (const bool backward : {false, true}) {
        Progress progress;
        std::vector<Offset> found;
        const auto keep = [&](Offset match) {
            found.push_back(match);
            return true;
        };
        const Result<Unreadable> outcome =
            findAll(snapshot, patternOf("FE CA"), {0, kMaxLength}, backward, progress, keep);
        QVERIFY(outcome.ok());
        std::ranges::sort(found);
        QCOMPARE(found, (std::vector<Offset>{kHuge + 1, kHuge + 3}));
    }
}

// Claims of any length, also shorter than the truth, and islands of data close together.
void FindSparseTest::random() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto upTo = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit + 1));
        };
        for (int round = 0; round < scaled(3000); ++round) {
            const Offset length = upTo(120);
            std::map<Offset, Byte> data;
            ReferenceContent content{Bytes(static_cast<std::size_t>(length)), {}};
            for (Offset i = upTo(6); i > 0 && length > 0; --i) {
                const Offset at = upTo(length - 1);
                const auto byte = static_cast<Byte>(1 + upTo(1));
                data[at] = byte;
                content.bytes[static_cast<std::size_t>(at)] = byte;
            }
            std::string hex;
            for (Offset i = upTo(4); i >= 0; --i) {
                hex += std::array{"00", "01", "02", "??", "0?"}[static_cast<std::size_t>(upTo(4))];
            }
            const Pattern pattern = patternOf(hex);
            const Snapshot snapshot =
                snapshotOf(std::make_shared<SparseSource>(data, upTo(20)), length);
            const Offset from = upTo(length);
            const Extent range{from, upTo(length - from)};
            const bool backward = upTo(1) == 1;

            Progress progress;
            std::vector<Offset> found;
            const auto keep = [&](Offset match) {
                found.push_back(match);
                return true;
            };
            const Result<Unreadable> all =
                findAll(snapshot, pattern, range, backward, progress, keep, {1 + upTo(15)});
            QVERIFY(all.ok());
            QVERIFY2(found == referenceFindAll(content, pattern, range, backward),
                     qPrintable(QString("round %1, pattern %2, %3+%4, backward %5")
                                    .arg(round)
                                    .arg(hex.c_str())
                                    .arg(range.offset)
                                    .arg(range.length)
                                    .arg(backward)));
            QCOMPARE(progress.done(), range.length);
        }
    }
}

QTEST_GUILESS_MAIN(FindSparseTest)
#include "find_sparse_test.moc"
