// What cells show, and what is typed into them, for every kind and both orders of bytes.
#include "tests/support/test_seed.h"
#include "ui/hex/cell_kind.h"

#include <QtTest>

#include <random>

using namespace octavo;
using namespace octavo::ui;
using core::ByteOrder;
using core::Bytes;

Q_DECLARE_METATYPE(octavo::ui::CellKind)

class CellKindTest : public QObject {
    Q_OBJECT

private slots:
    void facts();
    void text_data();
    void text();
    void parses_data();
    void parses();
    void readsBackWhatItShows_data();
    void readsBackWhatItShows();
    void digitsAreTheirBits_data();
    void digitsAreTheirBits();
};

namespace {

Bytes bytesOf(const QByteArray& hex) {
    const QByteArray raw = QByteArray::fromHex(hex);
    return {raw.begin(), raw.end()};
}

void addKinds() {
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<bool>("big");
    for (int kind = 0; kind < kCellKinds; ++kind) {
        const auto each = static_cast<CellKind>(kind);
        QTest::addRow("%s, little", factsOf(each).name) << each << false;
        QTest::addRow("%s, big", factsOf(each).name) << each << true;
    }
}

QString textOf(CellKind kind, ByteOrder order, const Bytes& bytes) {
    const CellText text = cellText(kind, order, bytes);
    return QString::fromLatin1(text.view().data(), qsizetype(text.view().size()));
}

}  // namespace

void CellKindTest::facts() {
    for (int kind = 0; kind < kCellKinds; ++kind) {
        const CellKindFacts& facts = factsOf(static_cast<CellKind>(kind));
        QCOMPARE(static_cast<int>(facts.kind), kind);
        QCOMPARE(cellKindNamed(facts.name), std::optional(facts.kind));
        QVERIFY(facts.digits <= kMostCellDigits && facts.bytes <= kMostCellBytes);
    }
    QVERIFY(!cellKindNamed("hex"));
}

void CellKindTest::text_data() {
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("little");
    QTest::addColumn<QString>("big");
    const auto row = [](CellKind kind, const char* hex, const char* little, const char* big) {
        QTest::addRow("%s of %s", factsOf(kind).name, hex)
            << kind << QByteArray(hex) << QString(little) << QString(big);
    };
    row(CellKind::Hex8, "0A", "0A", "0A");
    row(CellKind::Unsigned8, "07", "  7", "  7");
    row(CellKind::Unsigned8, "FF", "255", "255");
    row(CellKind::Signed8, "80", "-128", "-128");
    row(CellKind::Octal8, "FF", "377", "377");
    row(CellKind::Octal8, "08", "010", "010");
    row(CellKind::Binary8, "A5", "10100101", "10100101");
    row(CellKind::Hex16, "0102", "0201", "0102");
    row(CellKind::Unsigned16, "0100", "    1", "  256");
    row(CellKind::Signed16, "0080", "-32768", "   128");
    row(CellKind::Hex32, "DEADBEEF", "EFBEADDE", "DEADBEEF");
    row(CellKind::Unsigned32, "FFFFFFFF", "4294967295", "4294967295");
    row(CellKind::Signed32, "00000080", "-2147483648", "        128");
    row(CellKind::Hex64, "0102030405060708", "0807060504030201", "0102030405060708");
    row(CellKind::Unsigned64, "FFFFFFFFFFFFFFFF", "18446744073709551615", "18446744073709551615");
    row(CellKind::Signed64, "0000000000000080", "-9223372036854775808", "                 128");
    row(CellKind::Float32, "0000803F", "             1", "4.6006e-41");
    row(CellKind::Float32, "FFFF7FFF", "-3.4028235e+38", "nan");
    row(CellKind::Float32, "0000C07F", "nan", "6.9055e-41");
    row(CellKind::Float64, "000000000000F03F", "                       1",
        "             3.03865e-319");
    row(CellKind::Float64, "FFFFFFFFFFFFEFFF", "-1.7976931348623157e+308", "nan");
}

void CellKindTest::text() {
    QFETCH(CellKind, kind);
    QFETCH(QByteArray, hex);
    QFETCH(QString, little);
    QFETCH(QString, big);
    const Bytes bytes = bytesOf(hex);
    // The last rows name what matters, not every blank before it.
    const auto same = [&](const QString& shown, const QString& expected) {
        return shown.size() == factsOf(kind).digits && shown.trimmed() == expected.trimmed();
    };
    const QString shownLittle = textOf(kind, ByteOrder::Little, bytes);
    const QString shownBig = textOf(kind, ByteOrder::Big, bytes);
    QVERIFY2(same(shownLittle, little), qPrintable(shownLittle));
    QVERIFY2(same(shownBig, big), qPrintable(shownBig));
}

void CellKindTest::parses_data() {
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("hex");  // big endian; empty where it is none
    const auto row = [](CellKind kind, const char* text, const char* hex) {
        QTest::addRow("%s: \"%s\"", factsOf(kind).name, text)
            << kind << QString(text) << QByteArray(hex);
    };
    row(CellKind::Unsigned8, "0", "00");
    row(CellKind::Unsigned8, "255", "FF");
    row(CellKind::Unsigned8, "256", "");
    row(CellKind::Unsigned8, "-1", "");
    row(CellKind::Unsigned8, "-0", "00");
    row(CellKind::Unsigned8, "+7", "07");
    row(CellKind::Unsigned8, " 7 ", "07");
    row(CellKind::Unsigned8, "", "");
    row(CellKind::Unsigned8, "7x", "");
    row(CellKind::Unsigned8, "--7", "");
    row(CellKind::Unsigned8, "+-7", "");
    row(CellKind::Unsigned8, "0xFf", "FF");
    row(CellKind::Unsigned8, "0x", "");
    row(CellKind::Signed8, "-128", "80");
    row(CellKind::Signed8, "-129", "");
    row(CellKind::Signed8, "127", "7F");
    row(CellKind::Signed8, "128", "");
    row(CellKind::Octal8, "377", "FF");
    row(CellKind::Octal8, "400", "");
    row(CellKind::Octal8, "8", "");
    row(CellKind::Binary8, "101", "05");
    row(CellKind::Binary8, "2", "");
    row(CellKind::Hex32, "beef", "0000BEEF");
    row(CellKind::Hex32, "1FFFFFFFF", "");
    row(CellKind::Signed32, "-1", "FFFFFFFF");
    row(CellKind::Unsigned64, "18446744073709551615", "FFFFFFFFFFFFFFFF");
    row(CellKind::Unsigned64, "18446744073709551616", "");
    row(CellKind::Signed64, "-9223372036854775808", "8000000000000000");
    row(CellKind::Signed64, "9223372036854775808", "");
    row(CellKind::Float32, "1", "3F800000");
    row(CellKind::Float32, "+1", "3F800000");
    row(CellKind::Float32, "-1.5e1", "C1700000");
    row(CellKind::Float32, "1e39", "");
    row(CellKind::Float32, "inf", "7F800000");
    row(CellKind::Float64, "1", "3FF0000000000000");
    row(CellKind::Float64, "nan", "7FF8000000000000");
    row(CellKind::Float64, "1,5", "");
}

void CellKindTest::parses() {
    QFETCH(CellKind, kind);
    QFETCH(QString, text);
    QFETCH(QByteArray, hex);
    const std::optional<Bytes> bytes = parseCell(kind, ByteOrder::Big, text.toStdString());
    QCOMPARE(bytes.has_value(), !hex.isEmpty());
    if (bytes) {
        QCOMPARE(*bytes, bytesOf(hex));
    }
}

void CellKindTest::readsBackWhatItShows_data() {
    addKinds();
}

void CellKindTest::readsBackWhatItShows() {
    QFETCH(CellKind, kind);
    QFETCH(bool, big);
    const ByteOrder order = big ? ByteOrder::Big : ByteOrder::Little;
    for (const std::uint64_t seed : test::testSeeds()) {
        std::mt19937_64 random(seed);
        for (int round = 0; round < 1000; ++round) {
            Bytes bytes(std::size_t(factsOf(kind).bytes));
            const std::uint64_t value = random();
            core::storeInteger(round % 8 == 0 ? value >> (random() % 64) : value, order, bytes);
            const CellText text = cellText(kind, order, bytes);
            const std::optional<Bytes> back = parseCell(kind, order, text.view());
            // There are many that are no number, and one word for all of them.
            const bool isNan = text.view().ends_with("nan");
            QVERIFY2(back == bytes || isNan, std::string(text.view()).c_str());
        }
    }
}

void CellKindTest::digitsAreTheirBits_data() {
    addKinds();
}

void CellKindTest::digitsAreTheirBits() {
    QFETCH(CellKind, kind);
    QFETCH(bool, big);
    const CellKindFacts& facts = factsOf(kind);
    if (facts.bitsPerDigit == 0) {
        return;
    }
    const ByteOrder order = big ? ByteOrder::Big : ByteOrder::Little;
    for (int digit = 0; digit < facts.digits; ++digit) {
        const DigitPlace place = digitPlace(kind, order, digit);
        Bytes bytes(std::size_t(facts.bytes));
        bytes[std::size_t(place.byte)] = static_cast<core::Byte>(place.mask << place.shift);
        QString expected(facts.digits, QLatin1Char('0'));
        expected[digit] = QLatin1Char("0123456789ABCDEF"[place.mask]);
        QCOMPARE(textOf(kind, order, bytes), expected);
    }
}

QTEST_APPLESS_MAIN(CellKindTest)
#include "cell_kind_test.moc"
