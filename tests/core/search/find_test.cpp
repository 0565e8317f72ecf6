#include "core/document/document.h"
#include "core/search/regex_finder.h"
#include "tests/support/find_bytes.h"
#include "tests/support/reference_search.h"
#include "tests/support/snapshot_builder.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

class FindTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void exhaustive();
    void random();
    void editedDocument();
    void longPattern_data();
    void longPattern();
    void badRange_data();
    void badRange();
    void stopsWhenTold();
    void countsUpToTheTotal_data();
    void countsUpToTheTotal();
    void firstOfManyThreads_data();
    void firstOfManyThreads();
    void cancelledBefore();
    void cancelledOnTheWay_data();
    void cancelledOnTheWay();
};

namespace {

Pattern patternOf(const std::string& hex) {
    Result<Pattern> pattern = Pattern::fromHex(hex);
    if (!pattern) {
        qFatal("%s: %s", hex.c_str(), pattern.error().message().c_str());
    }
    return *std::move(pattern);
}

std::vector<Offset> findAllIn(const Snapshot& snapshot, const Pattern& pattern, Extent range,
                              bool backward, Offset chunkLength) {
    Progress progress;
    std::vector<Offset> matches;
    const auto keep = [&](Offset match) {
        matches.push_back(match);
        return true;
    };
    const Result<Unreadable> outcome =
        findAll(snapshot, pattern, range, backward, progress, keep, {chunkLength});
    if (!outcome || !outcome->isEmpty()) {
        qFatal("findAll failed");
    }
    return matches;
}

std::optional<Offset> findFirstIn(const Snapshot& snapshot, const Pattern& pattern, Extent range,
                                  bool backward, Offset chunkLength) {
    Progress progress;
    const Result<FoundBytes> outcome =
        findFirst(snapshot, pattern, range, backward, progress, {chunkLength});
    if (!outcome || !outcome->notSearched.isEmpty()) {
        qFatal("findFirst failed");
    }
    return outcome->match;
}

QString text(const std::vector<Offset>& offsets) {
    QStringList parts;
    for (const Offset offset : offsets) {
        parts += QString::number(offset);
    }
    return parts.join(' ');
}

/// Empty where both functions find what the reference finds.
QString difference(const Snapshot& snapshot, const ReferenceContent& content,
                   const Pattern& pattern, Extent range, Offset chunkLength) {
    for (const bool backward : {false, true}) {
        const std::vector<Offset> wanted = referenceFindAll(content, pattern, range, backward);
        const std::vector<Offset> all = findAllIn(snapshot, pattern, range, backward, chunkLength);
        const std::optional<Offset> first =
            findFirstIn(snapshot, pattern, range, backward, chunkLength);
        const bool firstIsRight =
            wanted.empty() ? !first.has_value() : first.has_value() && *first == wanted.front();
        if (all != wanted || !firstIsRight) {
            return QString("backward %1, chunk %2, range %3+%4: found %5 (first %6), wanted %7")
                .arg(backward)
                .arg(chunkLength)
                .arg(range.offset)
                .arg(range.length)
                .arg(text(all))
                .arg(first.value_or(-1))
                .arg(text(wanted));
        }
    }
    return {};
}

Bytes lettersOf(unsigned number, std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = (number >> i & 1U) != 0 ? Byte{0x41} : Byte{0};
    }
    return bytes;
}

}  // namespace

void FindTest::rows_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<QString>("forwards");
    QTest::addColumn<QString>("backwards");

    const auto row = [](const char* name, const char* content, const char* hex, qint64 from,
                        qint64 to, const char* forwards, const char* backwards) {
        QTest::newRow(name) << QByteArray(content) << QByteArray(hex) << from << to
                            << QString(forwards) << QString(backwards);
    };
    row("nothing in nothing", "", "61", 0, 0, "", "");
    row("all of it", "abc", "616263", 0, 3, "0", "0");
    row("longer than all", "abc", "61626364", 0, 3, "", "");
    row("absent", "abcabc", "64", 0, 6, "", "");
    row("first and last byte", "abca", "61", 0, 4, "0 3", "3 0");
    row("three times", "abcabcabc", "6263", 0, 9, "1 4 7", "7 4 1");
    row("overlapping, odd", "aaaaa", "6161", 0, 5, "0 2", "3 1");
    row("overlapping, even", "aaaa", "6161", 0, 4, "0 2", "2 0");
    row("wildcard", "abcadc", "61??63", 0, 6, "0 3", "3 0");
    row("only wildcards", "abcde", "????", 0, 5, "0 2", "3 1");
    row("high nibble", "a1b2", "3?", 0, 4, "1 3", "3 1");
    row("low nibble", "a1qQ", "?1", 0, 4, "0 1 2 3", "3 2 1 0");
    row("match ends with the range", "abcabc", "6263", 0, 3, "1", "1");
    row("match passes the range", "abcabc", "6263", 0, 2, "", "");
    row("match begins with the range", "abcabc", "6263", 1, 6, "1 4", "4 1");
    row("match begins before the range", "abcabc", "6263", 2, 6, "4", "4");
    row("range as long as the match", "abcabc", "6263", 4, 6, "4", "4");
    row("range shorter than the match", "abcabc", "6263", 4, 5, "", "");
    row("empty range", "abcabc", "62", 4, 4, "", "");
    row("range passes the end", "abcabc", "6263", 3, 1000, "4", "4");
    row("range after the end", "abcabc", "62", 7, 1000, "", "");
}

void FindTest::rows() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, hex);
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(QString, forwards);
    QFETCH(QString, backwards);

    const Bytes bytes(content.begin(), content.end());
    const Pattern pattern = patternOf(hex.toStdString());
    const Extent range{from, to - from};
    for (const Offset piece : {1, 2, 100}) {
        const Snapshot snapshot = snapshotOf(bytes, piece);
        for (const Offset chunk : {1, 2, 3, 1000}) {
            QCOMPARE(text(findAllIn(snapshot, pattern, range, false, chunk)), forwards);
            QCOMPARE(text(findAllIn(snapshot, pattern, range, true, chunk)), backwards);
            const Offset first = findFirstIn(snapshot, pattern, range, false, chunk).value_or(-1);
            QCOMPARE(first, forwards.isEmpty() ? -1 : forwards.section(' ', 0, 0).toLongLong());
            const Offset last = findFirstIn(snapshot, pattern, range, true, chunk).value_or(-1);
            QCOMPARE(last, backwards.isEmpty() ? -1 : backwards.section(' ', 0, 0).toLongLong());
        }
    }
}

void FindTest::exhaustive() {
    constexpr std::size_t kLongest = 10;
    for (std::size_t size = 0; size <= kLongest; ++size) {
        for (unsigned number = 0; number < 1U << size; ++number) {
            const ReferenceContent content{lettersOf(number, size), {}};
            const Snapshot snapshot = snapshotOf(content.bytes, 1 + number % 3);
            const Extent all{0, static_cast<Offset>(size)};
            for (std::size_t needleSize = 1; needleSize <= 4; ++needleSize) {
                for (unsigned needle = 0; needle < 1U << needleSize; ++needle) {
                    std::string hex;
                    for (const Byte byte : lettersOf(needle, needleSize)) {
                        hex += byte == 0 ? "00" : "41";
                    }
                    const QString wrong = difference(snapshot, content, patternOf(hex), all,
                                                     1 + static_cast<Offset>(number % 4));
                    QVERIFY2(wrong.isEmpty(), qPrintable(QString("haystack %1/%2, needle %3: %4")
                                                             .arg(number)
                                                             .arg(size)
                                                             .arg(hex.c_str(), wrong)));
                }
            }
        }
    }
}

void FindTest::random() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto upTo = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit + 1));
        };
        for (int round = 0; round < scaled(3000); ++round) {
            ReferenceContent content;
            content.bytes.resize(static_cast<std::size_t>(upTo(80)));
            for (Byte& byte : content.bytes) {
                byte = static_cast<Byte>(upTo(2) * 0x21);
            }
            std::string hex;
            for (Offset i = upTo(5); i >= 0; --i) {
                const auto nibble = static_cast<std::size_t>(upTo(2));
                hex += {upTo(7) == 0 ? '?' : "024"[nibble], upTo(7) == 0 ? '?' : "012"[nibble]};
            }
            const Offset longestPiece = 1 + upTo(4);
            const Snapshot snapshot =
                snapshotOf(content.bytes, [&] { return 1 + upTo(longestPiece - 1); });
            const Offset from = upTo(snapshot.length());
            const Extent range{from, upTo(snapshot.length() - from)};
            const QString wrong =
                difference(snapshot, content, patternOf(hex), range, 1 + upTo(15));
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("round %1, pattern %2: %3")
                                                     .arg(round)
                                                     .arg(QString::fromStdString(hex), wrong)));
        }
    }
}

void FindTest::editedDocument() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](std::size_t limit) {
            return static_cast<std::size_t>(engine() % limit);
        };
        const std::unique_ptr<Document> document = Document::untitled();
        ReferenceContent content;
        Bytes& bytes = content.bytes;
        for (int edit = 0; edit < 300; ++edit) {
            Bytes more(1 + below(5));
            for (Byte& byte : more) {
                byte = static_cast<Byte>(below(3));
            }
            const std::size_t at = below(bytes.size() + 1);
            if (below(4) == 0) {
                const std::size_t count = std::min(below(6), bytes.size() - at);
                QVERIFY(
                    document->erase({static_cast<Offset>(at), static_cast<Offset>(count)}).ok());
                const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(at);
                bytes.erase(first, first + static_cast<std::ptrdiff_t>(count));
            } else {
                QVERIFY(document->insert(static_cast<Offset>(at), more).ok());
                bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), more.begin(),
                             more.end());
            }
            const Snapshot snapshot = document->snapshot();
            QCOMPARE(snapshot.length(), static_cast<Offset>(bytes.size()));
            for (const char* hex : {"00", "01 02", "00 ?? 00", "02 02 02", "00 00 01"}) {
                const QString wrong =
                    difference(snapshot, content, patternOf(hex), {0, snapshot.length()},
                               static_cast<Offset>(1 + below(16)));
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QString("edit %1, pattern %2: %3").arg(edit).arg(hex, wrong)));
            }
        }
    }
}

void FindTest::longPattern_data() {
    QTest::addColumn<qint64>("patternLength");
    QTest::addColumn<qint64>("chunkLength");
    QTest::addColumn<bool>("masked");

    for (const bool masked : {false, true}) {
        const char* kind = masked ? "masked" : "literal";
        QTest::addRow("%s, longer than the chunk", kind) << qint64{100} << qint64{7} << masked;
        QTest::addRow("%s, a little shorter", kind) << qint64{100} << qint64{101} << masked;
        QTest::addRow("%s, many chunks", kind) << qint64{9000} << qint64{16} << masked;
        QTest::addRow("%s, nearly all", kind) << qint64{59'990} << qint64{4096} << masked;
    }
}

void FindTest::longPattern() {
    QFETCH(qint64, patternLength);
    QFETCH(qint64, chunkLength);
    QFETCH(bool, masked);

    std::mt19937 engine(7);
    Bytes bytes(60'000);
    for (Byte& byte : bytes) {
        byte = static_cast<Byte>(engine());
    }
    for (const qint64 at : {qint64{0}, qint64{5}, qint64{60'000} - patternLength}) {
        std::string hex;
        for (qint64 i = 0; i < patternLength; ++i) {
            char digits[3] = {};
            std::snprintf(digits, sizeof digits, "%02x", bytes[static_cast<std::size_t>(at + i)]);
            hex += masked && i % 11 == 3 ? "??" : digits;
        }
        const Pattern pattern = patternOf(hex);
        const Snapshot snapshot = snapshotOf(bytes, 4000);
        for (const bool backward : {false, true}) {
            const Extent all{0, snapshot.length()};
            const auto found = findAllIn(snapshot, pattern, all, backward, chunkLength);
            QCOMPARE(text(found), QString::number(at));
            const Extent cut{0, at + patternLength - 1};
            QVERIFY(findAllIn(snapshot, pattern, cut, backward, chunkLength).empty());
        }
    }
}

void FindTest::badRange_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::newRow("negative offset") << qint64{-1} << qint64{5};
    QTest::newRow("negative length") << qint64{0} << qint64{-1};
    QTest::newRow("end too far") << qint64{1} << qint64{kMaxLength};
}

void FindTest::badRange() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    const Snapshot snapshot = snapshotOf(Bytes(10, 0x41), 3);
    const Pattern pattern = patternOf("41");
    Progress progress;
    const Result<FoundBytes> first =
        findFirst(snapshot, pattern, {offset, length}, false, progress);
    QVERIFY(!first.ok());
    QCOMPARE(first.error().code, ErrorCode::InvalidArgument);
    const Result<Unreadable> all =
        findAll(snapshot, pattern, {offset, length}, false, progress, [](Offset) { return true; });
    QVERIFY(!all.ok());
    QCOMPARE(all.error().code, ErrorCode::InvalidArgument);
}

void FindTest::stopsWhenTold() {
    const Snapshot snapshot = snapshotOf(Bytes(100, 0x41), 7);
    for (const bool backward : {false, true}) {
        Progress progress;
        int matches = 0;
        const Result<Unreadable> outcome = findAll(snapshot, patternOf("41"), {0, 100}, backward,
                                                   progress, [&](Offset) { return ++matches < 3; });
        QVERIFY(outcome.ok());
        QCOMPARE(matches, 3);
    }
}

void FindTest::countsUpToTheTotal_data() {
    QTest::addColumn<bool>("backward");
    QTest::newRow("forwards") << false;
    QTest::newRow("backwards") << true;
}

void FindTest::countsUpToTheTotal() {
    QFETCH(bool, backward);
    const Snapshot snapshot = snapshotOf(Bytes(100, 0x41), 7);
    Progress progress;
    Offset before = 0;
    const auto check = [&](Offset) {
        const bool grows = progress.done() >= before && progress.done() <= progress.total();
        before = progress.done();
        return grows;
    };
    const Extent range{10, 80};
    const Result<Unreadable> outcome =
        findAll(snapshot, patternOf("41 41"), range, backward, progress, check, {5});
    QVERIFY(outcome.ok());
    QVERIFY2(before > 60, "progress stood still or went back");
    QCOMPARE(progress.total(), Offset{80});
    QCOMPARE(progress.done(), Offset{80});
}

void FindTest::firstOfManyThreads_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::newRow("everywhere") << QByteArray("x");
    QTest::newRow("each match costs a look at all that follows") << QByteArray("x*y|x");
}

// The first match is told without a look for the others.
void FindTest::firstOfManyThreads() {
    QFETCH(QByteArray, pattern);
    const Bytes bytes(std::size_t{16} << 20, Byte{'x'});
    const Snapshot snapshot = snapshotOf(bytes, kMaxLength);
    const auto finder = RegexFinder::compile(pattern.toStdString(), {});
    QVERIFY(finder.ok());
    for (const unsigned threads : {1U, 2U, 4U}) {
        Progress progress;
        const auto outcome = octavo::core::findFirst(snapshot, **finder, {1, snapshot.length() - 1},
                                                     progress, {.threads = threads});
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->match, std::optional(Hit{1, 1, 0, false}));
    }
}

void FindTest::cancelledBefore() {
    const Snapshot snapshot = snapshotOf(Bytes(100, 0x41), 7);
    Progress progress;
    progress.cancel();
    const Result<FoundBytes> first =
        findFirst(snapshot, patternOf("41"), {0, 100}, false, progress);
    QVERIFY(!first.ok());
    QCOMPARE(first.error().code, ErrorCode::Cancelled);
}

void FindTest::cancelledOnTheWay_data() {
    countsUpToTheTotal_data();
}

void FindTest::cancelledOnTheWay() {
    QFETCH(bool, backward);

    /// Cancels at the third read, and counts those that come all the same.
    class CancellingSource final : public Source {
    public:
        explicit CancellingSource(Progress& progress) : progress_(progress) {}

        void read(Offset /*start*/, MutableByteSpan out, Offset /*reportedAt*/,
                  Unreadable& /*unreadable*/) const override {
            std::ranges::fill(out, Byte{0x41});
            if (++reads == 3) {
                progress_.cancel();
            }
        }

        Offset zerosAt(Offset /*start*/, Offset /*length*/) const override { return 0; }

        mutable int reads = 0;

    private:
        Progress& progress_;
    };

    Progress progress;
    const auto source = std::make_shared<CancellingSource>(progress);
    const Snapshot snapshot = snapshotOf(source, 1000);
    const Result<FoundBytes> outcome =
        findFirst(snapshot, patternOf("42"), {0, 1000}, backward, progress, {10});
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
    QCOMPARE(source->reads, 3);
}

QTEST_GUILESS_MAIN(FindTest)
#include "find_test.moc"
