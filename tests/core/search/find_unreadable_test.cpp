#include "tests/support/find_bytes.h"
#include "tests/support/reference_search.h"
#include "tests/support/snapshot_builder.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <cstdlib>
#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

/// Unreadable bytes match nothing, not even wildcards or the zeros that stand in for them, and are
/// reported whole.
class FindUnreadableTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void random();
};

namespace {

class PatchySource final : public Source {
public:
    /// With `known`, it tells where it cannot be read before anybody tries.
    PatchySource(ReferenceContent content, bool known)
        : content_(std::move(content)), known_(known) {}

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const Offset at = start + static_cast<Offset>(i);
            const bool readable = content_.isReadable(at);
            out[i] = readable ? content_.bytes[static_cast<std::size_t>(at)] : Byte{0};
            if (!readable) {
                unreadable.add({reportedAt + static_cast<Offset>(i), 1});
            }
        }
    }

    Offset zerosAt(Offset /*start*/, Offset /*length*/) const override { return 0; }

    Offset gapAt(Offset start, Offset length) const override {
        Offset gap = 0;
        while (known_ && gap < length && !content_.isReadable(start + gap)) {
            ++gap;
        }
        return gap;
    }

private:
    ReferenceContent content_;
    bool known_;
};

Pattern patternOf(const std::string& hex) {
    Result<Pattern> pattern = Pattern::fromHex(hex);
    if (!pattern) {
        qFatal("%s: %s", hex.c_str(), pattern.error().message().c_str());
    }
    return *std::move(pattern);
}

QString text(const std::vector<Extent>& extents) {
    QStringList parts;
    for (const Extent& extent : extents) {
        parts += QString("%1+%2").arg(extent.offset).arg(extent.length);
    }
    return parts.join(' ');
}

/// Content from letters, in which '#' is a byte that cannot be read.
ReferenceContent contentOf(const QByteArray& letters) {
    ReferenceContent content;
    for (const char letter : letters) {
        content.bytes.push_back(letter == '#' ? Byte{0} : static_cast<Byte>(letter));
        content.readable.push_back(letter != '#');
    }
    return content;
}

}  // namespace

void FindUnreadableTest::rows_data() {
    QTest::addColumn<QByteArray>("letters");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<bool>("backward");
    QTest::addColumn<qint64>("match");  // -1: none
    QTest::addColumn<QString>("notSearched");

    const auto row = [](const char* name, const char* letters, const char* hex, bool backward,
                        qint64 match, const char* notSearched) {
        QTest::newRow(name) << QByteArray(letters) << QByteArray(hex) << backward << match
                            << QString(notSearched);
    };
    row("nothing readable", "#####", "61", false, -1, "0+5");
    row("zeros stand in", "a###a", "0000", false, -1, "1+3");
    row("wildcards", "##a##", "????", false, -1, "0+2 3+2");
    row("one wildcard", "##a##", "??", false, 2, "0+2");
    row("one wildcard, backward", "##a##", "??", true, 2, "3+2");
    row("match in front", "ab##ab", "6162", false, 0, "");
    row("match behind", "ab##ab", "6162", true, 4, "");
    row("cut by the gap", "a#bab", "6162", false, 3, "1+1");
    row("cut by the gap, backward", "aba#b", "6162", true, 0, "3+1");
    row("between gaps", "#ab#ab", "6162", false, 1, "0+1");
    row("between gaps, backward", "ab#ab#", "6162", true, 3, "5+1");
    row("none", "a#b##c", "6162", false, -1, "1+1 3+2");
    row("none, backward", "a#b##c", "6162", true, -1, "1+1 3+2");
    row("long gap", "ab################cd", "6364", false, 18, "2+16");
    row("long gap, backward", "ab################cd", "6162", true, 0, "2+16");
}

void FindUnreadableTest::rows() {
    QFETCH(QByteArray, letters);
    QFETCH(QByteArray, hex);
    QFETCH(bool, backward);
    QFETCH(qint64, match);
    QFETCH(QString, notSearched);

    for (const Offset chunk : {-5, -3, -2, -1, 1, 2, 3, 5, 1000}) {
        // Negative: the source knows its gaps.
        const Snapshot snapshot = snapshotOf(
            std::make_shared<PatchySource>(contentOf(letters), chunk < 0), letters.size());
        Progress progress;
        const Result<FoundBytes> outcome =
            findFirst(snapshot, patternOf(hex.toStdString()), {0, snapshot.length()}, backward,
                      progress, {std::abs(chunk)});
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->match.value_or(-1), match);
        QCOMPARE(text(outcome->notSearched.extents()), notSearched);
    }
}

void FindUnreadableTest::random() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto upTo = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit + 1));
        };
        for (int round = 0; round < scaled(3000); ++round) {
            QByteArray letters(static_cast<qsizetype>(upTo(60)), 'a');
            for (char& letter : letters) {
                letter = upTo(9) == 0 ? '#' : static_cast<char>('a' + upTo(1));
            }
            for (Offset i = 0, at = upTo(40); i < upTo(12) && at + i < letters.size(); ++i) {
                letters[static_cast<qsizetype>(at + i)] = '#';
            }
            const ReferenceContent content = contentOf(letters);
            const Snapshot snapshot =
                snapshotOf(std::make_shared<PatchySource>(content, upTo(1) == 1), letters.size());
            std::string hex;
            for (Offset i = upTo(3); i >= 0; --i) {
                hex += std::array{"61", "62", "??", "6?"}[static_cast<std::size_t>(upTo(3))];
            }
            const Pattern pattern = patternOf(hex);
            const Offset from = upTo(snapshot.length());
            const Extent range{from, upTo(snapshot.length() - from)};
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
            const std::vector<Offset> wanted = referenceFindAll(content, pattern, range, backward);
            const QByteArray where = QString("round %1: %2 in %3, %4+%5, backward %6")
                                         .arg(round)
                                         .arg(hex.c_str(), letters)
                                         .arg(range.offset)
                                         .arg(range.length)
                                         .arg(backward)
                                         .toLocal8Bit();
            QVERIFY2(found == wanted, where);

            // What the first match does not need to know about is not reported.
            const Result<FoundBytes> first =
                findFirst(snapshot, pattern, range, backward, progress, {1 + upTo(15)});
            QVERIFY(first.ok());
            QVERIFY2(first->match.has_value() == !wanted.empty(), where);
            Extent passed = range;
            if (range.length < pattern.length()) {
                passed = {};
            } else if (first->match && backward) {
                passed = {*first->match, range.end() - *first->match};
            } else if (first->match) {
                passed.length = *first->match - range.offset;
            }
            QVERIFY2(first->match.value_or(-1) == (wanted.empty() ? -1 : wanted.front()), where);
            const QString reported = text(first->notSearched.extents());
            QVERIFY2(reported == text(referenceUnreadable(content, passed)),
                     where + ": reported " + reported.toLatin1());
        }
    }
}

QTEST_GUILESS_MAIN(FindUnreadableTest)
#include "find_unreadable_test.moc"
