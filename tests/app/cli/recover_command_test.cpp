// Saves by octavo-cli that are killed at any moment, and what recover makes of them.
#include "tests/support/cli_process.h"
#include "tests/support/test_files.h"
#include "tests/support/test_seed.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <random>

using namespace octavo::test;

class RecoverCommandTest : public QObject {
    Q_OBJECT

private slots:
    void nothingToDo();
    void noSuchFile();
    void killedAtAnyMoment_data();
    void killedAtAnyMoment();
    void everyCommandRecovers_data();
    void everyCommandRecovers();
    void changedSince();

private:
    QStringList names() const {
        return QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    QTemporaryDir folder_;
    QString path_ = folder_.filePath("data");
    QString script_ = folder_.filePath("edits");
};

namespace {

/// Runs the edit until it has written into `path`, and kills it there, as often as that takes.
/// False where it was always too quick.
bool interruptPatch(const QString& path, const QString& script, const QByteArray& before) {
    std::mt19937_64 random(freshSeed());
    for (int i = 0; i < 60; ++i) {
        if (!writeFile(path, before))
            return false;
        QProcess process;
        process.start(OCTAVO_CLI, {"edit", path, "--script", script});
        process.waitForStarted();
        QElapsedTimer clock;
        clock.start();
        while (process.state() == QProcess::Running && clock.elapsed() < 10'000) {
            if (readFile(path) != before)
                break;
            QThread::usleep(random() % 50);
        }
        process.kill();
        process.waitForFinished();
        // The header of its journal says whether it had come to its end.
        const QFileInfo file(path);
        const QByteArray journal =
            readFile(file.path() + "/." + file.fileName() + ".octavo-journal");
        const bool isActive = journal.mid(8, 4) == QByteArray(4, '\0');
        if (process.exitStatus() == QProcess::CrashExit && isActive && readFile(path) != before)
            return true;
        (void)runCli({"recover", path});
    }
    return false;
}

}  // namespace

void RecoverCommandTest::nothingToDo() {
    QVERIFY(writeFile(path_, "content"));
    const CliResult result = runCli({"recover", path_});
    QCOMPARE(result.status, 0);
    QVERIFY(result.output.startsWith("nothing to recover"));
    QCOMPARE(result.errors, QByteArray());
}

void RecoverCommandTest::noSuchFile() {
    const CliResult result = runCli({"recover", folder_.filePath("none")});
    QCOMPARE(result.status, 2);
    QVERIFY(isOneErrorLine(result.errors));
}

void RecoverCommandTest::killedAtAnyMoment_data() {
    QTest::addColumn<QString>("strategy");
    for (const char* strategy : {"patch", "replace", "shift"})
        QTest::newRow(strategy) << strategy;
}

/// A child that saves is killed at random moments; afterwards the file is the old one or the new
/// one, and nothing lies beside it.
void RecoverCommandTest::killedAtAnyMoment() {
    QFETCH(QString, strategy);
    const std::uint64_t seed = freshSeed();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    std::mt19937_64 random(seed);
    const QByteArray before = randomBytes(4 << 20, seed);
    QByteArray edits = strategy == "patch" ? "" : "insert 5000 0102030405\n";
    if (strategy == "shift")
        edits = "insert 4096 " + QByteArray(4096 * 2, '7') + "\n";
    for (int i = 0; i < 300; ++i)
        edits += "overwrite " + QByteArray::number(qint64(random() % (4U << 20U))) + " AB\n";
    edits += strategy == "shift" ? "" : "fill 1000000 2000000 CDEF\n";
    QVERIFY(writeFile(script_, edits));
    QVERIFY(writeFile(path_, before));
    const QStringList edit{"edit", path_, "--script", script_, "--strategy", strategy};
    const CliResult plan = runCli(edit + QStringList{"--plan"});
    if (plan.output.contains(strategy.toLatin1() + ": cannot"))
        QSKIP("the file system of the folder for temporary files cannot move blocks");
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(runCli(edit).status, 0);
    const qint64 usual = clock.nsecsElapsed() / 1000;
    const QByteArray after = readFile(path_);
    QCOMPARE(names(), (QStringList{"data", "edits"}));

    int wasOld = 0;
    int wasNew = 0;
    const int kills = scaled(100);
    for (int i = 0; i < kills; ++i) {
        QVERIFY(writeFile(path_, before));
        QProcess process;
        process.start(OCTAVO_CLI, edit);
        QVERIFY(process.waitForStarted());
        QThread::usleep(random() % static_cast<std::uint64_t>(usual + usual / 4));
        process.kill();
        process.waitForFinished();
        const CliResult result = runCli({"recover", path_});
        QVERIFY2(result.status == 0, result.errors);
        const QByteArray now = readFile(path_);
        QVERIFY2(now == before || now == after, qPrintable(QString::number(i)));
        (now == before ? wasOld : wasNew) += 1;
        QCOMPARE(names(), (QStringList{"data", "edits"}));
    }
    qInfo("%d times old, %d times new", wasOld, wasNew);
}

void RecoverCommandTest::everyCommandRecovers_data() {
    QTest::addColumn<QStringList>("command");
    QTest::newRow("recover") << QStringList{"recover", "FILE"};
    QTest::newRow("info") << QStringList{"info", "FILE"};
    QTest::newRow("dump") << QStringList{"dump", "FILE", "--length", "16"};
    QTest::newRow("find") << QStringList{"find", "FILE", "--hex", "00", "--count"};
    QTest::newRow("edit") << QStringList{"edit", "FILE", "--script", "/dev/null"};
}

void RecoverCommandTest::everyCommandRecovers() {
    QFETCH(QStringList, command);
    const QByteArray before = randomBytes(6 << 20, kFixedSeed);
    QVERIFY(writeFile(script_, "fill 0 6000000 CDEF\n"));
    if (!interruptPatch(path_, script_, before))
        QSKIP("the save was always quicker than the kill");
    command.replaceInStrings("FILE", path_);
    const CliResult result = runCli(command);
    QVERIFY2(result.status == 0, result.errors);
    const bool isRecover = command.first() == "recover";
    QVERIFY((isRecover ? result.output : result.errors).contains("was interrupted"));
    QVERIFY(readFile(path_) == before || readFile(path_).left(4).toHex() == "cdefcdef");
    QCOMPARE(names(), (QStringList{"data", "edits"}));
}

void RecoverCommandTest::changedSince() {
    const QByteArray before = randomBytes(6 << 20, kFixedSeed);
    QVERIFY(writeFile(script_, "fill 0 6000000 CDEF\n"));
    if (!interruptPatch(path_, script_, before))
        QSKIP("the save was always quicker than the kill");
    QFile file(path_);
    QVERIFY(file.open(QIODevice::Append) && file.write("more") == 4);
    file.close();
    const QByteArray left = readFile(path_);
    const CliResult result = runCli({"recover", path_});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.errors.contains("is kept in"), result.errors);
    QVERIFY(readFile(path_) == left);
    QCOMPARE(names().size(), 3);
    QVERIFY(names().first().startsWith(".data.octavo-journal-"));
    QVERIFY(QFile::remove(folder_.filePath(names().first())));
}

QTEST_GUILESS_MAIN(RecoverCommandTest)
#include "recover_command_test.moc"
