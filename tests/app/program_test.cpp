// The program itself, started as a user starts it.
#include "tests/support/test_folder.h"

#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

#include <sys/stat.h>

using octavo::test::TestFolder;

namespace {

struct Outcome {
    int status = -1;
    QByteArray output;
    QByteArray errors;
};

}  // namespace

class ProgramTest : public QObject {
    Q_OBJECT

private slots:
    void takesPictures_data();
    void takesPictures();
    void themesDiffer();
    void picturesDoNotTouchTheSettings();
    void picturesThatFail_data();
    void picturesThatFail();
    void badCommandLine();
    void helpAndVersion_data();
    void helpAndVersion();

private:
    Outcome run(const QStringList& arguments) const;
    QString path(const char* name) const { return QString::fromStdString(folder_.path(name)); }

    TestFolder folder_;
};

Outcome ProgramTest::run(const QStringList& arguments) const {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("XDG_CONFIG_HOME", path("config"));
    process.setProcessEnvironment(environment);
    process.start(OCTAVO_PROGRAM, arguments);
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void ProgramTest::takesPictures_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<QSize>("size");
    QTest::newRow("no file") << QStringList{} << qsizetype{-1} << QSize(1280, 800);
    QTest::newRow("empty file") << QStringList{} << qsizetype{0} << QSize(1280, 800);
    QTest::newRow("one byte") << QStringList{} << qsizetype{1} << QSize(1280, 800);
    QTest::newRow("size") << QStringList{"--size", "900x600"} << qsizetype{100'000}
                          << QSize(900, 600);
    QTest::newRow("scale") << QStringList{"--size", "900x600", "--scale", "2"} << qsizetype{100'000}
                           << QSize(1800, 1200);
    QTest::newRow("at the end") << QStringList{"--goto", "end", "--read-only"}
                                << qsizetype{1'000'000} << QSize(1280, 800);
}

void ProgramTest::takesPictures() {
    QFETCH(QStringList, options);
    QFETCH(qsizetype, length);
    QFETCH(QSize, size);
    QStringList arguments = QStringList{"--shot", path("shot.png")} + options;
    if (length >= 0)
        arguments << QString::fromStdString(
            folder_.write("data.bin", octavo::test::someBytes(length)));
    const Outcome outcome = run(arguments);
    QVERIFY2(outcome.status == 0, outcome.errors);
    const QImage picture(path("shot.png"));
    QCOMPARE(picture.size(), size);
    QVERIFY(picture.pixelColor(0, 0) !=
            picture.pixelColor(picture.width() / 2, picture.height() / 2));
}

void ProgramTest::themesDiffer() {
    for (const char* theme : {"light", "dark"}) {
        const Outcome outcome = run({"--shot", path("shot.png"), "--theme", theme});
        QVERIFY2(outcome.status == 0, outcome.errors);
        QCOMPARE(QImage(path("shot.png")).pixelColor(0, 0).lightness() < 128,
                 QByteArray(theme) == "dark");
    }
}

void ProgramTest::picturesDoNotTouchTheSettings() {
    const std::string file = folder_.write("data.bin", "x");
    QCOMPARE(
        run({"--shot", path("shot.png"), "--theme", "dark", QString::fromStdString(file)}).status,
        0);
    QVERIFY(!QDir(path("config")).exists());
}

void ProgramTest::picturesThatFail_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("picture");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("missing") << "missing"
                             << "shot.png" << QByteArray("no such file");
    QTest::newRow("folder") << ""
                            << "shot.png" << QByteArray("folder");
    QTest::newRow("FIFO") << "fifo"
                          << "shot.png" << QByteArray("FIFO");
    QTest::newRow("picture into nowhere")
        << "data.bin"
        << "missing/shot.png" << QByteArray("could not be written");
}

void ProgramTest::picturesThatFail() {
    QFETCH(QString, file);
    QFETCH(QString, picture);
    QFETCH(QByteArray, part);
    folder_.write("data.bin", "x");
    if (file == "fifo")
        QCOMPARE(::mkfifo(folder_.path("fifo").c_str(), 0600), 0);
    QFile::remove(path("shot.png"));
    const Outcome outcome = run({"--shot", path(picture.toUtf8()), path(file.toUtf8())});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.errors.contains(part), outcome.errors);
    QVERIFY(!QFile::exists(path("shot.png")));
}

void ProgramTest::badCommandLine() {
    const Outcome outcome = run({"--frobnicate"});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains("frobnicate"), outcome.errors);
    QCOMPARE(outcome.output, QByteArray());
}

void ProgramTest::helpAndVersion_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("--help") << "--help" << QByteArray("--goto");
    QTest::newRow("-h") << "-h" << QByteArray("--goto");
    QTest::newRow("--version") << "--version" << QByteArray(OCTAVO_VERSION);
}

void ProgramTest::helpAndVersion() {
    QFETCH(QString, option);
    QFETCH(QByteArray, part);
    const Outcome outcome = run({option});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.output.contains(part), outcome.output);
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
