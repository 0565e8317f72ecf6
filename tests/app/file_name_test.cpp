#include "app/file_name.h"
#include "tests/support/test_seed.h"

#include <QTest>

using octavo::app::displayFolder;
using octavo::app::displayName;
using octavo::app::displayPath;
using octavo::app::pathFromText;
using octavo::app::textFromPath;

class FileNameTest : public QObject {
    Q_OBJECT

private slots:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void randomBytesComeBack();
    void isShownOnOneLine();
    void partsOfAPath();
};

void FileNameTest::comesBackAsItWas_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("plain") << QByteArray("plain.bin");
    QTest::newRow("UTF-8") << QByteArray("\xD0\xB6 \xE2\x82\xAC \xF0\x9F\x98\x80");
    QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE");
    QTest::newRow("mixed") << QByteArray("a\xD0\xB6\x80z");
    QTest::newRow("cut sequence") << QByteArray("\xE2\x82");
    QTest::newRow("a surrogate in disguise") << QByteArray("\xED\xB2\x80");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF");
    QTest::newRow("replacement character") << QByteArray("\xEF\xBF\xBD");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "a");
    QTest::newRow("control characters") << QByteArray("\n\t\x01\x7F");
}

void FileNameTest::comesBackAsItWas() {
    QFETCH(QByteArray, name);
    QCOMPARE(QByteArray::fromStdString(pathFromText(textFromPath(name.toStdString()))), name);
}

void FileNameTest::randomBytesComeBack() {
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        for (int round = 0; round < 2000; ++round) {
            std::string name(random() % 12, '\0');
            for (char& byte : name)
                byte =
                    static_cast<char>(random() % 3 == 0 ? random() % 256 : 0x80 + random() % 128);
            QCOMPARE(QByteArray::fromStdString(pathFromText(textFromPath(name))),
                     QByteArray::fromStdString(name));
        }
    }
}

void FileNameTest::isShownOnOneLine() {
    QCOMPARE(displayPath("/a\nb"), QStringLiteral("/a\\nb"));
    QCOMPARE(displayName("/x/a\tb"), QStringLiteral("a\\tb"));
}

void FileNameTest::partsOfAPath() {
    QCOMPARE(displayName("/usr/bin/ls"), QStringLiteral("ls"));
    QCOMPARE(displayFolder("/usr/bin/ls"), QStringLiteral("/usr/bin/"));
    QCOMPARE(displayName("ls"), QStringLiteral("ls"));
    QCOMPARE(displayFolder("ls"), QString());
}

QTEST_GUILESS_MAIN(FileNameTest)
#include "file_name_test.moc"
