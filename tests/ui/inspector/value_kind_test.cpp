#include "tests/support/test_seed.h"
#include "ui/inspector/float_values.h"
#include "ui/inspector/value_kind.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace octavo;
using core::ByteOrder;
using core::Bytes;
using ui::ValueBytes;
using ui::ValueKind;
using ui::ValueReading;

namespace {

Bytes fromHex(const QByteArray& hex) {
    const QByteArray raw = QByteArray::fromHex(hex);
    return {raw.begin(), raw.end()};
}

QByteArray toHex(const Bytes& bytes) {
    return QByteArray(reinterpret_cast<const char*>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()))
        .toHex();
}

const ValueKind& kindNamed(const QString& name) {
    for (const ValueKind& kind : ui::valueKinds()) {
        if (kind.name == name) {
            return kind;
        }
    }
    qFatal("there is no kind %s", qPrintable(name));
}

constexpr bool kLittle = false;
constexpr bool kBig = true;

ByteOrder orderOf(bool isBig) {
    return isBig ? ByteOrder::Big : ByteOrder::Little;
}

}  // namespace

class ValueKindTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void reads_data();
    void reads();
    void hasNone_data();
    void hasNone();
    void writes_data();
    void writes();
    void refuses_data();
    void refuses();
    void tooFewBytes();
    void whatIsReadIsWrittenAgain_data() { seeds(); }
    void whatIsReadIsWrittenAgain();
    void halvesAreTheNearest();
    void timesAreThoseOfQt_data() { seeds(); }
    void timesAreThoseOfQt();

private:
    static void seeds() {
        QTest::addColumn<quint64>("seed");
        for (const std::uint64_t seed : test::testSeeds()) {
            QTest::addRow("%llu", static_cast<unsigned long long>(seed)) << quint64{seed};
        }
    }
};

void ValueKindTest::reads_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isBig");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");   // "_" stands for the narrow space
    QTest::addColumn<QString>("plain");  // empty where it is the text
    QTest::addColumn<int>("length");
    const auto row = [](const char* name, const char* kind, bool isBig, const char* bytes,
                        const QString& text, const QString& plain, int length) {
        QTest::newRow(name) << kind << isBig << QByteArray(bytes) << text << plain << length;
    };
    row("bits", "Binary", kLittle, "05ff", "00000101", "", 1);
    row("octal", "Octal", kLittle, "4e", "116", "", 1);
    row("-1", "int8", kLittle, "ff", "-1", "", 1);
    row("255", "uint8", kLittle, "ff", "255", "", 1);
    row("least of 16", "int16", kLittle, "0080", "-32_768", "-32768", 2);
    row("the same bytes the other way", "int16", kBig, "0080", "128", "", 2);
    row("uint16", "uint16", kLittle, "3412ffff", "4_660", "4660", 2);
    row("uint16, big", "uint16", kBig, "3412", "13_330", "13330", 2);
    row("int32", "int32", kLittle, "fffeffff", "-257", "", 4);
    row("uint32", "uint32", kBig, "fffeffff", "4_294_901_759", "4294901759", 4);
    row("least of 64", "int64", kLittle, "0000000000000080", "-9_223_372_036_854_775_808",
        "-9223372036854775808", 8);
    row("most of 64", "uint64", kLittle, "ffffffffffffffff", "18_446_744_073_709_551_615",
        "18446744073709551615", 8);
    row("ULEB128", "ULEB128", kLittle, "e58e26", "624_485", "624485", 3);
    row("ULEB128 knows no order", "ULEB128", kBig, "e58e26", "624_485", "624485", 3);
    row("ULEB128, padded", "ULEB128", kLittle, "81808000", "1", "", 4);
    row("ULEB128, 64 bits", "ULEB128", kLittle, "ffffffffffffffffff01",
        "18_446_744_073_709_551_615", "18446744073709551615", 10);
    row("SLEB128", "SLEB128", kLittle, "c0bb78", "-123_456", "-123456", 3);
    row("SLEB128, one byte", "SLEB128", kLittle, "7f", "-1", "", 1);
    row("SLEB128, 64 bits", "SLEB128", kLittle, "8080808080808080807f",
        "-9_223_372_036_854_775_808", "-9223372036854775808", 10);
    row("half", "float16", kLittle, "003c", "1", "", 2);
    row("smallest half", "float16", kBig, "0001", "6e-08", "", 2);
    row("a third", "float16", kBig, "3555", "0.3333", "", 2);
    row("largest half", "float16", kBig, "7bff", "65504", "", 2);
    row("half infinity", "float16", kBig, "fc00", "-inf", "", 2);
    row("float with few digits", "float", kLittle, "cdcccc3d", "0.1", "", 4);
    row("float, big", "float", kBig, "3dcccccd", "0.1", "", 4);
    row("not a number", "float", kBig, "7fc00000", "nan", "", 4);
    row("double", "double", kLittle, "9a9999999999b93f", "0.1", "", 8);
    row("minus zero", "double", kBig, "8000000000000000", "-0", "", 8);
    row("largest double", "double", kBig, "7fefffffffffffff", "1.7976931348623157e+308", "", 8);
    row("Latin-1", "Latin-1", kLittle, "e9", QStringLiteral("é"), "", 1);
    row("a control character", "Latin-1", kLittle, "0a", "LF", "", 1);
    row("a blank", "Latin-1", kLittle, "20", "U+0020", "", 1);
    row("a late control character", "Latin-1", kLittle, "85", "U+0085", "", 1);
    row("UTF-8 of one", "UTF-8", kLittle, "41c3", QStringLiteral("A\u200E  U+0041"), "A", 1);
    row("UTF-8 of two", "UTF-8", kLittle, "c3a941", QStringLiteral("é\u200E  U+00E9"),
        QStringLiteral("é"), 2);
    row("UTF-8 of four", "UTF-8", kLittle, "f09f9880", QStringLiteral("\U0001F600\u200E  U+1F600"),
        QStringLiteral("\U0001F600"), 4);
    row("UTF-8, a control character", "UTF-8", kLittle, "00", QStringLiteral("NUL\u200E  U+0000"),
        "NUL", 1);
    row("UTF-8, nothing to be seen", "UTF-8", kLittle, "c2a0", "U+00A0", "", 2);
    row("UTF-16", "UTF-16", kLittle, "e900", QStringLiteral("é\u200E  U+00E9"), QStringLiteral("é"),
        2);
    row("UTF-16, big", "UTF-16", kBig, "00e9", QStringLiteral("é\u200E  U+00E9"),
        QStringLiteral("é"), 2);
    row("UTF-16, a pair", "UTF-16", kLittle, "3dd800de",
        QStringLiteral("\U0001F600\u200E  U+1F600"), QStringLiteral("\U0001F600"), 4);
    row("Unix time", "Unix time 32", kLittle, "00000000", "1970-01-01 00:00:00 UTC",
        "1970-01-01T00:00:00Z", 4);
    row("Unix time, the last", "Unix time 32", kBig, "7fffffff", "2038-01-19 03:14:07 UTC",
        "2038-01-19T03:14:07Z", 4);
    row("Unix time, before 1970", "Unix time 32", kBig, "ffffffff", "1969-12-31 23:59:59 UTC",
        "1969-12-31T23:59:59Z", 4);
    row("Unix time 64", "Unix time 64", kBig, "00000000f48656ff", "2099-12-31 23:59:59 UTC",
        "2099-12-31T23:59:59Z", 8);
    row("FILETIME", "FILETIME", kBig, "0000000000000000", "1601-01-01 00:00:00 UTC",
        "1601-01-01T00:00:00Z", 8);
    row("FILETIME with a fraction", "FILETIME", kBig, "019db1ded53e8001",
        "1970-01-01 00:00:00.0000001 UTC", "1970-01-01T00:00:00.0000001Z", 8);
    row("DOS", "DOS time", kLittle, "214a7b5b", "2025-11-27 09:17:02", "2025-11-27T09:17:02", 4);
    row("GUID of Windows", "GUID", kLittle, "33221100554477668899aabbccddeeff",
        "00112233-4455-6677-8899-aabbccddeeff", "", 16);
    row("GUID as written", "GUID", kBig, "00112233445566778899aabbccddeeff",
        "00112233-4455-6677-8899-aabbccddeeff", "", 16);
}

void ValueKindTest::reads() {
    QFETCH(QString, kind);
    QFETCH(bool, isBig);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QFETCH(QString, plain);
    QFETCH(int, length);
    const ValueReading reading = readValue(kindNamed(kind), fromHex(bytes), orderOf(isBig));
    QCOMPARE(reading.state, ValueReading::State::Value);
    QCOMPARE(reading.text, QString(text).replace('_', QChar(0x202F)));
    QCOMPARE(reading.plain, plain.isEmpty() ? text : plain);
    QCOMPARE(static_cast<int>(reading.length), length);
}

void ValueKindTest::hasNone_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const char* kind, const char* bytes, const char* told) {
        QTest::newRow(name) << kind << QByteArray(bytes) << told;
    };
    row("a UTF-8 tail", "UTF-8", "80", "not UTF-8");
    row("UTF-8 cut off", "UTF-8", "c3", "not UTF-8");
    row("UTF-8 that is longer than need be", "UTF-8", "c080", "not UTF-8");
    row("half of a pair", "UTF-16", "3dd84100", "not UTF-16");
    row("the other half", "UTF-16", "00de3dd8", "not UTF-16");
    row("a pair cut off", "UTF-16", "3dd8", "not UTF-16");
    row("ULEB128 cut off", "ULEB128", "80", "not whole");
    row("ULEB128 of 65 bits", "ULEB128", "ffffffffffffffffff02", "64 bits");
    row("ULEB128 without an end", "ULEB128", "ffffffffffffffffffffff", "64 bits");
    row("SLEB128 of 65 bits", "SLEB128", "ffffffffffffffffff01", "64 bits");
    row("a year past 9999", "Unix time 64", "ffffffffffffff7f", "0 to 9999");
    row("a year before 0", "Unix time 64", "0000000000000080", "0 to 9999");
    row("FILETIME past 9999", "FILETIME", "ffffffffffffffff", "0 to 9999");
    row("DOS without a month", "DOS time", "00000000", "not a date");
    row("DOS with hour 24", "DOS time", "00c0215c", "not a date");
}

void ValueKindTest::hasNone() {
    QFETCH(QString, kind);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, told);
    const ValueReading reading = readValue(kindNamed(kind), fromHex(bytes), ByteOrder::Little);
    QCOMPARE(reading.state, ValueReading::State::NoValue);
    QVERIFY2(reading.text.contains(told), qPrintable(reading.text));
    QVERIFY(reading.plain.isEmpty());
    QCOMPARE(static_cast<int>(reading.length), 0);
}

void ValueKindTest::writes_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isBig");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("here");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const char* kind, bool isBig, const QString& text,
                        const char* here, const char* bytes) {
        QTest::newRow(name) << kind << isBig << text << QByteArray(here) << QByteArray(bytes);
    };
    const char* const any = "00000000000000000000000000000000";
    row("bits", "Binary", kLittle, "0100 0001", any, "41");
    row("few bits", "Binary", kLittle, "11", any, "03");
    row("bits as hex", "Binary", kLittle, "0x4F", any, "4f");
    row("octal", "Octal", kLittle, "377", any, "ff");
    row("decimal", "uint16", kLittle, "4660", any, "3412");
    row("decimal, big", "uint16", kBig, "4660", any, "1234");
    row("as shown", "uint32", kLittle, QStringLiteral("1\u202F000"), any, "e8030000");
    row("hexadecimal", "uint32", kBig, "0xDEAD_BEEF", any, "deadbeef");
    row("octal number", "uint8", kBig, "0o17", any, "0f");
    row("binary number", "uint8", kBig, "0b101", any, "05");
    row("minus", "int8", kLittle, "-128", any, "80");
    row("minus sign", "int8", kLittle, QStringLiteral("\u22121"), any, "ff");
    row("minus nothing", "uint8", kLittle, "-0", any, "00");
    row("plus", "int8", kLittle, "+127", any, "7f");
    row("least of 64", "int64", kBig, "-9223372036854775808", any, "8000000000000000");
    row("most of 64", "uint64", kBig, "18446744073709551615", any, "ffffffffffffffff");
    row("ULEB128 of the same length", "ULEB128", kLittle, "624485", "80808000", "e58ea600");
    row("ULEB128, shorter", "ULEB128", kLittle, "1", "e58e26", "818000");
    row("ULEB128 where none stands", "ULEB128", kLittle, "300", "ffff", "ac02");
    row("SLEB128, shorter", "SLEB128", kLittle, "-1", "c0bb78", "ffff7f");
    row("SLEB128 that needs a byte for its sign", "SLEB128", kLittle, "64", "8000", "c000");
    row("half", "float16", kBig, "1.5", any, "3e00");
    row("half, rounded to the even one", "float16", kBig, "2049", any, "6800");
    row("half infinity", "float16", kBig, "inf", any, "7c00");
    row("float", "float", kBig, "0.1", any, "3dcccccd");
    row("float, small letters", "float", kBig, " -1E2 ", any, "c2c80000");
    row("double", "double", kBig, "+0.1", any, "3fb999999999999a");
    row("double, minus zero", "double", kBig, "-0", any, "8000000000000000");
    row("Latin-1", "Latin-1", kLittle, QStringLiteral("é"), any, "e9");
    row("a blank", "Latin-1", kLittle, " ", any, "20");
    row("a control character", "Latin-1", kLittle, "cr", any, "0d");
    row("a code point", "Latin-1", kLittle, "U+41", any, "41");
    row("UTF-8", "UTF-8", kLittle, QStringLiteral("ü"), "c3a9", "c3bc");
    row("UTF-8 where none stands", "UTF-8", kLittle, QStringLiteral("ü"), "80ff", "c3bc");
    row("UTF-16", "UTF-16", kBig, QStringLiteral("ü"), "0041", "00fc");
    row("UTF-16, a pair", "UTF-16", kLittle, "U+1F601", "3dd800de", "3dd801de");
    row("Unix time", "Unix time 32", kBig, "2038-01-19 03:14:07 UTC", any, "7fffffff");
    row("Unix time as ISO says", "Unix time 32", kBig, "2038-01-19T03:14:07Z", any, "7fffffff");
    row("a day", "Unix time 32", kBig, "1970-01-02", any, "00015180");
    row("without seconds", "Unix time 64", kBig, "1970-01-01 00:01", any, "000000000000003c");
    row("FILETIME with a fraction", "FILETIME", kBig, "1601-01-01 00:00:00.5", any,
        "00000000004c4b40");
    row("DOS", "DOS time", kLittle, "2025-11-27 09:17:02", any, "214a7b5b");
    row("GUID", "GUID", kLittle, "{00112233-4455-6677-8899-AABBCCDDEEFF}", any,
        "33221100554477668899aabbccddeeff");
    row("GUID without its lines", "GUID", kBig, "00112233445566778899aabbccddeeff", any,
        "00112233445566778899aabbccddeeff");
}

void ValueKindTest::writes() {
    QFETCH(QString, kind);
    QFETCH(bool, isBig);
    QFETCH(QString, text);
    QFETCH(QByteArray, here);
    QFETCH(QByteArray, bytes);
    const ValueBytes written = writeValue(kindNamed(kind), text, fromHex(here), orderOf(isBig));
    QCOMPARE(written.fault, QString());
    QCOMPARE(toHex(written.bytes), bytes);
}

void ValueKindTest::refuses_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("here");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const char* kind, const QString& text, const char* here,
                        const char* told) {
        QTest::newRow(name) << kind << text << QByteArray(here) << told;
    };
    const char* const any = "00000000000000000000000000000000";
    row("nothing", "int8", "", any, "Not a whole number");
    row("only a sign", "int8", "-", any, "Not a whole number");
    row("only a prefix", "int8", "0x", any, "Not a whole number");
    row("words", "int8", "ten", any, "Not a whole number");
    row("a fraction", "int8", "1.5", any, "Not a whole number");
    row("too large", "int8", "128", any, "from -128 to 127");
    row("too small", "int8", "-129", any, "from -128 to 127");
    row("hexadecimal above the sign", "int8", "0xFF", any, "from -128 to 127");
    row("below nothing", "uint16", "-1", any, "from 0 to 65_535");
    row("beyond 64 bits", "uint64", "18446744073709551616", any, "18_446_744_073_709_551_615");
    row("far beyond 64 bits", "int64", "99999999999999999999999999", any, "from -9_223");
    row("nine bits", "Binary", "100000000", any, "from 0 to 255");
    row("no bit", "Binary", "2", any, "Not a whole number");
    row("octal too large", "Octal", "400", any, "from 0 to 255");
    row("ULEB128, longer", "ULEB128", "128", "0141", "takes 2 bytes");
    row("ULEB128, negative", "ULEB128", "-1", any, "Out of range");
    row("half too large", "float16", "65520", any, "Out of the range of float16");
    row("half too small", "float16", "1e-9", any, "Out of the range of float16");
    row("float too large", "float", "1e39", any, "Out of the range of float");
    row("double too large", "double", "1e309", any, "Out of the range of double");
    row("no float", "float", "1,5", any, "Not a number");
    row("nothing for a float", "float", "", any, "Not a number");
    row("two signs", "double", "+-1", any, "Not a number");
    row("more behind a float", "double", "1.5x", any, "Not a number");
    row("not Latin-1", "Latin-1", QStringLiteral("€"), any, "not in Latin-1");
    row("two characters", "Latin-1", "ab", any, "Not one character");
    row("half a pair", "UTF-16", "U+D800", any, "Not one character");
    row("no code point", "UTF-8", "U+110000", any, "Not one character");
    row("a longer character", "UTF-8", QStringLiteral("é"), "41424344", "takes 2 bytes");
    row("a shorter character", "UTF-8", "e", "c3a9", "takes 1 byte;");
    row("a pair for a unit", "UTF-16", "U+1F600", "41004200", "takes 4 bytes");
    row("no time", "Unix time 32", "yesterday", any, "Not a time");
    row("no such day", "Unix time 32", "2026-02-29", any, "no such day");
    row("hour 24", "Unix time 32", "2026-02-28 24:00", any, "no such day or time");
    row("after 2038", "Unix time 32", "2038-01-19 03:14:08", any, "Out of range");
    row("a fraction of Unix time", "Unix time 64", "2026-01-01 00:00:00.5", any, "whole");
    row("before FILETIME", "FILETIME", "1600-12-31 23:59:59", any, "1601");
    row("before DOS", "DOS time", "1979-12-31", any, "1980");
    row("after DOS", "DOS time", "2108-01-01", any, "2107");
    row("odd seconds of DOS", "DOS time", "2026-01-01 00:00:01", any, "in twos");
    row("a zone for DOS", "DOS time", "2026-01-01T00:00:00Z", any, "Not a time");
    row("GUID too short", "GUID", "0011", any, "Not a GUID");
    row("GUID too long", "GUID", "00112233445566778899aabbccddeeff00", any, "Not a GUID");
    row("GUID parted within a byte", "GUID", "0-0112233445566778899aabbccddeeff", any,
        "Not a GUID");
    row("no room at the end", "int32", "1", "000000", "takes 4 bytes, and there are only 3");
    row("no room for a longer one", "UTF-8", QStringLiteral("é"), "ff", "there are only 1");
}

void ValueKindTest::refuses() {
    QFETCH(QString, kind);
    QFETCH(QString, text);
    QFETCH(QByteArray, here);
    QFETCH(QString, told);
    const ValueBytes written = writeValue(kindNamed(kind), text, fromHex(here), ByteOrder::Little);
    QVERIFY2(written.fault.contains(told.replace('_', QChar(0x202F))), qPrintable(written.fault));
}

void ValueKindTest::tooFewBytes() {
    for (const ValueKind& kind : ui::valueKinds()) {
        const Bytes bytes(kind.leastBytes, 0);
        const core::ByteSpan one(bytes);
        QVERIFY(readValue(kind, one.first(one.size() - 1), ByteOrder::Little).state ==
                ValueReading::State::TooFewBytes);
        QVERIFY(readValue(kind, one, ByteOrder::Little).state != ValueReading::State::TooFewBytes);
    }
}

void ValueKindTest::whatIsReadIsWrittenAgain() {
    QFETCH(quint64, seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < test::scaled(3000); ++round) {
        Bytes bytes(1 + random() % ValueKind::kMostBytes);
        for (core::Byte& byte : bytes) {
            // Few different bits make more of them mean something.
            byte = static_cast<core::Byte>(random() & (random() % 2 == 0 ? 0xFF : 0x0F));
        }
        const ByteOrder order = orderOf(random() % 2 == 0);
        for (const ValueKind& kind : ui::valueKinds()) {
            const ValueReading reading = readValue(kind, bytes, order);
            if (reading.state != ValueReading::State::Value || reading.plain.contains("nan")) {
                continue;
            }
            for (const QString& text : {reading.plain, reading.text}) {
                // The code point behind a character is for the eye.
                if (text.contains(QChar(0x200E))) {
                    continue;
                }
                const ValueBytes written = writeValue(kind, text, bytes, order);
                QVERIFY2(written.fault.isEmpty(),
                         qPrintable(kind.name + ": " + text + ": " + written.fault));
                const Bytes read(bytes.begin(),
                                 bytes.begin() + static_cast<std::ptrdiff_t>(reading.length));
                QCOMPARE(toHex(written.bytes), toHex(read));
            }
        }
    }
}

void ValueKindTest::halvesAreTheNearest() {
    for (int half = 0; half < 0x10000; ++half) {
        const double value = ui::doubleOfHalf(static_cast<std::uint16_t>(half));
        if (!std::isnan(value)) {
            QCOMPARE(int{ui::halfOfDouble(value)}, half);
        }
    }
    // Halves in ascending order are the numbers from 0 on: the nearest is one of two neighbours.
    for (std::uint16_t half = 0; half < 0x7BFF; ++half) {
        const auto next = static_cast<std::uint16_t>(half + 1);
        const double low = ui::doubleOfHalf(half);
        const double high = ui::doubleOfHalf(next);
        QVERIFY(low < high);
        const double middle = (low + high) / 2;
        QCOMPARE(ui::halfOfDouble(middle), half % 2 == 0 ? half : next);
        QCOMPARE(ui::halfOfDouble(std::nextafter(middle, low)), half);
        QCOMPARE(ui::halfOfDouble(std::nextafter(middle, high)), next);
    }
    QCOMPARE(ui::halfOfDouble(std::nextafter(65520.0, 0.0)), std::uint16_t{0x7BFF});
    QCOMPARE(ui::halfOfDouble(65520.0), std::uint16_t{0x7C00});
    QCOMPARE(ui::halfOfDouble(std::numeric_limits<double>::max()), std::uint16_t{0x7C00});
    QCOMPARE(ui::halfOfDouble(std::numeric_limits<double>::denorm_min()), std::uint16_t{0});
}

void ValueKindTest::timesAreThoseOfQt() {
    QFETCH(quint64, seed);
    std::mt19937_64 random(seed);
    const ValueKind& kind = kindNamed("Unix time 64");
    // From year 1 to 9999, as Qt's ISO texts go no further.
    std::uniform_int_distribution<std::int64_t> any(-62'135'596'800, 253'402'300'799);
    for (int round = 0; round < 20'000; ++round) {
        const std::int64_t seconds = any(random);
        Bytes bytes(8);
        core::storeInteger(static_cast<std::uint64_t>(seconds), ByteOrder::Big, bytes);
        const QString expected =
            QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(Qt::ISODate);
        QCOMPARE(readValue(kind, bytes, ByteOrder::Big).plain, expected);
        QCOMPARE(writeValue(kind, expected, bytes, ByteOrder::Big).bytes, bytes);
    }
}

QTEST_GUILESS_MAIN(ValueKindTest)
#include "value_kind_test.moc"
