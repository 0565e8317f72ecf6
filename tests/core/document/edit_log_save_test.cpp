// Edit log and save together, killed after any call: recovered and flushed again, no edit is
// applied twice or lost.
#include "core/document/document.h"
#include "core/document/edit_log_feed.h"
#include "core/document/edit_log_folder.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "core/document/recovery_fit.h"
#include "tests/support/simulated_file_system.h"
#include "tests/support/simulated_power_cut.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

const std::string kPath = "/file";
const std::string kLogs = "/state/edits";
constexpr Offset kBlock = 512;

using Edits = std::function<void(Document&)>;

QByteArray contentOf(const Document& document) {
    QByteArray out(document.length(), '\0');
    const Unreadable unreadable = document.snapshot().read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

void inPlace(Document& document) {
    for (const Offset at : {3, 600, 5'000, 9'999})
        (void)document.overwrite(at, span("pending"));
}

void withInsertions(Document& document) {
    inPlace(document);
    (void)document.insert(2'000, span("inserted"));
    (void)document.erase({7'000, 33});
}

void withABlock(Document& document) {
    inPlace(document);
    (void)document.insert(0, Bytes(kBlock, Byte{'i'}));
}

/// A document that is logged, with edits that are in its log.
struct Run {
    SimulatedFileSystem files;
    EditLogFeed feed;
    std::unique_ptr<Document> document;
    std::unique_ptr<EditLogWriter> writer;
    QByteArray before = someBytes(20'000);
    QByteArray after;

    explicit Run(const Edits& edits) : files(options()) {
        files.put(kPath, span(before));
        files.put("/state/keep", {});
        document = *Document::open(files, kPath);
        writer = std::make_unique<EditLogWriter>(files, kLogs);
        document->setEditLog(&feed);
        edits(*document);
        after = contentOf(*document);
        (void)log();
    }
    ~Run() { document->setEditLog(nullptr); }

    static SimulatedOptions options() {
        SimulatedOptions options;
        options.blockSize = kBlock;
        return options;
    }
    Status log() {
        std::optional<EditLogBatch> batch = feed.take(document->snapshot());
        return batch ? writer->write(*std::move(batch)) : Status();
    }
    /// As ui does it: begin, save, end, the log anew.
    void flush(SaveStrategy strategy) {
        const auto save = *document->prepareFlush({.strategy = strategy});
        FlushPlan plan{1, save->snapshot(), {}};
        for (const Change& change : save->changes())
            plan.changes.push_back(change.id);
        const bool isBegun = writer->beginFlush(plan).ok();
        const std::shared_ptr<const FileVersion> version = save->version();
        Progress progress;
        (void)save->run(progress);
        if (isBegun && (save->succeeded() || save->version() == version))
            (void)writer->endFlush(1, save->succeeded(), save->info());
        document->finishFlush(*save);
        (void)log();
    }
};

/// What the next start does: settle the save, read the log, decide the flush, take over what fits.
void recoverAndFlush(SimulatedFileSystem& files, const std::string& how, QByteArray& content) {
    const auto document = Document::open(files, kPath);
    QVERIFY2(document.ok(), how.c_str());
    QVERIFY2((*document)->recovery().outcome != SaveOutcome::Foreign, how.c_str());
    const auto found = findEditLogs(files, kLogs);
    QVERIFY2(found.ok() && found->size() <= 1, how.c_str());
    if (!found->empty()) {
        QVERIFY2(found->front().isLeftBehind(), how.c_str());
        Result<RecoveredEdits> edits = readEditLog(files, found->front().path);
        QVERIFY2(edits.ok(), how.c_str());
        const FileVersion& version = *(*document)->version();
        if (edits->openFlush() != nullptr) {
            const FlushDecision decision =
                decideByContent(*edits, version, version.file()->length());
            QVERIFY2(decision.outcome != FlushOutcome::Unknown, how.c_str());
            edits->settleFlush(decision);
        }
        std::vector<ChangeId> ids;
        for (const ChangeFit& each : fit(*edits, &version, *version.file()->currentInfo()))
            ids.push_back(each.id);  // the user says yes to all that is offered
        if (!ids.empty())
            QVERIFY2((*document)->recover(*edits, ids), how.c_str());
    }
    content = contentOf(**document);
    if ((*document)->isModified()) {
        const auto save = *(*document)->prepareFlush();
        Progress progress;
        QVERIFY2(save->run(progress), how.c_str());
        (*document)->finishFlush(*save);
    }
    QVERIFY2(QByteArray(reinterpret_cast<const char*>(files.content(kPath).data()),
                        static_cast<int>(files.content(kPath).size())) == content,
             how.c_str());
}

}  // namespace

Q_DECLARE_METATYPE(Edits)

class EditLogSaveTest : public QObject {
    Q_OBJECT

private slots:
    void killedAnywhere_data();
    void killedAnywhere();
    void powerCutAnywhere_data();
    void powerCutAnywhere();
};

void EditLogSaveTest::killedAnywhere_data() {
    QTest::addColumn<Edits>("edits");
    QTest::addColumn<int>("strategy");
    QTest::newRow("patch") << Edits(inPlace) << int(SaveStrategy::Patch);
    QTest::newRow("replace") << Edits(withInsertions) << int(SaveStrategy::Replace);
    QTest::newRow("shift") << Edits(withABlock) << int(SaveStrategy::Shift);
}

void EditLogSaveTest::killedAnywhere() {
    QFETCH(Edits, edits);
    QFETCH(int, strategy);
    for (const auto part : {SimulatedPlan::Part::None, SimulatedPlan::Part::All}) {
        for (int at = 1;; ++at) {
            Run run(edits);
            run.files.setPlan({.at = at, .kind = SimulatedPlan::Kind::Kill, .part = part});
            run.flush(static_cast<SaveStrategy>(strategy));
            const bool isOver = !run.files.isKilled();
            SimulatedFileSystem after(run.files.disk().afterKill());
            QByteArray content;
            const std::string how = "killed at call " + std::to_string(at);
            recoverAndFlush(after, how, content);
            QVERIFY2(content == run.after, how.c_str());
            if (isOver)
                break;
        }
    }
}

void EditLogSaveTest::powerCutAnywhere_data() {
    QTest::addColumn<Edits>("edits");
    QTest::addColumn<int>("strategy");
    QTest::newRow("patch") << Edits(inPlace) << int(SaveStrategy::Patch);
    QTest::newRow("replace") << Edits(withInsertions) << int(SaveStrategy::Replace);
}

void EditLogSaveTest::powerCutAnywhere() {
    QFETCH(Edits, edits);
    QFETCH(int, strategy);
    Run run(edits);
    std::vector<SimulatedDisk> moments;
    run.files.setAfterChange([&] { moments.push_back(run.files.disk().afterKill()); });
    run.flush(static_cast<SaveStrategy>(strategy));
    run.files.setAfterChange({});
    int whole = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        for (const PowerCut& cut : powerCuts(moments[i], {.seed = i + 1, .most = 8})) {
            SimulatedFileSystem after(cut.disk);
            QByteArray content;
            const std::string how = std::to_string(i) + ": " + cut.how;
            recoverAndFlush(after, how, content);
            // The last second may be lost, which here is all of it, and nothing in part.
            QVERIFY2(content == run.after || content == run.before, how.c_str());
            whole += content == run.after ? 1 : 0;
        }
    }
    QVERIFY(whole > 0);
}

QTEST_GUILESS_MAIN(EditLogSaveTest)

#include "edit_log_save_test.moc"
