#include "core/search/any_finder.h"
#include "core/search/find.h"
#include "core/search/inverted_finder.h"
#include "core/search/masked_finder.h"
#include "core/search/number_finder.h"
#include "core/search/regex_finder.h"
#include "core/search/sequence_finder.h"
#include "core/search/strings_finder.h"
#include "core/search/utf8.h"
#include "tests/support/reference_finder.h"
#include "tests/support/snapshot_builder.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <bit>
#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

// Every kind of finder against its plainest form: in one window, and over a document in pieces,
// chunks and threads.
class FinderTest : public QObject {
    Q_OBJECT

private slots:
    void windows_data() { kinds(); }
    void windows();
    void documents_data() { kinds(); }
    void documents();
    void everyShortNeedle();
    void randomExpressions();
    void simd();

private:
    static void kinds();
};

namespace {

using Maker = std::function<std::unique_ptr<Finder>()>;

struct Kind {
    const char* name;
    Maker make;
    ReferenceMatch reference;
    std::string alphabet;  ///< bytes that make matches, and near misses, common
};

Bytes bytesOf(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

ReferenceMatch ofSets(std::vector<std::string> sets, bool inverted = false) {
    return [sets, inverted](ByteSpan bytes, std::size_t place,
                            std::size_t end) -> std::optional<std::size_t> {
        if (place + sets.size() > end) {
            return std::nullopt;
        }
        bool stands = true;
        for (std::size_t i = 0; i < sets.size(); ++i) {
            stands =
                stands && sets[i].find(static_cast<char>(bytes[place + i])) != std::string::npos;
        }
        return stands != inverted ? std::optional(sets.size()) : std::nullopt;
    };
}

ReferenceMatch ofSequence(std::vector<std::vector<std::string>> elements) {
    return [elements](ByteSpan bytes, std::size_t place,
                      std::size_t end) -> std::optional<std::size_t> {
        std::optional<std::size_t> longest;
        const std::function<void(std::size_t, std::size_t)> go = [&](std::size_t element,
                                                                     std::size_t at) {
            if (element == elements.size()) {
                longest = std::max(longest.value_or(0), at - place);
                return;
            }
            for (const std::string& each : elements[element]) {
                if (at + each.size() <= end &&
                    std::equal(each.begin(), each.end(), bytes.begin() + static_cast<long>(at),
                               [](char a, Byte b) { return static_cast<Byte>(a) == b; })) {
                    go(element + 1, at + each.size());
                }
            }
        };
        go(0, place);
        return longest;
    };
}

SequenceFinder sequence(const std::vector<std::vector<std::string>>& elements) {
    std::vector<SequenceFinder::Element> all;
    for (const auto& element : elements) {
        all.emplace_back();
        for (const std::string& each : element) {
            all.back().push_back(bytesOf(each));
        }
    }
    return SequenceFinder(std::move(all));
}

ReferenceMatch ofNumber(unsigned width, bool big, std::function<bool(std::uint64_t)> admits) {
    return [=](ByteSpan bytes, std::size_t place, std::size_t end) -> std::optional<std::size_t> {
        if (place + width > end) {
            return std::nullopt;
        }
        std::uint64_t bits = 0;
        for (unsigned i = 0; i < width; ++i) {
            bits |= std::uint64_t{bytes[place + i]} << 8U * (big ? width - 1 - i : i);
        }
        return admits(bits) ? std::optional<std::size_t>(width) : std::nullopt;
    };
}

ReferenceMatch ofAny(std::vector<ReferenceMatch> all) {
    return [all](ByteSpan bytes, std::size_t place, std::size_t end) -> std::optional<std::size_t> {
        for (const ReferenceMatch& each : all) {
            if (const auto length = each(bytes, place, end)) {
                return length;
            }
        }
        return std::nullopt;
    };
}

/// The length of the character at a place, 0 where it is not printable.
using Characters = std::function<std::size_t(ByteSpan bytes, std::size_t at, std::size_t end)>;

ReferenceMatch ofStrings(std::size_t least, std::size_t longestCharacter, Characters character) {
    return [=](ByteSpan bytes, std::size_t place, std::size_t end) -> std::optional<std::size_t> {
        for (std::size_t size = 1; size <= std::min(longestCharacter, place); ++size) {
            if (character(bytes, place - size, place) == size) {
                return std::nullopt;
            }
        }
        std::size_t at = place;
        std::size_t count = 0;
        while (const std::size_t size = at < end ? character(bytes, at, end) : 0) {
            at += size;
            ++count;
        }
        return count >= least ? std::optional(at - place) : std::nullopt;
    };
}

std::size_t asciiCharacter(ByteSpan bytes, std::size_t at, std::size_t /*end*/) {
    return (bytes[at] >= ' ' && bytes[at] <= '~') || bytes[at] == '\t' ? 1 : 0;
}

std::size_t utf16Character(ByteSpan bytes, std::size_t at, std::size_t end, bool big) {
    if (at + 2 > end) {
        return 0;
    }
    const unsigned unit = big ? bytes[at] * 256U + bytes[at + 1] : bytes[at + 1] * 256U + bytes[at];
    const bool printable =
        (unit >= 0x20 && unit <= 0x7E) || unit == 9 || (unit >= 0xA0 && unit < 0x590);
    return printable ? 2 : 0;
}

std::size_t utf8Printable(ByteSpan bytes, std::size_t at, std::size_t end) {
    if (bytes[at] < 0x80) {
        return asciiCharacter(bytes, at, end);
    }
    const Utf8Character next = utf8Character(bytes.subspan(at, end - at));
    return isPrintableCharacter(next.point) ? next.size : 0;
}

Maker regex(std::string pattern, Offset longest, bool usesPrefix, RegexOptions options = {}) {
    return [=]() -> std::unique_ptr<Finder> {
        auto finder = RegexFinder::compile(pattern, {options, longest, usesPrefix});
        if (!finder) {
            qFatal("%s: %s", pattern.c_str(), finder.error().message().c_str());
        }
        return *std::move(finder);
    };
}

ReferenceMatch ofRegex(const std::string& pattern, Offset longest, RegexOptions options = {}) {
    const Regex expression = *Regex::compile(pattern, options);
    return [=](ByteSpan bytes, std::size_t place, std::size_t end) -> std::optional<std::size_t> {
        if (place > end) {
            return std::nullopt;
        }
        const Offset length = std::min(longest, static_cast<Offset>(end - place));
        const auto found =
            expression.find(bytes, {static_cast<Offset>(place), length}, Regex::Place::AtStart);
        return found ? std::optional(static_cast<std::size_t>(found->length)) : std::nullopt;
    };
}

Kind ofExpression(const char* name, const std::string& pattern, Offset longest, bool usesPrefix,
                  const std::string& alphabet, RegexOptions options = {}) {
    return {name, regex(pattern, longest, usesPrefix, options), ofRegex(pattern, longest, options),
            alphabet};
}

template <typename Made, typename... Parts>
Maker maker(Parts... parts) {
    return [parts...]() -> std::unique_ptr<Finder> { return std::make_unique<Made>(parts...); };
}

std::unique_ptr<Finder> anyOf(std::vector<Maker> makers) {
    std::vector<std::unique_ptr<Finder>> finders;
    for (const Maker& each : makers) {
        finders.push_back(each());
    }
    return std::make_unique<AnyFinder>(std::move(finders));
}

const std::vector<Kind>& allKinds() {
    using Elements = std::vector<std::vector<std::string>>;
    static const std::string zero(1, '\0');
    static const auto admitsSigned = [](std::uint64_t bits) {
        const auto value = static_cast<std::int16_t>(bits);
        return value >= -2 && value <= 300;
    };
    static const auto admitsFloat = [](std::uint64_t bits) {
        const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        return value >= -0.5F && value <= 2.0F;
    };
    static const Elements folded{{"k", "K", "\xE2\x84\xAA"}, {"a", "A"}, {"s", "S", "\xC5\xBF"}};
    static const Elements middle{{"s", "\xC5\xBF"}, {"ab", "Ab"}, {"s", "\xC5\xBF"}};
    static const Elements open{{"s", "ss"}, {"s", "sa"}};
    const Pattern sets = *Pattern::fromHex("[61 63] 62 [61-63]");
    static const std::vector<Kind> kinds{
        {"one byte", maker<MaskedFinder>(*Pattern::fromHex("61")), ofSets({"a"}), "ab"},
        {"mask", maker<MaskedFinder>(*Pattern::fromHex("61&FD 62")), ofSets({"ac", "b"}), "abc"},
        {"sets", maker<MaskedFinder>(sets), ofSets({"ac", "b", "abc"}), "abcd"},
        {"zeros", maker<MaskedFinder>(*Pattern::fromHex("00 00")), ofSets({zero, zero}),
         zero + zero + "a"},
        {"not a byte", maker<InvertedFinder>(*Pattern::fromHex("61")), ofSets({"a"}, true),
         "aaaaaaaaaaaaaab"},
        {"not a set", maker<InvertedFinder>(*Pattern::fromHex("[61 62]")), ofSets({"ab"}, true),
         "abababc"},
        {"not two bytes", maker<InvertedFinder>(*Pattern::fromHex("61 62")),
         ofSets({"a", "b"}, true), "ab"},
        {"folded", [] { return std::make_unique<SequenceFinder>(sequence(folded)); },
         ofSequence(folded), "kKaAsS\xE2\x84\xAA\xC5\xBF"},
        {"anchor in the middle", [] { return std::make_unique<SequenceFinder>(sequence(middle)); },
         ofSequence(middle), "sabA\xC5\xBF"},
        {"no anchor", [] { return std::make_unique<SequenceFinder>(sequence(open)); },
         ofSequence(open), "sa"},
        {"integer", maker<NumberFinder>(*IntegerRange::parse("97"), 2U, ByteOrder::Big),
         ofNumber(2, true, [](std::uint64_t bits) { return bits == 97; }), zero + "a"},
        {"integers", maker<NumberFinder>(*IntegerRange::parse("0x1..0x161"), 3U, ByteOrder::Little),
         ofNumber(3, false, [](std::uint64_t bits) { return bits >= 1 && bits <= 0x161; }),
         zero + zero + "\x01\x62"},
        {"signed", maker<NumberFinder>(*IntegerRange::parse("-2..300"), 2U, ByteOrder::Little),
         ofNumber(2, false, admitsSigned), zero + "\x01\xFE\xFF"},
        {"floats", maker<NumberFinder>(*FloatRange::parse("-0.5..2", 4), 4U, ByteOrder::Big),
         ofNumber(4, true, admitsFloat), zero + "\x80\xBF\x3F\x40"},
        {"any",
         [] {
             return anyOf({maker<MaskedFinder>(*Pattern::fromHex("61 61 62")),
                           maker<MaskedFinder>(*Pattern::fromHex("62 61")), regex("a+", 3, true)});
         },
         ofAny({ofSets({"a", "a", "b"}), ofSets({"b", "a"}), ofRegex("a+", 3)}), "ab"},
        {"strings", maker<StringsFinder>(StringEncoding::Ascii, std::size_t{3}),
         ofStrings(3, 1, asciiCharacter), "ab~\x7F\x1F\t"},
        {"long strings", maker<StringsFinder>(StringEncoding::Ascii, std::size_t{40}),
         ofStrings(40, 1, asciiCharacter),
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\x01"},
        {"UTF-8 strings", maker<StringsFinder>(StringEncoding::Utf8, std::size_t{2}),
         ofStrings(2, 4, utf8Printable), "a\xC3\xA9\xE2\x82\xAC\x01"},
        {"UTF-16LE strings", maker<StringsFinder>(StringEncoding::Utf16Le, std::size_t{2}),
         ofStrings(2, 2,
                   [](ByteSpan bytes, std::size_t at, std::size_t end) {
                       return utf16Character(bytes, at, end, false);
                   }),
         zero + zero + "ab\x04\x06"},
        {"UTF-16BE strings", maker<StringsFinder>(StringEncoding::Utf16Be, std::size_t{3}),
         ofStrings(3, 2,
                   [](ByteSpan bytes, std::size_t at, std::size_t end) {
                       return utf16Character(bytes, at, end, true);
                   }),
         zero + zero + "ab\x04"},
        ofExpression("expression", "a+b", 7, true, "abc"),
        ofExpression("expression without its prefix", "a+b", 7, false, "abc"),
        ofExpression("expression that is cut", "[ab]+", 5, true, "aabbc"),
        ofExpression("expression that may be empty", "a*", 4, true, "ab"),
        ofExpression("long or short", "a.*c|a", 4, true, "abc", {.dotMatchesNewline = true}),
        ofExpression("ends", "^a|b$|\\Ac|c\\z", 9, true, "abc"),
        ofExpression("lines", "^a+$", 9, true, "aa\n", {.multiLine = true}),
        ofExpression("words", "\\bab\\b|\\B-", 9, true, "ab- "),
        ofExpression("zeros in an expression", "\\x00+a?", 6, true, zero + zero + "a"),
        ofExpression("any case", "(?i)aB", 9, true, "aAbBc"),
        ofExpression("a nested expression", "(?:ab|c(?i:d)){2}e?", 9, true, "abcdDe"),
    };
    return kinds;
}

const Kind& kindOf(const QByteArray& name) {
    return *std::ranges::find_if(allKinds(), [&](const Kind& kind) { return name == kind.name; });
}

Bytes randomBytes(std::mt19937_64& engine, const std::string& alphabet, std::size_t size) {
    Bytes bytes(size);
    for (Byte& byte : bytes) {
        byte = static_cast<Byte>(alphabet[engine() % alphabet.size()]);
    }
    return bytes;
}

QString text(const std::vector<Hit>& hits) {
    QStringList parts;
    for (const Hit& hit : hits) {
        parts += QString("%1+%2").arg(hit.offset).arg(hit.length);
    }
    return parts.join(' ');
}

QString hexOf(const Bytes& bytes) {
    return QByteArray(reinterpret_cast<const char*>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()))
        .toHex(' ');
}

/// The hits of the search, told as the reference does.
std::vector<Hit> found(const Snapshot& snapshot, const Finder& finder, Extent range,
                       const FindOptions& options) {
    std::vector<Hit> hits;
    Progress progress;
    const auto outcome = findAll(
        snapshot, finder, range, progress,
        [&](const Hit& hit) {
            hits.push_back({hit.offset, hit.length, 0, false});
            return true;
        },
        options);
    if (!outcome || !outcome->notSearched.isEmpty() || outcome->stoppedAt) {
        qFatal("findAll failed");
    }
    return hits;
}

}  // namespace

void FinderTest::kinds() {
    QTest::addColumn<QByteArray>("kind");
    for (const Kind& kind : allKinds()) {
        QTest::newRow(kind.name) << QByteArray(kind.name);
    }
}

void FinderTest::windows() {
    QFETCH(QByteArray, kind);
    const Kind& wanted = kindOf(kind);
    const std::unique_ptr<Finder> finder = wanted.make();
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(30); ++round) {
            const Bytes bytes = randomBytes(engine, wanted.alphabet, engine() % 90);
            finder->prepare(bytes);
            const std::size_t end = bytes.size();
            for (int i = 0; i < 20; ++i) {
                const std::size_t from = engine() % (end + 1);
                const std::size_t to = from + engine() % (end + 2 - from);
                std::optional<FinderMatch> first;
                std::optional<FinderMatch> last;
                for (std::size_t at = from; at < to; ++at) {
                    if (const auto length = wanted.reference(bytes, at, end)) {
                        last = FinderMatch{at, *length};
                        first = first ? first : last;
                    }
                }
                const auto same = [](const auto& a, const auto& b) {
                    return a.has_value() == b.has_value() &&
                           (!a || (a->position == b->position && a->length == b->length));
                };
                const FinderWindow window{bytes, from, to, end};
                const QString where = QString("%1 [%2, %3)").arg(hexOf(bytes)).arg(from).arg(to);
                QVERIFY2(same(finder->first(window), first), qPrintable(where));
                QVERIFY2(same(finder->last(window), last), qPrintable(where));
            }
        }
    }
}

void FinderTest::documents() {
    QFETCH(QByteArray, kind);
    const Kind& wanted = kindOf(kind);
    const std::unique_ptr<Finder> finder = wanted.make();
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto upTo = [&engine](Offset most) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(most + 1));
        };
        for (int round = 0; round < scaled(30); ++round) {
            const Bytes bytes = randomBytes(engine, wanted.alphabet, engine() % 200);
            const auto snapshot = snapshotOf(bytes, [&] { return 1 + upTo(4); });
            const Offset from = upTo(upTo(snapshot.length()));
            const Extent range{from,
                               snapshot.length() - from - upTo(upTo(snapshot.length() - from))};
            for (const unsigned threads : {1U, 2U, 4U}) {
                FindOptions options{.chunkLength = 1 + upTo(15),
                                    .backward = threads == 1 && upTo(1) == 1,
                                    .overlapping = upTo(2) == 0,
                                    .alignment = {1 + upTo(2), upTo(5)},
                                    .threads = threads};
                if (upTo(2) == 0) {
                    options.beginsBefore = upTo(snapshot.length());
                }
                const auto hits = found(snapshot, *finder, range, options);
                const auto reference = referenceHits(bytes, wanted.reference, range, options);
                QVERIFY2(hits == reference,
                         qPrintable(QString("%1 range %2+%3, chunk %4, threads %5, backward %6, "
                                            "overlapping %7, every %8 from %9: %10, wanted %11")
                                        .arg(hexOf(bytes))
                                        .arg(range.offset)
                                        .arg(range.length)
                                        .arg(options.chunkLength)
                                        .arg(threads)
                                        .arg(options.backward)
                                        .arg(options.overlapping)
                                        .arg(options.alignment.every)
                                        .arg(options.alignment.from)
                                        .arg(text(hits), text(reference))));
                Progress progress;
                const auto first = findFirst(snapshot, *finder, range, progress, options);
                QVERIFY(first.ok());
                QCOMPARE(first->match.has_value(), !reference.empty());
                if (first->match) {
                    QCOMPARE(first->match->extent(), reference.front().extent());
                }
            }
        }
    }
}

// All needles of up to four letters in all haystacks of twelve over two letters.
void FinderTest::everyShortNeedle() {
    const auto letters = [](unsigned number, std::size_t size) {
        std::string all(size, 'a');
        for (std::size_t i = 0; i < size; ++i) {
            all[i] = (number >> i & 1U) != 0 ? 'b' : 'a';
        }
        return all;
    };
    for (std::size_t size = 1; size <= 4; ++size) {
        for (unsigned number = 0; number < 1U << size; ++number) {
            const std::string needle = letters(number, size);
            MaskedFinder finder(Pattern::fromBytes(bytesOf(needle)));
            for (unsigned other = 0; other < 1U << 12U; ++other) {
                const std::string hay = letters(other, 12);
                const Bytes bytes = bytesOf(hay);
                const std::size_t first = hay.find(needle);
                const std::size_t last = hay.rfind(needle);
                const FinderWindow window{bytes, 0, bytes.size(), bytes.size()};
                const auto isAt = [](const auto& match, std::size_t place) {
                    return place == std::string::npos ? !match : match && match->position == place;
                };
                QVERIFY(isAt(finder.first(window), first));
                QVERIFY(isAt(finder.last(window), last));
            }
        }
    }
}

namespace {

/// An expression over a few letters that RE2 takes, with everything the prefix has to understand.
std::string randomExpression(std::mt19937_64& engine, int depth) {
    static const std::vector<std::string> atoms{
        "a",       "b",     "c",           ".",        "[ab]",  "[^a]", "\\d",  "\\x61",
        "\\x{62}", "[a-c]", "[\\d\\n]",    "\\W",      "\\n",   "^",    "$",    "\\b",
        "\\B",     "\\A",   "\\z",         "[]a]",     "[^]b]", "\\.",  "[-a]", "[a\\-]",
        "{",       "\\s",   "[[:alpha:]]", "\\Qa.\\E", "\\pL",  "\\C"};
    std::string all;
    for (std::uint64_t count = 1 + engine() % 3; count > 0; --count) {
        std::string atom;
        if (depth > 0 && engine() % 3 == 0) {
            static const std::vector<std::string> groups{
                "(", "(?:", "(?i:", "(?s:", "(?P<n>", "(?-s:", "(?im:"};
            const std::string group = groups[engine() % groups.size()];
            atom = group + randomExpression(engine, depth - 1);
            if (engine() % 2 == 0) {
                atom += "|" + randomExpression(engine, depth - 1);
            }
            atom += ")";
        } else {
            atom = atoms[engine() % atoms.size()];
        }
        static const std::vector<std::string> counts{
            "", "", "", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "{0}", "{,2}", "+?"};
        all += atom + counts[engine() % counts.size()];
    }
    return all;
}

}  // namespace

// What the prefix says of an expression is never more than is true.
void FinderTest::randomExpressions() {
    int taken = 0;
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(1000); ++round) {
            const std::string pattern =
                (engine() % 8 == 0 ? "(?i)" : "") + randomExpression(engine, 2);
            const RegexOptions options{.ignoreCase = engine() % 4 == 0,
                                       .dotMatchesNewline = engine() % 2 == 0,
                                       .multiLine = engine() % 4 == 0};
            constexpr Offset kLongest = 8;
            const auto finder = RegexFinder::compile(pattern, {options, kLongest, true});
            if (!finder) {
                continue;  // not an expression
            }
            ++taken;
            const ReferenceMatch reference = ofRegex(pattern, kLongest, options);
            for (int i = 0; i < 10; ++i) {
                const Bytes bytes = randomBytes(engine, "aAbBc1\n. {", engine() % 30);
                const Extent range{0, static_cast<Offset>(bytes.size())};
                const auto snapshot = snapshotOf(bytes, 3);
                const FindOptions find{
                    .chunkLength = 5, .backward = engine() % 2 == 0, .overlapping = true};
                const auto hits = found(snapshot, **finder, range, find);
                const auto wanted = referenceHits(bytes, reference, range, find);
                QVERIFY2(hits == wanted,
                         qPrintable(QString("%1 in %2: %3, wanted %4")
                                        .arg(QString::fromStdString(pattern), hexOf(bytes),
                                             text(hits), text(wanted))));
            }
        }
    }
    QVERIFY(taken > scaled(1000) / 2);
}

// Each set of vector instructions, with 0 to 130 bytes before and behind what is sought.
void FinderTest::simd() {
    for (const Simd simd : availableSimd()) {
        for (std::size_t before = 0; before <= 130; ++before) {
            for (std::size_t behind = 0; behind <= 130; behind += 1 + behind / 8) {
                Bytes bytes(before, 0x01);
                for (const char c : {'a', 'b', 'c', 'd', 'e'}) {
                    bytes.push_back(static_cast<Byte>(c));
                }
                bytes.insert(bytes.end(), behind, 0x01);
                const FinderWindow window{bytes, 0, bytes.size() + 1, bytes.size()};
                MaskedFinder masked(*Pattern::fromHex("61 ?? 6? [62-64] 65"), simd);
                StringsFinder strings(StringEncoding::Ascii, 5, simd);
                for (Finder* finder : std::initializer_list<Finder*>{&masked, &strings}) {
                    const auto first = finder->first(window);
                    const auto last = finder->last(window);
                    QVERIFY(first && last && *first == *last);
                    QCOMPARE(first->position, before);
                    QCOMPARE(first->length, std::size_t{5});
                }
            }
        }
    }
}

QTEST_APPLESS_MAIN(FinderTest)
#include "finder_test.moc"
