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
#include <vector>

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
    void longWaysAreGoneInParts();
    void longWaysAreTurnedBack();
    void aShortWayIsGoneAtOnce();
    void closingOnTheWay();
};

namespace {

/// Two steps: `count` bytes, of which every other is another one then.
class ManyEdited {
public:
    explicit ManyEdited(std::uint64_t count) {
        auto document = Document::untitled();
        std::vector<Extent> extents;
        for (std::uint64_t i = 0; i < count; ++i) {
            extents.push_back({static_cast<core::Offset>(2 * i), 1});
        }
        if (!document->insert(0, Bytes(2 * count, 'a')) ||
            !document->replaceMany(extents, core::Content::bytes(Bytes{'b'}))) {
            qFatal("the edits are refused");
        }
        editor = std::make_unique<EditorDocument>(std::move(document));
        QObject::connect(&editor->history(), &HistoryKeeper::walked, editor.get(),
                         [this](quint64, quint64) { ++parts; });
        QObject::connect(&editor->history(), &HistoryKeeper::walkEnded, editor.get(),
                         [this] { ++ends; });
        QObject::connect(editor.get(), &EditorDocument::contentChanged, editor.get(),
                         [this](const core::DocumentEvent&) { ++changes; });
    }
    ~ManyEdited() {
        editor.reset();
        ui::Job::waitAllIdle(kLong);
    }
    Document& document() { return editor->document(); }
    HistoryKeeper& keeper() { return editor->history(); }
    HistoryKeeper::Done remember() {
        return [this](const HistoryKeeper::Stepped& stepped) { answers.push_back(stepped); };
    }

    std::unique_ptr<EditorDocument> editor;
    std::vector<HistoryKeeper::Stepped> answers;
    int parts = 0;
    int ends = 0;
    int changes = 0;
};

constexpr std::uint64_t kMany = HistoryKeeper::kAtOnce + 1;

}  // namespace

void HistoryKeeperTest::longWaysAreGoneInParts() {
    ManyEdited many(kMany);
    many.keeper().undo(many.remember());
    QVERIFY(many.keeper().isBusy());
    QVERIFY(many.answers.empty());
    QVERIFY(!many.document().overwrite(0, Bytes{'c'}));
    // Who asks again meanwhile is not heard.
    many.keeper().undo(many.remember());
    many.keeper().redo(many.remember());
    QTRY_COMPARE(many.answers.size(), std::size_t{1});
    QVERIFY(many.parts > 1);
    QCOMPARE(many.ends, 1);
    QCOMPARE(many.changes, 1);
    QCOMPARE(*many.answers.front(), std::optional(Extent{0, core::Offset(2 * kMany - 1)}));
    QVERIFY(!many.keeper().isBusy());
    QCOMPARE(many.document().history().current(), core::StepId{1});
    QVERIFY(many.document().overwrite(0, Bytes{'c'}));
}

void HistoryKeeperTest::longWaysAreTurnedBack() {
    ManyEdited many(kMany);
    many.keeper().goTo(core::kFirstStep, many.remember());
    QTRY_VERIFY(many.parts > 0);
    many.keeper().turnBack();
    QTRY_COMPARE(many.answers.size(), std::size_t{1});
    QCOMPARE(many.answers.front().error().code, core::ErrorCode::Cancelled);
    QCOMPARE(many.document().history().current(), core::StepId{2});
    QCOMPARE(many.document().pending().bytes, core::Offset(2 * kMany));
    // The next one is not turned.
    many.keeper().undo(many.remember());
    QTRY_COMPARE(many.answers.size(), std::size_t{2});
    QVERIFY(many.answers.back().ok());
}

void HistoryKeeperTest::aShortWayIsGoneAtOnce() {
    ManyEdited many(10);
    many.keeper().undo(many.remember());
    QCOMPARE(many.answers.size(), std::size_t{1});
    many.keeper().redo(many.remember());
    QCOMPARE(many.answers.size(), std::size_t{2});
    QCOMPARE(many.document().history().current(), core::StepId{2});
    many.keeper().redo(many.remember());
    QCOMPARE(*many.answers.back(), std::optional<Extent>());
    QCOMPARE(many.ends, 0);
}

void HistoryKeeperTest::closingOnTheWay() {
    ManyEdited many(kMany);
    many.keeper().undo(many.remember());
    QTRY_VERIFY(many.parts > 0);
    many.editor.reset();
    QVERIFY(ui::Job::waitAllIdle(kLong));
    QVERIFY(many.answers.empty());
}

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
