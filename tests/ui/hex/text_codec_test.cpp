// Which characters the bytes of a row are, in every form of encoding, at its edges too.
#include "tests/support/test_seed.h"
#include "ui/hex/text_codec.h"

#include <QtTest>

#include <random>

using namespace octavo;
using namespace octavo::ui;
using core::Bytes;

class TextCodecTest : public QObject {
    Q_OBJECT

private slots:
    void names();
    void decodes_data();
    void decodes();
    void rowsDoNotChangeCharacters_data();
    void rowsDoNotChangeCharacters();
    void encodes_data();
    void encodes();
};

namespace {

/// Cells as a text: the character, "_" for one that belongs to what began before, "·" for a dot.
QString pictureOf(const std::vector<TextCell>& cells) {
    QString picture;
    for (const TextCell& cell : cells) {
        if (cell.cells == 0) {
            picture += QLatin1Char('_');
        } else if (cell.character == 0) {
            picture += QChar(0x00B7);
        } else {
            picture += QString::fromUcs4(&cell.character, 1);
        }
    }
    return picture;
}

std::vector<TextCell> decoded(const TextCodec& codec, const Bytes& bytes, int from, int count,
                              core::Offset offset = 0) {
    std::vector<TextCell> cells(static_cast<std::size_t>(count));
    const int after = static_cast<int>(bytes.size()) - from - count;
    codec.decode({offset, bytes.data() + from, std::min(from, TextCodec::kContext), count,
                  std::min(after, TextCodec::kContext)},
                 cells);
    return cells;
}

Bytes bytesOf(const QByteArray& hex) {
    const QByteArray raw = QByteArray::fromHex(hex);
    return {raw.begin(), raw.end()};
}

}  // namespace

void TextCodecTest::names() {
    const std::vector<std::string> names = singleByteEncodings();
    QVERIFY(names.size() > 50);
    for (const std::string& name : names) {
        const std::optional<TextCodec> codec = TextCodec::named(name);
        QVERIFY2(codec && codec->table() != nullptr, name.c_str());
    }
    QVERIFY(TextCodec::named("UTF-8") && TextCodec::named("UTF-8")->table() == nullptr);
    QVERIFY(!TextCodec::named("Shift_JIS"));  // one or two bytes
    QVERIFY(!TextCodec::named("no such thing"));
    QVERIFY(!TextCodec::named(""));
    QCOMPARE(TextCodec().name(), std::string("ISO-8859-1"));
    QCOMPARE(TextCodec().label(), QString("Latin-1"));
    for (const char* const name :
         {"US-ASCII", "ISO-8859-1", "windows-1252", "windows-1251", "KOI8-R", "IBM866", "IBM037"}) {
        QCOMPARE(TextCodec::named(name)->name(), std::string(name));
    }
}

void TextCodecTest::decodes_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("picture");
    const auto row = [](const char* name, const char* encoding, const char* hex, int from,
                        int count, int offset, const QString& picture) {
        QTest::newRow(name) << encoding << QByteArray(hex) << from << count << offset << picture;
    };
    const QString dot(QChar(0x00B7));
    row("Latin-1", "ISO-8859-1", "41 E9 00 7F A0 AD 20", 0, 7, 0,
        "A" + QString(QChar(0xE9)) + dot + dot + dot + dot + " ");
    row("ASCII has no high bytes", "US-ASCII", "41E9", 0, 2, 0, "A" + dot);
    row("Cyrillic", "windows-1251", "CFF0", 0, 2, 0, QString::fromUtf8("Пр"));
    row("EBCDIC", "IBM037", "C1C2", 0, 2, 0, "AB");
    row("UTF-8", "UTF-8", "41 C3A9 E282AC F09F9880", 0, 10, 0, QString::fromUtf8("Aé_€__😀___"));
    row("begun in the row above", "UTF-8", "E282AC41", 1, 3, 0, "__A");
    row("goes on in the row below", "UTF-8", "41E282AC", 0, 2, 0, QString::fromUtf8("A€"));
    row("cut off by the end", "UTF-8", "41E282", 0, 3, 0, "A" + dot + dot);
    row("a continuation by itself", "UTF-8", "80 41 80 80 80 80", 0, 6, 0,
        dot + "A" + dot + dot + dot + dot);
    row("too long a form", "UTF-8", "C080", 0, 2, 0, dot + dot);
    row("a surrogate", "UTF-8", "EDA080", 0, 3, 0, dot + dot + dot);
    row("behind a whole character above", "UTF-8", "C3A9 80", 2, 1, 0, dot);
    row("UTF-16", "UTF-16LE", "4100 3D04 3DD800DE", 0, 8, 0, QString::fromUtf8("A_н_😀___"));
    row("UTF-16, the other order", "UTF-16BE", "0041 043D D83DDE00", 0, 8, 0,
        QString::fromUtf8("A_н_😀___"));
    row("half a pair", "UTF-16LE", "3DD84100", 0, 4, 0, dot + "_A_");
    row("the other half", "UTF-16LE", "00DE4100", 0, 4, 0, dot + "_A_");
    row("half a unit at the end", "UTF-16LE", "410042", 0, 3, 0, "A_" + dot);
    row("odd row", "UTF-16LE", "41004200", 1, 3, 1, "_B_");
    row("a pair begun in the row above", "UTF-16LE", "3DD800DE4100", 2, 4, 2, "__A_");
    row("odd row within a pair", "UTF-16LE", "3DD800DE4100", 3, 3, 3, "_A_");
    row("a null", "UTF-16LE", "0000", 0, 2, 0, dot + "_");
}

void TextCodecTest::decodes() {
    QFETCH(QString, encoding);
    QFETCH(QByteArray, hex);
    QFETCH(int, from);
    QFETCH(int, count);
    QFETCH(int, offset);
    QFETCH(QString, picture);
    const std::optional<TextCodec> codec = TextCodec::named(encoding.toStdString());
    QVERIFY(codec);
    QCOMPARE(pictureOf(decoded(*codec, bytesOf(hex), from, count, offset)), picture);
}

void TextCodecTest::rowsDoNotChangeCharacters_data() {
    QTest::addColumn<QString>("encoding");
    for (const char* name : {"UTF-8", "UTF-16LE", "UTF-16BE", "KOI8-R"}) {
        QTest::newRow(name) << QString(name);
    }
}

// Well-formed text reads the same in rows of any length as in one.
void TextCodecTest::rowsDoNotChangeCharacters() {
    QFETCH(QString, encoding);
    const std::optional<TextCodec> codec = TextCodec::named(encoding.toStdString());
    const QString text =
        encoding == "KOI8-R" ? QString::fromUtf8("Октаво abc") : QString::fromUtf8("aé€😀нz😀😀€€éé");
    std::mt19937 random(unsigned(test::freshSeed()));
    for (int round = 0; round < 200; ++round) {
        QString shuffled;
        for (int i = 0; i < 20; ++i) {
            const std::u32string points = text.toStdU32String();
            shuffled += QString::fromUcs4(&points[random() % points.size()], 1);
        }
        const Bytes bytes = *codec->encode(shuffled);
        const QString whole = pictureOf(decoded(*codec, bytes, 0, int(bytes.size())));
        const int width = 1 + int(random() % 9);
        QString parts;
        for (int at = 0; at < int(bytes.size()); at += width) {
            parts +=
                pictureOf(decoded(*codec, bytes, at, std::min(width, int(bytes.size()) - at), at));
        }
        QCOMPARE(parts, whole);
    }
}

void TextCodecTest::encodes_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("hex");  // empty where it cannot be
    QTest::newRow("Latin-1") << "ISO-8859-1" << QString::fromUtf8("é") << QByteArray("E9");
    QTest::newRow("not in Latin-1") << "ISO-8859-1" << QString::fromUtf8("€") << QByteArray();
    QTest::newRow("Cyrillic") << "windows-1251" << QString::fromUtf8("Пр") << QByteArray("CFF0");
    QTest::newRow("UTF-8") << "UTF-8" << QString::fromUtf8("é€") << QByteArray("C3A9E282AC");
    QTest::newRow("UTF-16LE") << "UTF-16LE" << QString::fromUtf8("A😀")
                              << QByteArray("41003DD800DE");
    QTest::newRow("UTF-16BE") << "UTF-16BE" << QString::fromUtf8("A😀")
                              << QByteArray("0041D83DDE00");
    QTest::newRow("EBCDIC") << "IBM037"
                            << "AB" << QByteArray("C1C2");
}

void TextCodecTest::encodes() {
    QFETCH(QString, encoding);
    QFETCH(QString, text);
    QFETCH(QByteArray, hex);
    const std::optional<Bytes> bytes = TextCodec::named(encoding.toStdString())->encode(text);
    QCOMPARE(bytes.has_value(), !hex.isEmpty());
    if (bytes) {
        QCOMPARE(*bytes, bytesOf(hex));
        QCOMPARE(TextCodec::named(encoding.toStdString())->decode(*bytes), text);
    }
}

QTEST_APPLESS_MAIN(TextCodecTest)
#include "text_codec_test.moc"
