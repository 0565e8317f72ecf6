#include "core/search/pattern.h"

#include <QtTest>

using namespace octavo::core;

class PatternTest : public QObject {
    Q_OBJECT

private slots:
    void hex_data();
    void hex();
    void wrongHex_data();
    void wrongHex();
    void text_data();
    void text();
    void matchesAt_data();
    void matchesAt();
    void properties_data();
    void properties();
};

namespace {

QByteArray toArray(ByteSpan bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

QByteArray hexOf(const QByteArray& hex) {
    return QByteArray::fromHex(hex);
}

}  // namespace

void PatternTest::hex_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("mask");

    const auto row = [](const char* name, const char* text, const char* bytes, const char* mask) {
        QTest::newRow(name) << QByteArray(text) << hexOf(bytes) << hexOf(mask);
    };
    row("one byte", "00", "00", "FF");
    row("upper case", "DEADBEEF", "DEADBEEF", "FFFFFFFF");
    row("lower case", "deadbeef", "DEADBEEF", "FFFFFFFF");
    row("mixed case", "dEaD", "DEAD", "FFFF");
    row("blanks between", "DE AD  BE\tEF", "DEADBEEF", "FFFFFFFF");
    row("blanks around", "  DE AD\n", "DEAD", "FFFF");
    row("all digits", "0123456789abcdef", "0123456789ABCDEF", "FFFFFFFFFFFFFFFF");
    row("wildcard", "??", "00", "00");
    row("wildcard between", "DE ?? AD", "DE00AD", "FF00FF");
    row("wildcards without blanks", "de??ad??", "DE00AD00", "FF00FF00");
    row("high nibble", "4?", "40", "F0");
    row("low nibble", "?F", "0F", "0F");
    row("mask", "AA&F0", "A0", "F0");
    row("masks without blanks", "AA&3F55&0F", "2A05", "3F0F");
    row("one alternative", "[41]", "41", "FF");
    row("alternatives that are a mask", "[40 41]", "40", "FE");
    row("alternatives without blanks", "[4041]42", "4042", "FEFF");
    row("a range that is a mask", "[40-4F]", "40", "F0");
    row("a wildcard among alternatives", "[ 4? 5? ]", "40", "E0");
    row("alternatives that no mask can tell", "[41 42 43]", "40", "FC");
    row("all kinds", "DE AD ?? 4? ?F", "DEAD00400F", "FFFF00F00F");
}

void PatternTest::hex() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, mask);

    const Result<Pattern> pattern =
        Pattern::fromHex({text.data(), static_cast<size_t>(text.size())});
    QVERIFY2(pattern.ok(), pattern ? "" : pattern.error().message().c_str());
    QCOMPARE(pattern->length(), bytes.size());
    QCOMPARE(toArray(pattern->bytes()), bytes);
    QCOMPARE(toArray(pattern->mask()), mask);
}

void PatternTest::wrongHex_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");

    QTest::newRow("empty") << QByteArray() << "empty";
    QTest::newRow("blanks") << QByteArray(" \t ") << "empty";
    QTest::newRow("half a byte") << QByteArray("D") << "half a byte: D";
    QTest::newRow("half a byte at the end") << QByteArray("DEA") << "half a byte: A";
    QTest::newRow("half a byte between") << QByteArray("DE A DB") << "half a byte: A";
    QTest::newRow("half a wildcard") << QByteArray("DE ?") << "half a byte: ?";
    QTest::newRow("letter") << QByteArray("DE AG") << "digit or ?: G";
    QTest::newRow("letter first") << QByteArray("xyz") << "digit or ?: xyz";
    QTest::newRow("prefix") << QByteArray("0xDE") << "digit or ?: xDE";
    QTest::newRow("comma") << QByteArray("DE,AD") << "digit or ?: ,AD";
    QTest::newRow("star") << QByteArray("D*") << "digit or ?: *";
    QTest::newRow("line end shown") << QByteArray("z\nz") << "digit or ?: z\\nz";
    QTest::newRow("NUL") << QByteArray("D\0", 2) << "digit or ?: \\x00";
    QTest::newRow("byte above 7F") << QByteArray("\xC3\xA4") << "digit or ?: ";
    QTest::newRow("long") << QByteArray(100, 'g') << "digit or ?: gggggggggggggggggggg...";
}

void PatternTest::wrongHex() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);

    const Result<Pattern> pattern =
        Pattern::fromHex({text.data(), static_cast<size_t>(text.size())});
    QVERIFY(!pattern.ok());
    QCOMPARE(pattern.error().code, ErrorCode::InvalidArgument);
    const QString message = QString::fromLatin1(pattern.error().message().c_str());
    QVERIFY2(message.contains(reason), qPrintable(message));
}

void PatternTest::text_data() {
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("word") << QByteArray("hello");
    QTest::newRow("looks like hex") << QByteArray("DE ??");
    QTest::newRow("UTF-8") << QByteArray("gr\xC3\xBC\xC3\x9F");
    QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE\x80");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("blanks") << QByteArray("  ");
}

void PatternTest::text() {
    QFETCH(QByteArray, text);

    const Result<Pattern> pattern =
        Pattern::fromText({text.data(), static_cast<size_t>(text.size())});
    QVERIFY(pattern.ok());
    QCOMPARE(toArray(pattern->bytes()), text);
    QVERIFY(pattern->isLiteral());
    QVERIFY(!Pattern::fromText("").ok());
}

void PatternTest::matchesAt_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("matches");

    const auto row = [](const char* name, const char* pattern, const char* data, bool matches) {
        QTest::newRow(name) << QByteArray(pattern) << hexOf(data) << matches;
    };
    row("same", "DEAD", "DEAD", true);
    row("more behind", "DEAD", "DEADBEEF", true);
    row("first differs", "DEAD", "DFAD", false);
    row("last differs", "DEAD", "DEAC", false);
    row("wildcard", "DE??AD", "DE77AD", true);
    row("beside the wildcard", "DE??AD", "DE77AC", false);
    row("high nibble", "4?", "4C", true);
    row("wrong high nibble", "4?", "5C", false);
    row("low nibble", "?C", "4C", true);
    row("wrong low nibble", "?C", "4D", false);
    row("eight bytes", "0011223344556677", "0011223344556677", true);
    row("eighth differs", "0011223344556677", "0011223344556678", false);
    row("nine bytes", "001122334455667788", "001122334455667788", true);
    row("ninth differs", "001122334455667788", "001122334455667789", false);
    row("masked in a word", "00112233??5566?788", "00112233FF55669788", true);
    row("masked in a word, wrong", "00112233??5566?788", "00112233FF55669688", false);
}

void PatternTest::matchesAt() {
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, data);
    QFETCH(bool, matches);

    const Result<Pattern> made =
        Pattern::fromHex({pattern.data(), static_cast<size_t>(pattern.size())});
    QVERIFY(made.ok());
    QCOMPARE(made->matchesAt(reinterpret_cast<const Byte*>(data.constData())), matches);
}

void PatternTest::properties_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("literal");
    QTest::addColumn<bool>("zeros");

    QTest::newRow("bytes") << QByteArray("DEAD") << true << false;
    QTest::newRow("zeros") << QByteArray("00 00") << true << true;
    QTest::newRow("zeros and wildcards") << QByteArray("00 ?? 0? ?0") << false << true;
    QTest::newRow("wildcard alone") << QByteArray("??") << false << true;
    QTest::newRow("one bit of a nibble") << QByteArray("00 ?1") << false << false;
    QTest::newRow("high nibble") << QByteArray("1? 00") << false << false;
    QTest::newRow("all but the last") << QByteArray("00 00 01") << true << false;
}

void PatternTest::properties() {
    QFETCH(QByteArray, pattern);
    QFETCH(bool, literal);
    QFETCH(bool, zeros);

    const Result<Pattern> made =
        Pattern::fromHex({pattern.data(), static_cast<size_t>(pattern.size())});
    QVERIFY(made.ok());
    QCOMPARE(made->isLiteral(), literal);
    QCOMPARE(made->matchesZeros(), zeros);
}

QTEST_GUILESS_MAIN(PatternTest)
#include "pattern_test.moc"
