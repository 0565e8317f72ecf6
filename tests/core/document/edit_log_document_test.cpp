// A real document and its edit log: after edits of every kind, and flushes, what is read back is
// the document, and a document that takes it over is the same again.
#include "core/base/worker.h"
#include "core/document/document.h"
#include "core/document/edit_log_feed.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "core/document/recovery_fit.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

Bytes randomBytes(std::mt19937_64& engine, std::size_t most) {
    Bytes bytes(1 + engine() % most);
    for (Byte& byte : bytes)
        byte = static_cast<Byte>(engine());
    return bytes;
}

/// A document with its log, and random edits of every kind.
class Editor {
public:
    Editor(const std::string& file, const std::string& logs)
        : document_(*Document::open(systemFileSystem(), file))
        , writer_(systemFileSystem(), logs, {.leastRewritten = 3'000}) {
        document_->setEditLog(&feed_);
    }
    ~Editor() { document_->setEditLog(nullptr); }

    Document& document() { return *document_; }
    EditLogWriter& writer() { return writer_; }

    Status write() {
        std::optional<EditLogBatch> batch = feed_.take(document_->snapshot());
        return batch ? writer_.write(*std::move(batch)) : Status();
    }

    void writeBeside(Worker& worker, std::atomic<int>& failures) {
        std::optional<EditLogBatch> batch = feed_.take(document_->snapshot());
        if (!batch)
            return;
        const auto shared = std::make_shared<EditLogBatch>(*std::move(batch));
        worker.post([this, shared, &failures] {
            if (!writer_.write(std::move(*shared)))
                ++failures;
        });
    }

    void edit(std::mt19937_64& engine) {
        const Offset length = document_->length();
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        Extent extent{below(length + 1), 0};
        extent.length = std::min(below(30), length - extent.offset);
        const EditOptions options(engine() % 3 == 0 ? EditStyle::Typing : EditStyle::Step,
                                  static_cast<IfSwitchedOff>(engine() % 3));
        const Bytes bytes = randomBytes(engine, 20);
        std::vector<ChangeId> ids;
        for (const Change& change : document_->snapshot().changeSet()) {
            if (engine() % 4 == 0)
                ids.push_back(change.id);
        }
        switch (below(18)) {
        case 0:
            (void)document_->erase(extent, options);
            break;
        case 1:
            (void)document_->fill(extent, ByteSpan(bytes).first(1 + bytes.size() / 4), options);
            break;
        case 2:
            (void)document_->replace(extent, Content::of(document_->snapshot(), extent), options);
            break;
        case 3:
            (void)document_->replaceMany(std::vector{extent}, Content::bytes(bytes), options);
            break;
        case 4:
        case 5:
            if (document_->canUndo())
                (void)document_->undo();
            break;
        case 6:
            if (document_->canRedo())
                (void)document_->redo();
            break;
        case 7:
        case 8:
            (void)document_->switchChanges(ids, engine() % 2 == 0);
            break;
        case 9:
            (void)document_->revertChanges(ids);
            break;
        case 10:
            (void)document_->keepChanges(ids, engine() % 2 == 0);
            break;
        case 11:
            for (const ChangeId id : ids)
                (void)document_->setChangeName(id, "name " + std::to_string(engine() % 9));
            break;
        case 12:
            review();
            break;
        case 13:
            (void)document_->setLength(std::max<Offset>(0, length + below(40) - 20), options);
            break;
        default:
            if (engine() % 2 == 0)
                (void)document_->insert(extent.offset, bytes, options);
            else
                (void)document_->replace(extent, bytes, options);
        }
    }

    void review() {
        Progress progress;
        if (const auto review = document_->prepareReview(); review && review->run(progress))
            document_->finishReview(*review);
    }

    /// Writes those of the changes in place that keep their length, with `between` run while it
    /// runs. False where the process "ended" there.
    bool flush(std::mt19937_64& engine, const std::function<bool(int)>& goesOn) {
        std::vector<ChangeId> ids;
        for (const Change& change : document_->snapshot().changes()) {
            if (change.kind() == ChangeKind::Overwritten && engine() % 3 != 0)
                ids.push_back(change.id);
        }
        auto save = document_->prepareFlush(ids);
        if (!save)
            return true;  // one of them needs another that does not keep its length
        FlushPlan plan{++flushes_, (*save)->snapshot(), {}};
        for (const Change& change : (*save)->changes())
            plan.changes.push_back(change.id);
        if (!write() || !writer_.beginFlush(plan) || !goesOn(0))
            return false;
        Progress progress;
        if (!(*save)->run(progress) || !goesOn(1))
            return false;
        if (!writer_.endFlush(plan.id, (*save)->succeeded(), (*save)->info()) || !goesOn(2))
            return false;
        document_->finishFlush(**save);
        return write().ok() && goesOn(3);
    }

private:
    std::unique_ptr<Document> document_;
    EditLogFeed feed_;
    EditLogWriter writer_;
    std::uint64_t flushes_ = 0;
};

QString list(const Snapshot& snapshot, const std::function<QString(ChangeId)>& facts) {
    QString text;
    for (const Change& change : snapshot.changeSet())
        text += QString("%1%2 %3+%4 at %5+%6 %7; ")
                    .arg(change.isOff ? "off " : "")
                    .arg(change.id)
                    .arg(change.before.offset.value)
                    .arg(change.before.length)
                    .arg(change.now.offset)
                    .arg(change.now.length)
                    .arg(facts(change.id));
    return text;
}

QString list(const Document& document) {
    return list(document.snapshot(), [&](ChangeId id) {
        const ChangeRecord& record = document.changeRecord(id);
        return QString("'%1' %2 %3 %4")
            .arg(QString::fromStdString(document.changeName(id)))
            .arg(record.kept)
            .arg(record.transaction)
            .arg(document.transaction(record.transaction).timeNs);
    });
}

QString list(const RecoveredEdits& edits) {
    return list(edits.snapshot(), [&](ChangeId id) {
        const LoggedFacts& facts = edits.facts();
        const ChangeRecord& record = facts.changes.at(id);
        const auto name = facts.names.find(id);
        return QString("'%1' %2 %3 %4")
            .arg(name == facts.names.end() ? QString() : QString::fromStdString(name->second))
            .arg(record.kept)
            .arg(record.transaction)
            .arg(facts.transactions.at(record.transaction).timeNs);
    });
}

std::vector<ChangeId> allOf(const RecoveredEdits& edits) {
    std::vector<ChangeId> ids;
    for (const Change& change : edits.snapshot().changeSet())
        ids.push_back(change.id);
    return ids;
}

}  // namespace

class EditLogDocumentTest : public QObject {
    Q_OBJECT

private slots:
    void followsTheDocument();
    void endsAnywhereInAFlush_data();
    void endsAnywhereInAFlush();
    void writesBesideTheEdits();
};

void EditLogDocumentTest::followsTheDocument() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(5); ++round) {
            const TestFolder folder;
            const std::string file = folder.write("file", someBytes(400));
            Editor editor(file, folder.path("edits"));
            Document& document = editor.document();
            for (int batch = 0; batch < 60; ++batch) {
                for (std::uint64_t edits = 1 + engine() % 8; edits > 0; --edits)
                    editor.edit(engine);
                if (engine() % 8 == 0)
                    QVERIFY(editor.flush(engine, [](int) { return true; }));
                QVERIFY(editor.write().ok());
                const auto names = systemFileSystem().list(folder.path("edits"));
                if (!names || names->empty()) {
                    QVERIFY(!document.hasChanges());
                    continue;
                }
                const auto edits = readEditLog(systemFileSystem(), editor.writer().path());
                QVERIFY2(edits.ok(), edits.ok() ? "" : edits.error().message().c_str());
                QCOMPARE(edits->bytesLost(), Offset{0});
                QCOMPARE(contentOf(edits->snapshot()), contentOf(document.snapshot()));
                QCOMPARE(list(*edits), list(document));

                // Taken over by a document that was just opened, and logged by it.
                if (engine() % 4 != 0)
                    continue;
                Editor second(file, folder.path("second"));
                QVERIFY(second.document().recover(*edits, allOf(*edits)).ok());
                QCOMPARE(contentOf(second.document().snapshot()), contentOf(document.snapshot()));
                QVERIFY(second.write().ok());
                for (std::uint64_t more = engine() % 8; more > 0; --more)
                    second.edit(engine);
                QVERIFY(second.write().ok());
                if (!second.document().hasChanges())
                    continue;
                const auto again = readEditLog(systemFileSystem(), second.writer().path());
                QVERIFY(again.ok());
                QCOMPARE(contentOf(again->snapshot()), contentOf(second.document().snapshot()));
                QCOMPARE(list(*again), list(second.document()));
            }
        }
    }
}

void EditLogDocumentTest::endsAnywhereInAFlush_data() {
    QTest::addColumn<int>("at");
    QTest::newRow("begun") << 0;
    QTest::newRow("written") << 1;
    QTest::newRow("ended") << 2;
    QTest::newRow("begun anew") << 3;
}

/// The process ends in a flush, with edits since its beginning: the next one shows the same
/// content, and flushes what is left.
void EditLogDocumentTest::endsAnywhereInAFlush() {
    QFETCH(int, at);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        int recovered = 0;
        for (int round = 0; round < scaled(40); ++round) {
            const TestFolder folder;
            const std::string file = folder.write("file", someBytes(400));
            QByteArray shown;
            std::string log;
            {
                Editor editor(file, folder.path("edits"));
                for (int edits = 0; edits < 15; ++edits)
                    editor.edit(engine);
                editor.review();
                const bool ended = !editor.flush(engine, [&](int step) {
                    if (step < 2) {
                        for (std::uint64_t edits = engine() % 3; edits > 0; --edits)
                            editor.edit(engine);
                        if (!editor.write())
                            return false;
                    }
                    return step != at;
                });
                shown = contentOf(editor.document().snapshot());
                log = editor.writer().path();
                if (!ended || !editor.document().hasChanges())
                    continue;
            }
            Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), log);
            QVERIFY2(edits.ok(), edits.ok() ? "" : edits.error().message().c_str());
            auto document = *Document::open(systemFileSystem(), file);
            if (edits->openFlush() != nullptr) {
                const FlushDecision decision =
                    decideByContent(*edits, *document->version(), document->length());
                // Where the file has got what it had, old and new are the same.
                if (at > 0)
                    QCOMPARE(decision.outcome, FlushOutcome::NewContent);
                QVERIFY(decision.outcome != FlushOutcome::Unknown);
                edits->settleFlush(decision);
            }
            QVERIFY(document->recover(*edits, allOf(*edits)).ok());
            QCOMPARE(contentOf(document->snapshot()), shown);
            ++recovered;
        }
        qInfo("%d recovered", recovered);
        QVERIFY(recovered > scaled(40) / 8);
    }
}

/// The document goes on while a worker writes.
void EditLogDocumentTest::writesBesideTheEdits() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const TestFolder folder;
        const std::string file = folder.write("file", someBytes(400));
        Worker worker("log");
        Editor editor(file, folder.path("edits"));
        std::atomic<int> failures = 0;
        for (int batch = 0; batch < 100; ++batch) {
            editor.edit(engine);
            editor.writeBeside(worker, failures);
        }
        QVERIFY(worker.waitIdle(std::chrono::minutes(1)));
        QCOMPARE(failures.load(), 0);
        QVERIFY(!editor.writer().isBehind());
        if (!editor.document().hasChanges())
            continue;
        const auto edits = readEditLog(systemFileSystem(), editor.writer().path());
        QVERIFY(edits.ok());
        QCOMPARE(contentOf(edits->snapshot()), contentOf(editor.document().snapshot()));
        QCOMPARE(list(*edits), list(editor.document()));
    }
}

QTEST_GUILESS_MAIN(EditLogDocumentTest)
#include "edit_log_document_test.moc"
