#include "core/document/byte_transform.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace octavo::core;
using namespace octavo::test;

using Kind = ByteTransform::Kind;
Q_DECLARE_METATYPE(octavo::core::ByteTransform::Kind)

namespace {

using Bits = std::vector<bool>;

Bits bitsOf(const Bytes& bytes) {
    Bits bits;
    for (const Byte byte : bytes) {
        for (int bit = 7; bit >= 0; --bit)
            bits.push_back((byte >> bit & 1) != 0);
    }
    return bits;
}

/// Bit by bit, from the words of the header.
Bits moved(const Bits& bits, Kind kind, Offset amount) {
    Bits out(bits.size(), false);
    const auto size = static_cast<Offset>(bits.size());
    for (Offset i = 0; i < size; ++i) {
        const bool isLeft = kind == Kind::ShiftLeft || kind == Kind::RotateLeft;
        Offset from = isLeft ? i + amount : i - amount;
        if (kind == Kind::RotateLeft || kind == Kind::RotateRight)
            from = (from % size + size) % size;
        if (from >= 0 && from < size)
            out[static_cast<std::size_t>(i)] = bits[static_cast<std::size_t>(from)];
    }
    return out;
}

}  // namespace

class ByteTransformTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { testSeeds(); }
    void examples_data();
    void examples();
    void bitsMove_data();
    void bitsMove();
    void errors_data();
    void errors();
    void randomIsAnother();
};

void ByteTransformTest::examples_data() {
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("operand");
    QTest::addColumn<Offset>("amount");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, Kind kind, const char* operand, Offset amount,
                        const char* before, const char* after) {
        QTest::newRow(name) << kind << QByteArray::fromHex(operand) << amount
                            << QByteArray::fromHex(before) << QByteArray::fromHex(after);
    };
    row("xor", Kind::Xor, "ff00", 0, "0102030405", "fe02fc04fa");
    row("and", Kind::And, "0f", 0, "123456", "020406");
    row("or", Kind::Or, "80", 0, "010203", "818283");
    row("not", Kind::Not, "", 0, "00ff55", "ff00aa");
    row("swap 2", Kind::Swap, "", 2, "01020304", "02010403");
    row("swap 4", Kind::Swap, "", 4, "0102030405060708", "0403020108070605");
    row("reverse", Kind::Reverse, "", 0, "010203", "030201");
    row("shift left", Kind::ShiftLeft, "", 4, "123456", "234560");
    row("shift right", Kind::ShiftRight, "", 12, "123456", "000123");
    row("shift out", Kind::ShiftLeft, "", 1000, "123456", "000000");
    row("rotate left", Kind::RotateLeft, "", 4, "123456", "234561");
    row("rotate right", Kind::RotateRight, "", 8, "123456", "561234");
    row("nothing", Kind::RotateRight, "", 8, "", "");
}

void ByteTransformTest::examples() {
    QFETCH(Kind, kind);
    QFETCH(QByteArray, operand);
    QFETCH(Offset, amount);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const ByteTransform transform{kind, Bytes(operand.begin(), operand.end()), amount};
    Bytes bytes(before.begin(), before.end());
    QVERIFY(transform.check(static_cast<Offset>(bytes.size())).ok());
    transform.apply(bytes);
    QCOMPARE(bytes, Bytes(after.begin(), after.end()));
}

void ByteTransformTest::bitsMove_data() {
    QTest::addColumn<Kind>("kind");
    QTest::newRow("shift left") << Kind::ShiftLeft;
    QTest::newRow("shift right") << Kind::ShiftRight;
    QTest::newRow("rotate left") << Kind::RotateLeft;
    QTest::newRow("rotate right") << Kind::RotateRight;
}

void ByteTransformTest::bitsMove() {
    QFETCH(Kind, kind);
    std::mt19937_64 engine(freshSeed());
    for (std::size_t length = 1; length <= 9; ++length) {
        for (Offset amount = 1; amount <= 100; ++amount) {
            Bytes bytes(length);
            std::ranges::generate(bytes, [&] { return static_cast<Byte>(engine()); });
            const Bits expected = moved(bitsOf(bytes), kind, amount);
            ByteTransform{kind, {}, amount}.apply(bytes);
            QVERIFY(bitsOf(bytes) == expected);
        }
    }
}

void ByteTransformTest::errors_data() {
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<Offset>("amount");
    QTest::newRow("no operand") << Kind::Xor << Offset{0};
    QTest::newRow("no bits") << Kind::ShiftLeft << Offset{0};
    QTest::newRow("fewer than no bits") << Kind::RotateLeft << Offset{-1};
    QTest::newRow("unit of one") << Kind::Swap << Offset{1};
    QTest::newRow("no whole units") << Kind::Swap << Offset{4};
}

void ByteTransformTest::errors() {
    QFETCH(Kind, kind);
    QFETCH(Offset, amount);
    const Status status = ByteTransform{kind, {}, amount}.check(10);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
}

void ByteTransformTest::randomIsAnother() {
    Bytes first(64);
    Bytes second(64);
    const ByteTransform random{Kind::Random};
    random.apply(first);
    random.apply(second);
    QVERIFY(first != second);
}

QTEST_GUILESS_MAIN(ByteTransformTest)
#include "byte_transform_test.moc"
