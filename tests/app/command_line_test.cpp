#include "app/command_line.h"
#include "app/file_name.h"

#include <QTest>

using octavo::app::CommandLine;
using octavo::app::parseCommandLine;
using octavo::app::ThemeChoice;

class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QCoreApplication::setApplicationName("octavo"); }
    void filesAreTaken_data();
    void filesAreTaken();
    void optionsAreTaken();
    void isRefused_data();
    void isRefused();
    void helpNamesEveryOption();
    void scaleIsFoundBeforeTheRest_data();
    void scaleIsFoundBeforeTheRest();
};

void CommandLineTest::filesAreTaken_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("files");
    QTest::newRow("none") << QStringList{} << QStringList{};
    QTest::newRow("two") << QStringList{"a", "b"} << QStringList{"a", "b"};
    QTest::newRow("newline") << QStringList{"a\nb"} << QStringList{"a\nb"};
    QTest::newRow("colon") << QStringList{"a:12"} << QStringList{"a:12"};
    QTest::newRow("after two dashes")
        << QStringList{"--", "--shot", "-h"} << QStringList{"--shot", "-h"};
    QTest::newRow("two dashes as a name") << QStringList{"--", "--"} << QStringList{"--"};
    QTest::newRow("between options")
        << QStringList{"a", "--read-only", "b"} << QStringList{"a", "b"};
    QTest::newRow("lone dash") << QStringList{"-"} << QStringList{"-"};
    QTest::newRow("blanks") << QStringList{" a b "} << QStringList{" a b "};
}

void CommandLineTest::filesAreTaken() {
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, files);
    const CommandLine line = parseCommandLine(arguments);
    QCOMPARE(line.fault, QString());
    QStringList found;
    for (const std::string& file : line.files)
        found << QString::fromStdString(file);
    QCOMPARE(found, files);
}

void CommandLineTest::optionsAreTaken() {
    const CommandLine line =
        parseCommandLine({"--goto", "-0x10", "--read-only", "--theme=dark", "--shot", "out.png",
                          "--size", "1920x1080", "--scale", "2", "file"});
    QCOMPARE(line.fault, QString());
    QCOMPARE(line.goTo, QStringLiteral("-0x10"));
    QVERIFY(line.readOnly);
    QVERIFY(line.theme == ThemeChoice::Dark);
    QCOMPARE(line.shot, QStringLiteral("out.png"));
    QCOMPARE(line.shotSize, QSize(1920, 1080));
    QCOMPARE(line.files, std::vector<std::string>{"file"});

    const CommandLine plain = parseCommandLine({});
    QVERIFY(!plain.theme && !plain.readOnly && plain.shot.isEmpty() && plain.goTo.isEmpty());
}

void CommandLineTest::isRefused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");
    QTest::newRow("unknown option") << QStringList{"--frobnicate"} << "frobnicate";
    QTest::newRow("theme") << QStringList{"--theme", "pink"} << "pink";
    QTest::newRow("size") << QStringList{"--shot", "x.png", "--size", "big"} << "big";
    QTest::newRow("size without a height") << QStringList{"--size", "100x"} << "100x";
    for (const char* scale : {"0", "abc", "-1", "nan", "inf", "0.49", "8.1", "1e9", ""})
        QTest::addRow("scale '%s'", scale) << QStringList{"--scale", scale} << "--scale";
    QTest::newRow("second scale") << QStringList{"--scale", "1", "--scale=0"} << "--scale";
    QTest::newRow("no value") << QStringList{"--goto"} << "goto";
    QTest::newRow("empty name") << QStringList{""} << "empty";
    QTest::newRow("picture without a name") << QStringList{"--shot", ""} << "--shot";
}

void CommandLineTest::isRefused() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, part);
    const CommandLine line = parseCommandLine(arguments);
    QVERIFY2(line.fault.contains(part), qPrintable(line.fault));
    QVERIFY(!line.fault.contains(QLatin1Char('\n')));
}

void CommandLineTest::helpNamesEveryOption() {
    const CommandLine line = parseCommandLine({"--help"});
    QVERIFY(line.helpWanted);
    for (const char* option :
         {"--goto", "--read-only", "--theme", "--shot", "--size", "--scale", "--version", "FILE"})
        QVERIFY2(line.text.contains(QLatin1String(option)), option);
    QVERIFY(parseCommandLine({"--version"}).versionWanted);
}

void CommandLineTest::scaleIsFoundBeforeTheRest_data() {
    QTest::addColumn<QByteArrayList>("arguments");
    QTest::addColumn<double>("scale");
    QTest::newRow("given") << QByteArrayList{"octavo", "--shot", "x", "--scale", "1.5"} << 1.5;
    QTest::newRow("joined") << QByteArrayList{"octavo", "--scale=2"} << 2.0;
    QTest::newRow("absent") << QByteArrayList{"octavo", "x"} << 0.0;
    QTest::newRow("a name") << QByteArrayList{"octavo", "--", "--scale", "2"} << 0.0;
    QTest::newRow("the last") << QByteArrayList{"octavo", "--scale=2", "--scale=3"} << 3.0;
    QTest::newRow("no scale") << QByteArrayList{"octavo", "--scale", "0"} << 0.0;
    QTest::newRow("no number") << QByteArrayList{"octavo", "--scale=abc"} << 0.0;
    QTest::newRow("no value") << QByteArrayList{"octavo", "--scale"} << 0.0;
}

void CommandLineTest::scaleIsFoundBeforeTheRest() {
    QFETCH(QByteArrayList, arguments);
    QFETCH(double, scale);
    std::vector<char*> pointers;
    for (QByteArray& argument : arguments)
        pointers.push_back(argument.data());
    const auto found =
        octavo::app::scaleArgument(static_cast<int>(pointers.size()), pointers.data());
    QCOMPARE(found.value_or(0), scale);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
