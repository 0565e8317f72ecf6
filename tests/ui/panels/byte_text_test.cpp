#include "tests/support/test_folder.h"
#include "ui/panels/byte_text.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using octavo::core::Bytes;
using octavo::test::span;
using namespace octavo::ui;

namespace {

QByteArray allBytes() {
    QByteArray bytes;
    for (int value = 0; value < 256; ++value)
        bytes += static_cast<char>(value);
    return bytes;
}

}  // namespace

class ByteTextTest : public QObject {
    Q_OBJECT

private slots:
    void c();
    void python();
    void base64();
    void notBase64_data();
    void notBase64();
    void dumpIsAsXxdWritesIt();
    void dumpFarOut();
};

void ByteTextTest::c() {
    QCOMPARE(formatCArray(span(QByteArray("\xDE\xAD", 2))),
             QString("const unsigned char data[2] = {\n    0xDE, 0xAD,\n};\n"));
    const QString thirteen = formatCArray(span(QByteArray(13, '\1')));
    QCOMPARE(thirteen.count('\n'), 4);
    QVERIFY(thirteen.startsWith("const unsigned char data[13]"));
}

void ByteTextTest::python() {
    QCOMPARE(formatPython({}), QString("data = b\"\"\n"));
    QCOMPARE(formatPython(span("a\"\\\n")), QString("data = (\n    b\"a\\\"\\\\\\x0a\"\n)\n"));
    QCOMPARE(formatPython(span(allBytes())).count('\n'), 18);
}

void ByteTextTest::base64() {
    QCOMPARE(formatBase64(span("octavo")), QString("b2N0YXZv\n"));
    const QByteArray bytes = allBytes();
    const QString text = formatBase64(span(bytes));
    for (const QString& line : text.split('\n'))
        QVERIFY(line.size() <= 76);
    QCOMPARE(parseBase64(text), std::optional(Bytes(bytes.begin(), bytes.end())));
    QCOMPARE(parseBase64(" b2N0\n YXZv "), std::optional(Bytes{'o', 'c', 't', 'a', 'v', 'o'}));
}

void ByteTextTest::notBase64_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << "";
    QTest::newRow("signs") << "b2N0*YXZv";
    QTest::newRow("other letters") << QStringLiteral("b2N0YXZ\u00E9");
    QTest::newRow("too short") << "b";
}

void ByteTextTest::notBase64() {
    QFETCH(QString, text);
    QVERIFY(!parseBase64(text));
}

void ByteTextTest::dumpIsAsXxdWritesIt() {
    const QString xxd = QStandardPaths::findExecutable("xxd");
    if (xxd.isEmpty())
        QSKIP("xxd is not installed");
    for (const int size : {0, 1, 15, 16, 17, 200, 256}) {
        const QByteArray bytes = allBytes().left(size);
        QProcess process;
        process.start(xxd, {});
        process.write(bytes);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(formatDump(span(bytes), 0).toLatin1(), process.readAllStandardOutput());
    }
}

void ByteTextTest::dumpFarOut() {
    QVERIFY(formatDump(span("ab"), octavo::core::kMaxLength - 2).startsWith("7ffffffffffffffd: "));
}

QTEST_MAIN(ByteTextTest)
#include "byte_text_test.moc"
