// The whole program, killed while edits are pending and while it writes, and started again. The
// test starts itself: as a child it is the program with a typist in it.
#include "app/program.h"
#include "core/document/edit_log_folder.h"
#include "core/document/recovered_edits.h"
#include "tests/app/typist.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QDeadlineTimer>
#include <QProcess>
#include <QProcessEnvironment>

#include <random>

using namespace octavo;
using octavo::test::TestFolder;

namespace {

constexpr int kPatience = 60'000;

/// A run of the program under a home of the test's own.
class Program {
public:
    Program(const TestFolder& folder, const QStringList& arguments, const QStringList& steps) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const auto path = [&](const char* name) {
            return QString::fromStdString(folder.path(name));
        };
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.insert("XDG_CONFIG_HOME", path("config"));
        environment.insert("XDG_STATE_HOME", path("state"));
        environment.insert(test::kTypistSteps, steps.join('\n'));
        process_.setProcessEnvironment(environment);
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process_.start(QCoreApplication::applicationFilePath(), arguments);
    }
    ~Program() { kill(); }

    /// Waits until the typist says so.
    bool hears(const QByteArray& line) {
        while (!heard_.contains(line + '\n')) {
            if (!process_.waitForReadyRead(kPatience))
                return false;
            heard_ += process_.readAllStandardOutput();
        }
        return true;
    }
    /// SIGKILL.
    void kill() {
        process_.kill();
        process_.waitForFinished(kPatience);
    }
    bool endsWell() {
        return process_.waitForFinished(kPatience) &&
               process_.exitStatus() == QProcess::NormalExit && process_.exitCode() == 0;
    }

private:
    QProcess process_;
    QByteArray heard_;
};

/// What the logs say that were left behind, or are being written.
QList<QByteArray> loggedContents(const TestFolder& folder) {
    QList<QByteArray> contents;
    const std::string logs = folder.path("state/octavo/edits");
    const QDir found(QString::fromStdString(logs));
    // One that is being made has another name, and says nothing yet.
    for (const QString& name : found.entryList({"*.log"}, QDir::Files)) {
        const auto edits =
            core::readEditLog(core::systemFileSystem(), logs + '/' + name.toStdString());
        if (!edits)
            continue;
        core::Bytes bytes(static_cast<std::size_t>(edits->snapshot().length()));
        edits->snapshot().read(0, bytes);
        contents << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                               qsizetype(bytes.size()));
    }
    return contents;
}

/// Waits, without a pause, until the file begins like that.
bool sees(const std::string& path, const QByteArray& beginning) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    QDeadlineTimer deadline(kPatience);
    while (!deadline.hasExpired()) {
        file.seek(0);
        if (file.read(beginning.size()) == beginning)
            return true;
    }
    return false;
}

}  // namespace

class CrashTest : public QObject {
    Q_OBJECT

private slots:
    void killedWithEditsPending_data();
    void killedWithEditsPending();
    void killedWithANewDocument();
    void killedTwice();
    void killedWhileItWrites();
    void endedProperlyLeavesNothing();
};

void CrashTest::killedWithEditsPending_data() {
    QTest::addColumn<bool>("startedWithTheFile");
    QTest::newRow("started again with the file") << true;
    QTest::newRow("started again without") << false;
}

void CrashTest::killedWithEditsPending() {
    QFETCH(bool, startedWithTheFile);
    const TestFolder folder;
    const std::string file = folder.write("a.bin", "0123456789");
    const QString path = QString::fromStdString(file);
    const QByteArray edited("\xCA\xFE"
                            "23\xEE"
                            "56789");
    {
        Program program(folder, {path}, {"loaded", "type CAFE__EE", "say typed"});
        QVERIFY(program.hears("typed"));
        QTRY_COMPARE_WITH_TIMEOUT(loggedContents(folder), QList<QByteArray>{edited}, kPatience);
        program.kill();
    }
    QCOMPARE(TestFolder::read(file), QByteArray("0123456789"));
    QStringList steps{"follow Restore", "press Ctrl+S", "clean", "quit"};
    if (!startedWithTheFile)
        steps.prepend("follow Open a.bin");
    Program again(folder, startedWithTheFile ? QStringList{path} : QStringList{}, steps);
    QVERIFY(again.endsWell());
    QCOMPARE(TestFolder::read(file), edited);
    QCOMPARE(loggedContents(folder), QList<QByteArray>{});
}

void CrashTest::killedWithANewDocument() {
    const TestFolder folder;
    {
        Program program(folder, {}, {"press Ctrl+N", "loaded", "type CAFEBABE"});
        QTRY_COMPARE_WITH_TIMEOUT(loggedContents(folder),
                                  QList<QByteArray>{QByteArray::fromHex("cafebabe")}, kPatience);
        program.kill();
    }
    {
        Program again(folder, {}, {"follow Restore", "loaded", "type FF", "say typed"});
        QVERIFY(again.hears("typed"));
        QTRY_COMPARE_WITH_TIMEOUT(loggedContents(folder),
                                  QList<QByteArray>{QByteArray::fromHex("fffebabe")}, kPatience);
    }
}

void CrashTest::killedTwice() {
    const TestFolder folder;
    const std::string file = folder.write("a.bin", "0123456789");
    const QString path = QString::fromStdString(file);
    // The caret stands where the first change was restored.
    const QList<QStringList> steps{
        {"loaded", "type CA"},
        {"follow Restore", "press Ctrl+End", "press Left", "type FE"},
        {"follow Restore", "press Ctrl+S", "clean", "type 11"},
    };
    const QList<QByteArray> contents{"\xCA"
                                     "123456789",
                                     "\xCA"
                                     "12345678\xFE",
                                     "\x11"
                                     "12345678\xFE"};
    for (int run = 0; run < 3; ++run) {
        Program program(folder, {path}, steps[run]);
        QTRY_COMPARE_WITH_TIMEOUT(loggedContents(folder), QList<QByteArray>{contents[run]},
                                  kPatience);
    }
    QCOMPARE(TestFolder::read(file), QByteArray("\xCA"
                                                "12345678\xFE"));
    Program last(folder, {path}, {"follow Restore", "press Ctrl+S", "clean", "quit"});
    QVERIFY(last.endsWell());
    QCOMPARE(TestFolder::read(file), QByteArray("\x11"
                                                "12345678\xFE"));
    QCOMPARE(loggedContents(folder), QList<QByteArray>{});
}

/// Whenever it dies between the key and the end of the flush, afterwards every edit is there once.
void CrashTest::killedWhileItWrites() {
    constexpr int kChanges = 300;
    int torn = 0;
    for (const std::uint64_t seed : test::testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int run = 0; run < test::scaled(4); ++run) {
            const TestFolder folder;
            const QByteArray before = test::someBytes(2 * kChanges);
            const std::string file = folder.write("a.bin", before);
            const QString path = QString::fromStdString(file);
            QByteArray edited = before;
            QString digits;
            for (int i = 0; i < kChanges; ++i) {
                const auto byte = static_cast<char>(before[2 * i] + 1 + engine() % 255);
                edited[2 * i] = byte;
                digits += QString("%1_").arg(quint8(byte), 2, 16, QLatin1Char('0'));
            }
            {
                Program program(folder, {path},
                                {"loaded", "type " + digits, "say flushing", "press Ctrl+S"});
                QVERIFY(program.hears("flushing"));
                // At any time, or in the midst of the writing.
                if (run % 2 == 0)
                    QTest::qSleep(static_cast<int>(engine() % 12));
                else
                    QVERIFY(sees(file, edited.left(1)));
                program.kill();
            }
            const QByteArray between = TestFolder::read(file);
            torn += between != before && between != edited ? 1 : 0;
            const QList<QByteArray> logged = loggedContents(folder);
            // What was typed within the last second may not be there: so much the log has.
            QVERIFY(logged.size() <= 1);
            const QByteArray expected = logged.isEmpty() ? between : logged[0];
            QVERIFY(between == before || expected == edited);
            Program again(folder, {path}, {"loaded", "restore?", "press Ctrl+S", "clean", "quit"});
            QVERIFY(again.endsWell());
            QCOMPARE(TestFolder::read(file), expected);
            QCOMPARE(loggedContents(folder), QList<QByteArray>{});
        }
    }
    qInfo("%d times a part was written", torn);
}

void CrashTest::endedProperlyLeavesNothing() {
    const TestFolder folder;
    const std::string file = folder.write("a.bin", "0123456789");
    Program program(folder, {QString::fromStdString(file)},
                    {"loaded", "type CA", "say typed", "press Ctrl+S", "clean", "quit"});
    QVERIFY(program.endsWell());
    QCOMPARE(loggedContents(folder), QList<QByteArray>{});
    QCOMPARE(TestFolder::read(file), QByteArray("\xCA"
                                                "123456789"));
}

namespace {

void startTypist() {
    if (qEnvironmentVariableIsSet(test::kTypistSteps))
        QTimer::singleShot(0, qApp, [] { new test::Typist(qApp); });
}

}  // namespace

Q_COREAPP_STARTUP_FUNCTION(startTypist)

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsSet(test::kTypistSteps))
        return app::runProgram(argc, argv);
    QCoreApplication application(argc, argv);
    CrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "crash_test.moc"
