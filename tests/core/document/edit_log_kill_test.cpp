// A real process that logs its edits and is killed: what it had logged is there.
#include "core/document/edit_log_folder.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QProcess>
#include <QTest>

#include <cstdio>
#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// Random edits over a file, the same for the same seed, in batches for a log.
class Editing {
public:
    Editing(const std::string& file, std::uint64_t seed) : document_(file), engine_(seed) {}

    EditLogBatch nextBatch() {
        for (std::uint64_t edits = 1 + engine_() % 8; edits > 0; --edits)
            document_.editAtRandom(engine_);
        const ChangeId last = document_.lastChange();
        document_.feed().named(last, "so that there is something");
        return document_.take();
    }
    QByteArray content() const { return contentOf(document_.snapshot()); }

private:
    LoggedDocument document_;
    std::mt19937_64 engine_;
};

/// The child: says the number of each batch once it is logged, until it is killed.
int logForEver(char** arguments) {
    Editing editing(arguments[2], std::strtoull(arguments[4], nullptr, 10));
    EditLogWriter writer(systemFileSystem(), arguments[3], {.leastRewritten = 4'000});
    for (int batch = 1;; ++batch) {
        if (!writer.write(editing.nextBatch()))
            return 1;
        std::printf("%d\n", batch);
        std::fflush(stdout);
    }
}

}  // namespace

class EditLogKillTest : public QObject {
    Q_OBJECT

private slots:
    void killedWhileLogging();
};

void EditLogKillTest::killedWhileLogging() {
    for (const std::uint64_t seed : testSeeds()) {
        for (int round = 0; round < scaled(5); ++round) {
            const TestFolder folder;
            const std::string file = folder.write("file", someBytes(2'000));
            const std::string logs = folder.path("edits");
            const std::uint64_t childSeed = seed + std::uint64_t(round);
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {"--log", QString::fromStdString(file), QString::fromStdString(logs),
                         QString::number(childSeed)});
            const int wanted = 5 + int(childSeed % 60);
            int logged = 0;
            const auto readAll = [&] {
                while (child.canReadLine())
                    logged = child.readLine().trimmed().toInt();
            };
            while (logged < wanted) {
                QVERIFY(child.canReadLine() || child.waitForReadyRead(60'000));
                readAll();
            }
            const auto living = findEditLogs(systemFileSystem(), logs);
            QVERIFY(living.ok());
            QVERIFY(living->empty() || !living->front().isLeftBehind());
            child.kill();
            QVERIFY(child.waitForFinished(60'000));
            readAll();

            const auto found = findEditLogs(systemFileSystem(), logs);
            QVERIFY(found.ok());
            // The state at the last batch it spoke of, or at the one it was at then.
            Editing editing(file, childSeed);
            QByteArray last = editing.content();
            for (int batch = 1; batch <= logged; ++batch) {
                (void)editing.nextBatch();
                last = editing.content();
            }
            (void)editing.nextBatch();
            const QByteArray next = editing.content();
            if (found->empty()) {  // killed with nothing pending
                QVERIFY(last == someBytes(2'000) || next == someBytes(2'000));
                continue;
            }
            QCOMPARE(found->size(), std::size_t{1});
            QVERIFY(found->front().isLeftBehind());
            const Result<RecoveredEdits> edits =
                readEditLog(systemFileSystem(), found->front().path);
            QVERIFY(edits.ok());
            const QByteArray shown = contentOf(edits->snapshot());
            if (shown != last)
                QCOMPARE(shown, next);
            // Nothing but the log is left.
            QCOMPARE(systemFileSystem().list(logs)->size(), std::size_t{1});
        }
    }
}

int main(int argc, char** argv) {
    if (argc == 5 && qstrcmp(argv[1], "--log") == 0)
        return logForEver(argv);
    QCoreApplication application(argc, argv);
    EditLogKillTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "edit_log_kill_test.moc"
