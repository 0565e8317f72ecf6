#include "core/search/find.h"
#include "core/search/search_query.h"
#include "core/search/text_encoding.h"
#include "tests/support/snapshot_builder.h"

#include <QtTest>

Q_DECLARE_METATYPE(octavo::core::SearchQuery)

using namespace octavo::core;
using namespace octavo::test;

class SearchQueryTest : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void errors_data();
    void errors();
    void alternatives();
    void everyEncodingOpens();
};

namespace {

SearchQuery text(const char* sought, std::vector<std::string> encodings, bool ignoreCase = false) {
    SearchQuery query;
    query.kind = SearchKind::Text;
    query.text = sought;
    query.encodings = std::move(encodings);
    query.ignoreCase = ignoreCase;
    return query;
}

SearchQuery number(SearchKind kind, const char* sought, unsigned width,
                   SearchOrder order = SearchOrder::Little) {
    SearchQuery query;
    query.kind = kind;
    query.text = sought;
    query.width = width;
    query.order = order;
    return query;
}

SearchQuery of(SearchKind kind, const char* sought) {
    SearchQuery query;
    query.kind = kind;
    query.text = sought;
    return query;
}

SearchQuery longest(SearchQuery query, Offset bytes) {
    query.longestMatch = bytes;
    return query;
}

SearchQuery inverted(SearchQuery query) {
    query.inverted = true;
    return query;
}

SearchQuery ignoringCase(SearchQuery query) {
    query.ignoreCase = true;
    return query;
}

SearchQuery strings(StringEncoding encoding, std::size_t least) {
    SearchQuery query;
    query.kind = SearchKind::Strings;
    query.stringEncoding = encoding;
    query.leastCharacters = least;
    return query;
}

QString hits(const Snapshot& snapshot, const Finder& finder) {
    QStringList all;
    Progress progress;
    const auto outcome =
        findAll(snapshot, finder, {0, snapshot.length()}, progress, [&](const Hit& hit) {
            all += QString("%1+%2").arg(hit.offset).arg(hit.length);
            return true;
        });
    return outcome ? all.join(' ') : QString::fromStdString(outcome.error().message());
}

}  // namespace

void SearchQueryTest::finds_data() {
    QTest::addColumn<SearchQuery>("query");
    QTest::addColumn<QByteArray>("content");  // hexadecimal
    QTest::addColumn<QString>("wanted");

    QTest::newRow("hex") << of(SearchKind::Hex, "4? [00 FF] AA&F0")
                         << QByteArray("41 ff a5 42 01 a0 4f 00 af") << "0+3 6+3";
    QTest::newRow("not hex") << inverted(of(SearchKind::Hex, "00")) << QByteArray("00 00 07 00")
                             << "2+1";
    QTest::newRow("UTF-8") << text("é", {"UTF-8"}) << QByteArray("c3 a9 e9") << "0+2";
    QTest::newRow("Latin-1") << text("é", {"ISO-8859-1"}) << QByteArray("c3 a9 e9") << "2+1";
    QTest::newRow("UTF-16LE") << text("aЖ", {"UTF-16LE"}) << QByteArray("61 00 16 04") << "0+4";
    QTest::newRow("UTF-16 in both orders")
        << text("a", {"utf-16"}) << QByteArray("00 61 61 00 ff") << "0+2 2+2";
    QTest::newRow("UTF-16 surrogates")
        << text("😀", {"UTF-16BE"}) << QByteArray("d8 3d de 00") << "0+4";
    QTest::newRow("KOI8-R") << text("Да", {"koi8-r"}) << QByteArray("e4 c1 00 c4 c1") << "0+2";
    QTest::newRow("KOI8-R in any case")
        << text("Да", {"koi8-r"}, true) << QByteArray("e4 c1 00 c4 c1 c4 e1") << "0+2 3+2 5+2";
    QTest::newRow("Shift-JIS") << text("ア", {"Shift_JIS"}) << QByteArray("83 41") << "0+2";
    QTest::newRow("EBCDIC") << text("AB1", {"ibm-37"}) << QByteArray("c1 c2 f1") << "0+3";
    QTest::newRow("three encodings at once") << text("é", {"UTF-8", "ISO-8859-1", "UTF-16LE"})
                                             << QByteArray("c3 a9 01 e9 00 e9 02") << "0+2 3+1 5+1";
    QTest::newRow("the Kelvin sign is a k")
        << text("kg", {"UTF-8"}, true) << QByteArray("4b 47 e2 84 aa 67") << "0+2 2+4";
    QTest::newRow("long s") << text("SS", {"UTF-8"}, true) << QByteArray("c5 bf 73 53") << "0+3";
    QTest::newRow("sharp s is not ss")
        << text("ß", {"UTF-8"}, true) << QByteArray("73 73 c3 9f e1 ba 9e") << "2+2 4+3";
    QTest::newRow("Cyrillic in any case")
        << text("ПРИВЕТ", {"UTF-8"}, true) << QByteArray("d0 bf d1 80 d0 b8 d0 b2 d0 b5 d1 82")
        << "0+12";
    QTest::newRow("a mixed pair is none")
        << text("р", {"UTF-8"}, true) << QByteArray("d1 a0 d0 80 d0 a0") << "4+2";
    QTest::newRow("integer") << number(SearchKind::Integer, "-2", 2) << QByteArray("fe ff fe")
                             << "0+2";
    QTest::newRow("integers in both orders")
        << number(SearchKind::Integer, "256..258", 2, SearchOrder::Both)
        << QByteArray("01 02 02 01") << "0+2 2+2";
    QTest::newRow("hexadecimal integer") << number(SearchKind::Integer, "0xFFFFFFFFFFFFFFFF", 8)
                                         << QByteArray("ff").repeated(8) << "0+8";
    QTest::newRow("three bytes") << number(SearchKind::Integer, "0x010203", 3, SearchOrder::Big)
                                 << QByteArray("01 02 03") << "0+3";
    QTest::newRow("float") << number(SearchKind::Float, "1.5", 4) << QByteArray("00 00 c0 3f")
                           << "0+4";
    QTest::newRow("negative zero is zero") << number(SearchKind::Float, "0", 4, SearchOrder::Big)
                                           << QByteArray("80 00 00 00") << "0+4";
    QTest::newRow("not a number") << number(SearchKind::Float, "nan", 4, SearchOrder::Big)
                                  << QByteArray("ff c0 00 01") << "0+4";
    QTest::newRow("doubles of a range")
        << number(SearchKind::Float, "-1.5..-1", 8, SearchOrder::Big)
        << QByteArray("bf f4 00 00 00 00 00 00") << "0+8";
    QTest::newRow("expression") << of(SearchKind::Regex, "\\x7fELF[\\x01\\x02]")
                                << QByteArray("7f 45 4c 46 02") << "0+5";
    QTest::newRow("expression in any case")
        << ignoringCase(of(SearchKind::Regex, "elf")) << QByteArray("45 4c 46") << "0+3";
    QTest::newRow("a dot is a line feed too")
        << of(SearchKind::Regex, "a.b") << QByteArray("61 0a 62") << "0+3";
    QTest::newRow("strings") << strings(StringEncoding::Ascii, 3)
                             << QByteArray("61 62 63 00 61 62 01 64 65 66 67") << "0+3 7+4";
    QTest::newRow("UTF-16 strings")
        << strings(StringEncoding::Utf16Le, 2) << QByteArray("61 00 16 04 00 00") << "0+4";
}

void SearchQueryTest::finds() {
    QFETCH(SearchQuery, query);
    QFETCH(QByteArray, content);
    QFETCH(QString, wanted);
    const QByteArray raw = QByteArray::fromHex(content);
    const Bytes bytes(raw.begin(), raw.end());
    const auto finder = makeFinder(query);
    QVERIFY2(finder.ok(), finder.ok() ? "" : finder.error().message().c_str());
    QCOMPARE(hits(snapshotOf(bytes, 1), **finder), wanted);
}

void SearchQueryTest::errors_data() {
    QTest::addColumn<SearchQuery>("query");
    QTest::addColumn<QString>("part");

    QTest::newRow("nothing") << of(SearchKind::Hex, " ") << "empty";
    QTest::newRow("half a byte") << of(SearchKind::Hex, "[0 1]") << "half a byte";
    QTest::newRow("open bracket") << of(SearchKind::Hex, "41 [42") << "[42";
    QTest::newRow("empty bracket") << of(SearchKind::Hex, "[]") << "no byte";
    QTest::newRow("range that descends") << of(SearchKind::Hex, "[42-41]") << "42-41";
    QTest::newRow("half a mask") << of(SearchKind::Hex, "41&") << "hexadecimal";
    QTest::newRow("mask of a wildcard") << of(SearchKind::Hex, "4?&F0") << "F0";
    QTest::newRow("no text") << text("", {"UTF-8"}) << "empty";
    QTest::newRow("text that is not UTF-8") << text("a\xFF", {"UTF-8"}) << "not UTF-8";
    QTest::newRow("no encoding") << text("a", {}) << "1 to 32";
    QTest::newRow("unknown encoding") << text("a", {"no-such"}) << "no-such";
    QTest::newRow("encoding with states")
        << text("a", {"ISO-2022-JP"}) << "depend on what stands before";
    QTest::newRow("UTF-7") << text("a", {"UTF-7"}) << "depend on what stands before";
    QTest::newRow("character that is not there") << text("Ж", {"ISO-8859-1"}) << "U+0416";
    QTest::newRow("inverted any case") << inverted(text("a", {"UTF-8"}, true)) << "inverted";
    QTest::newRow("inverted expression") << inverted(of(SearchKind::Regex, "a")) << "inverted";
    QTest::newRow("bad expression") << of(SearchKind::Regex, "a(b") << "a(b";
    QTest::newRow("no longest match") << longest(of(SearchKind::Regex, "a"), 0) << "268435456";
    QTest::newRow("too long a match")
        << longest(of(SearchKind::Regex, "a"), RegexFinder::kMostLongest + 1) << "268435456";
    QTest::newRow("no integer") << number(SearchKind::Integer, "1x", 4) << "1x";
    QTest::newRow("integer too large") << number(SearchKind::Integer, "256", 1) << "1 byte";
    QTest::newRow("integer too small") << number(SearchKind::Integer, "-129", 1) << "1 byte";
    QTest::newRow("range of both kinds") << number(SearchKind::Integer, "-1..255", 1) << "1 byte";
    QTest::newRow("integer of nine bytes") << number(SearchKind::Integer, "1", 9) << "1 to 8";
    QTest::newRow("integer beyond all")
        << number(SearchKind::Integer, "18446744073709551616", 8) << "too large";
    QTest::newRow("integers that descend") << number(SearchKind::Integer, "2..1", 4) << "2..1";
    QTest::newRow("half a range") << number(SearchKind::Integer, "2..", 4) << "not an integer";
    QTest::newRow("float of three bytes") << number(SearchKind::Float, "1", 3) << "4 or 8";
    QTest::newRow("float too large") << number(SearchKind::Float, "1e39", 4) << "1e39";
    QTest::newRow("no float") << number(SearchKind::Float, "1,5", 4) << "1,5";
    QTest::newRow("strings of nothing") << strings(StringEncoding::Ascii, 0) << "least length";
}

void SearchQueryTest::errors() {
    QFETCH(SearchQuery, query);
    QFETCH(QString, part);
    const auto finder = makeFinder(query);
    QVERIFY(!finder.ok());
    QCOMPARE(finder.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(finder.error().reason).contains(part),
             finder.error().reason.c_str());
}

void SearchQueryTest::alternatives() {
    using Names = std::vector<std::string>;
    QCOMPARE(alternativeNames(text("a", {"UTF-8"})), Names());
    QCOMPARE(alternativeNames(text("a", {"UTF-16", "UTF-8", "UTF-8"})),
             Names({"UTF-16LE", "UTF-16BE", "UTF-8"}));
    QCOMPARE(alternativeNames(number(SearchKind::Integer, "1", 2, SearchOrder::Both)),
             Names({"little-endian", "big-endian"}));
    QCOMPARE(alternativeNames(number(SearchKind::Integer, "1", 1, SearchOrder::Both)), Names());
}

void SearchQueryTest::everyEncodingOpens() {
    const std::vector<std::string> names = encodingNames();
    QVERIFY(names.size() > 100);
    for (const std::string& name : names) {
        auto encoding = TextEncoding::open(name);
        QVERIFY(encoding.ok());
        // Some have double-byte characters only.
        const std::u32string one = encoding->encode(U'A') ? U"A" : U"\u4E00";
        const Result<Bytes> once = encoding->encode(one);
        const Result<Bytes> twice = encoding->encode(one + one);
        QVERIFY2(once.ok() && twice.ok(), name.c_str());
        Bytes joined = *once;
        joined.insert(joined.end(), once->begin(), once->end());
        QVERIFY2(*twice == joined, name.c_str());
    }
}

QTEST_APPLESS_MAIN(SearchQueryTest)
#include "search_query_test.moc"
