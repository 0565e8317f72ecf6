#include "core/document/document.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/history_keeper.h"
#include "ui/bridge/job.h"

#include <QTest>

#include <memory>
#include <optional>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::Extent;
using octavo::test::Gate;
using octavo::test::GatedFileSystem;
using octavo::test::TestFolder;
using ui::EditorDocument;
using ui::HistoryKeeper;

namespace {

constexpr std::chrono::seconds kLong{60};
/// An eighth of the real one, so that a build for looking at memory gets there too.
constexpr std::size_t kBudget = core::History::kDefaultBudget / 8;

/// So many steps that the oldest leave the memory.
class LongHistory {
public:
    LongHistory() {
        editor_ = std::make_unique<EditorDocument>(
            Document::open(disk_, folder_.write("file", "0123456789")).value());
        editor_->keepSafe(disk_, folder_.path("state"));
        document().setHistoryBudget(kBudget);
        while (document().history().memory() <= kBudget) {
            for (int i = 0; i < 10'000; ++i) {
                // One after the other, so that the tree stays small.
                (void)document().overwrite(i % 10, Bytes{core::Byte(i)});
            }
        }
    }
    ~LongHistory() {
        gate_->open();
        editor_.reset();
        ui::Job::waitAllIdle(kLong);
    }
    Document& document() { return editor_->document(); }
    HistoryKeeper& keeper() { return editor_->history(); }
    Gate& gate() { return *gate_; }
    bool isInBudget() { return document().history().memory() <= kBudget; }

private:
    TestFolder folder_;
    std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
    GatedFileSystem disk_{gate_};
    std::unique_ptr<EditorDocument> editor_;
};

}  // namespace

class HistoryKeeperTest : public QObject {
    Q_OBJECT

private slots:
    void stepsOnTheDiskAreFetched();
};

void HistoryKeeperTest::stepsOnTheDiskAreFetched() {
    LongHistory history;
    Document& document = history.document();
    // Moved away by themselves, some time after the edits.
    QTRY_VERIFY_WITH_TIMEOUT(history.isInBudget(), 60'000);
    const auto undoAsFarAsPossible = [&] {
        core::Result<std::optional<Extent>> undone = document.undo();
        while (undone && *undone) {
            undone = document.undo();
        }
        return undone.ok() ? core::ErrorCode::Cancelled : undone.error().code;
    };
    QCOMPARE(undoAsFarAsPossible(), core::ErrorCode::NotLoaded);

    // The window is not held up, and holding the key down asks once.
    const core::StepId edge = document.history().current();
    int done = 0;
    const auto count = [&](const HistoryKeeper::Stepped& stepped) {
        QVERIFY(stepped && *stepped);
        ++done;
    };
    history.gate().close();
    history.keeper().undo(count);
    history.keeper().undo(count);
    QTRY_COMPARE(history.gate().waiting(), 1);
    QCOMPARE(done, 0);
    QCOMPARE(document.history().current(), edge);
    history.gate().open();
    QTRY_COMPARE(done, 1);
    QCOMPARE(document.history().current(), document.history().step(edge).parent);
    history.keeper().redo(count);
    QTRY_COMPARE(done, 2);
    QCOMPARE(document.history().current(), edge);

    // Whoever edits while a step is fetched has changed their mind.
    QCOMPARE(undoAsFarAsPossible(), core::ErrorCode::NotLoaded);
    history.gate().close();
    history.keeper().undo(count);
    QTRY_COMPARE(history.gate().waiting(), 1);
    QVERIFY(document.overwrite(5, Bytes{'!'}));
    const core::StepId edited = document.history().current();
    history.gate().open();
    QVERIFY(ui::Job::waitAllIdle(kLong));
    QTest::qWait(50);
    QCOMPARE(done, 2);
    QCOMPARE(document.history().current(), edited);
    history.keeper().undo(count);
    QTRY_COMPARE(done, 3);
}

QTEST_GUILESS_MAIN(HistoryKeeperTest)
#include "history_keeper_test.moc"
