// The sources that live in memory: add buffer and pattern.
#include "core/content/add_buffer.h"
#include "core/content/pattern_source.h"

#include <QTest>

using namespace octavo::core;

namespace {

Bytes bytesOf(const Source& source, Offset start, std::size_t count) {
    Bytes out(count, 0xEE);
    Unreadable unreadable;
    source.read(start, out, 0, unreadable);
    return unreadable.isEmpty() ? out : Bytes();
}

}  // namespace

class SourcesTest : public QObject {
    Q_OBJECT

private slots:
    void addBufferKeepsWhatItGot();
    void pattern_data();
    void pattern();
    void patternOfZerosIsKnown();
};

void SourcesTest::addBufferKeepsWhatItGot() {
    AddBuffer buffer;
    Bytes model;
    for (std::size_t size : {1UL, 4095UL, 4096UL, 4097UL, 3UL, 100000UL}) {
        Bytes more(size);
        for (std::size_t i = 0; i < size; ++i)
            more[i] = static_cast<Byte>(i * 7 + size);
        QCOMPARE(buffer.append(more), static_cast<Offset>(model.size()));
        model.insert(model.end(), more.begin(), more.end());
    }
    QCOMPARE(bytesOf(buffer, 0, model.size()), model);
    QCOMPARE(bytesOf(buffer, 4000, 200), Bytes(model.begin() + 4000, model.begin() + 4200));
}

void SourcesTest::pattern_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<qint64>("start");
    QTest::addColumn<int>("count");
    QTest::newRow("one byte") << QByteArray("x") << qint64{123456789012345} << 100;
    QTest::newRow("from its start") << QByteArray("abc") << qint64{0} << 10;
    QTest::newRow("from inside") << QByteArray("abc") << qint64{2} << 10;
    QTest::newRow("less than one period") << QByteArray("abcdefgh") << qint64{6} << 3;
    QTest::newRow("nothing") << QByteArray("abc") << qint64{1} << 0;
    QTest::newRow("far away") << QByteArray("abcdefg") << qint64{kMaxLength - 1000} << 1000;
}

void SourcesTest::pattern() {
    QFETCH(QByteArray, pattern);
    QFETCH(qint64, start);
    QFETCH(int, count);
    const Bytes repeated(pattern.begin(), pattern.end());
    const PatternSource source(repeated);
    Bytes expected;
    for (Offset i = 0; i < count; ++i)
        expected.push_back(repeated[static_cast<std::size_t>(static_cast<std::uint64_t>(start + i) %
                                                             repeated.size())]);
    QCOMPARE(bytesOf(source, start, static_cast<std::size_t>(count)), expected);
    QCOMPARE(source.zerosAt(start, count), Offset{0});
}

void SourcesTest::patternOfZerosIsKnown() {
    const Bytes zeros{0, 0, 0};
    const PatternSource source(zeros);
    QCOMPARE(source.zerosAt(5, kMaxLength), kMaxLength);
    QCOMPARE(bytesOf(source, 5, 4), Bytes(4, 0));
}

QTEST_GUILESS_MAIN(SourcesTest)

#include "sources_test.moc"
