#include "core/search/matcher.h"
#include "tests/support/reference_search.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

class MatcherTest : public QObject {
    Q_OBJECT

private slots:
    void paddings_data();
    void paddings();
    void hostile_data();
    void hostile();
    void random();
    void tuningChangesNothing();
};

namespace {

using Found = std::optional<std::size_t>;

Found asPosition(std::optional<Offset> offset) {
    return offset ? Found(static_cast<std::size_t>(*offset)) : std::nullopt;
}

/// Empty where the matcher finds what the reference finds, in both directions.
QString difference(const Matcher& matcher, const ReferenceContent& content) {
    const Extent all{0, static_cast<Offset>(content.bytes.size())};
    for (const bool backward : {false, true}) {
        const Found wanted =
            asPosition(referenceFindFirst(content, matcher.pattern(), all, backward));
        const Found found = backward ? matcher.last(content.bytes) : matcher.first(content.bytes);
        if (found != wanted) {
            return QString("backward %1, %2 bytes: found %3, wanted %4")
                .arg(backward)
                .arg(all.length)
                .arg(found ? static_cast<qint64>(*found) : -1)
                .arg(wanted ? static_cast<qint64>(*wanted) : -1);
        }
    }
    return {};
}

Bytes repeated(std::string_view unit, std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<Byte>(unit[i % unit.size()]);
    }
    return bytes;
}

}  // namespace

// Each pattern at each place around the step of 64, with every amount of data behind it.
void MatcherTest::paddings_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("one byte") << QByteArray("7A");
    QTest::newRow("two bytes") << QByteArray("7A 79");
    QTest::newRow("two alike") << QByteArray("7A 7A");
    QTest::newRow("nibble") << QByteArray("7?");
    QTest::newRow("eight") << QByteArray("61 62 63 64 65 66 67 7A");
    QTest::newRow("seventeen") << QByteArray("00").repeated(16) + "7A";
    QTest::newRow("masked") << QByteArray("7A ?? 4? ?1");
    QTest::newRow("masked at the ends") << QByteArray("?? 7A ??");
}

void MatcherTest::paddings() {
    QFETCH(QByteArray, hex);
    const Result<Pattern> pattern = Pattern::fromHex(hex.toStdString());
    QVERIFY(pattern.ok());
    const Matcher matcher(*pattern);
    for (std::size_t before = 0; before < 140; ++before) {
        for (std::size_t after = 0; after < 140; after += 1 + after / 8) {
            ReferenceContent content;
            content.bytes.assign(before, Byte{0x11});
            for (const Byte byte : pattern->bytes()) {
                content.bytes.push_back(byte);
            }
            content.bytes.insert(content.bytes.end(), after, Byte{0x11});
            const QString wrong = difference(matcher, content);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }
}

// Data that lets nearly every place through the filter, large enough to leave it.
void MatcherTest::hostile_data() {
    QTest::addColumn<QByteArray>("unit");
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<qint64>("matchAt");  // negative: nowhere

    const QByteArray zeros(40, '\0');
    const auto row = [](const char* name, const QByteArray& unit, const QByteArray& needle) {
        for (const qint64 at : {qint64{-1}, qint64{0}, qint64{30'000}, qint64{99'000}}) {
            QTest::addRow("%s at %lld", name, static_cast<long long>(at)) << unit << needle << at;
        }
    };
    row("zeros, one in the middle", QByteArray(1, '\0'), zeros + '\1' + zeros);
    row("zeros, one at the end", QByteArray(1, '\0'), zeros + '\1');
    row("zeros, one in front", QByteArray(1, '\0'), '\1' + zeros);
    row("period of two", "ab",
        QByteArray("ab").repeated(20) + "aa" + QByteArray("ab").repeated(20));
    row("period of three", "abc", QByteArray("abc").repeated(30) + "b");
    row("needle of 300", "aab", QByteArray("aab").repeated(100) + "ab");
    row("almost everywhere", "aaaaaaaab", QByteArray("aaaaaaaabaaaaaaaaa"));
}

void MatcherTest::hostile() {
    QFETCH(QByteArray, unit);
    QFETCH(QByteArray, needle);
    QFETCH(qint64, matchAt);

    ReferenceContent content{repeated(unit.toStdString(), 100'000), {}};
    const Result<Pattern> pattern = Pattern::fromText(needle.toStdString());
    QVERIFY(pattern.ok());
    if (matchAt >= 0) {
        std::copy(pattern->bytes().begin(), pattern->bytes().end(),
                  content.bytes.begin() + matchAt);
    }
    Matcher matcher(*pattern);
    matcher.tune(content.bytes);
    const QString wrong = difference(matcher, content);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(matcher.first(content.bytes).has_value(), matchAt >= 0);
}

void MatcherTest::random() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](std::size_t limit) {
            return static_cast<std::size_t>(engine() % limit);
        };
        for (int round = 0; round < scaled(4000); ++round) {
            const std::size_t letters = 1 + below(4);
            ReferenceContent content;
            content.bytes.resize(below(400));
            for (Byte& byte : content.bytes) {
                byte = static_cast<Byte>(0x10 + below(letters) * 0x11);
            }
            std::string hex;
            for (std::size_t i = 1 + below(below(4) == 0 ? 90 : 6); i > 0; --i) {
                const char high = "?12345"[below(8) == 0 ? 0 : 1 + below(letters)];
                const char low = "?01234"[below(8) == 0 ? 0 : 1 + below(letters)];
                hex += {high, low};
            }
            const Result<Pattern> pattern = Pattern::fromHex(hex);
            QVERIFY(pattern.ok());
            Matcher matcher(*pattern);
            if (below(2) == 0) {
                matcher.tune(content.bytes);
            }
            const QString wrong = difference(matcher, content);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("round %1, pattern %2: %3")
                                                     .arg(round)
                                                     .arg(QString::fromStdString(hex), wrong)));
        }
    }
}

void MatcherTest::tuningChangesNothing() {
    const Result<Pattern> pattern = Pattern::fromHex("61 62 ?3 64");
    QVERIFY(pattern.ok());
    ReferenceContent content{repeated("xxxxabcdabxd", 1000), {}};
    Matcher matcher(*pattern);
    for (const char* sample : {"a", "b", "c", "d", "ab", "cd", "abc", "x"}) {
        matcher.tune(repeated(sample, 5000));
        const QString wrong = difference(matcher, content);
        QVERIFY2(wrong.isEmpty(), qPrintable(QString(sample) + ": " + wrong));
    }
}

QTEST_GUILESS_MAIN(MatcherTest)
#include "matcher_test.moc"
