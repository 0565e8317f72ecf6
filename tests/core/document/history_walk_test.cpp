// Ways through the history that are gone in parts; document_model_test.cpp goes random ones.
#include "core/document/document.h"
#include "core/document/history_walk.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace octavo::core;

namespace {

/// A thousand bytes, of which every other was overwritten by one step.
std::unique_ptr<Document> manyEdited() {
    auto document = Document::untitled();
    if (!document->insert(0, Bytes(1000, 'a'))) {
        qFatal("cannot fill the document");
    }
    std::vector<Extent> extents;
    for (Offset at = 0; at < 1000; at += 2) {
        extents.push_back({at, 1});
    }
    if (!document->replaceMany(extents, Content::bytes(Bytes{'b'}))) {
        qFatal("cannot edit the document");
    }
    return document;
}

Bytes contentOf(const Document& document) {
    Bytes bytes(static_cast<std::size_t>(document.length()));
    document.snapshot().read(0, bytes);
    return bytes;
}

}  // namespace

class HistoryWalkTest : public QObject {
    Q_OBJECT

private slots:
    void nobodyIsToldBeforeTheEnd();
    void turnsBack_data();
    void turnsBack();
    void goesToTheEndWhereItIsDropped();
    void nothingElseIsDoneMeanwhile();
    void refusals();
};

void HistoryWalkTest::nobodyIsToldBeforeTheEnd() {
    const auto document = manyEdited();
    const Bytes before = contentOf(*document);
    std::vector<DocumentEvent> told;
    document->setListener([&told](const DocumentEvent& event) { told.push_back(event); });
    const auto walk = document->beginGoTo(1);
    QVERIFY(walk.ok());
    QCOMPARE((*walk)->all(), std::uint64_t{500});
    QVERIFY((*walk)->playSome(200));
    QCOMPARE((*walk)->played(), std::uint64_t{200});
    QVERIFY(told.empty());
    QVERIFY(contentOf(*document) != before);
    QVERIFY((*walk)->playSome(300));
    QVERIFY(!(*walk)->playSome(300));
    QVERIFY(told.empty());
    QCOMPARE((*walk)->end(), std::optional(Extent{0, 999}));
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().replaced, (Extent{0, 999}));
    QCOMPARE(contentOf(*document), Bytes(1000, 'a'));
    QVERIFY(document->canRedo());
}

void HistoryWalkTest::turnsBack_data() {
    QTest::addColumn<StepId>("from");
    QTest::addColumn<StepId>("target");
    QTest::addColumn<std::size_t>("played");
    const auto row = [](const char* name, StepId from, StepId target, std::size_t played) {
        QTest::newRow(name) << from << target << played;
    };
    row("before the first splice", 2, 1, 0);
    row("within an undo", 2, 1, 123);
    row("at the end of an undo", 2, 1, 500);
    row("within a redo", 1, 2, 123);
    row("between two steps", 2, 0, 500);
    row("within the second step", 0, 2, 77);
    row("at the end of both", 2, 0, 501);
}

void HistoryWalkTest::turnsBack() {
    QFETCH(StepId, from);
    QFETCH(StepId, target);
    QFETCH(std::size_t, played);
    const auto document = manyEdited();
    QVERIFY(document->goTo(from).ok());
    const Bytes before = contentOf(*document);
    const auto walk = document->beginGoTo(target);
    QVERIFY(walk.ok());
    (*walk)->playSome(played);
    (*walk)->turnBack();
    QCOMPARE((*walk)->all(), std::uint64_t{played});
    // A second time it stays with the first.
    (*walk)->turnBack();
    (*walk)->end();
    QCOMPARE((*walk)->played(), std::uint64_t{played});
    QCOMPARE(document->history().current(), from);
    QCOMPARE(contentOf(*document), before);
    // And it can be gone to the end afterwards, and back.
    QVERIFY(document->goTo(target).ok());
    QVERIFY(document->goTo(from).ok());
    QCOMPARE(contentOf(*document), before);
}

void HistoryWalkTest::goesToTheEndWhereItIsDropped() {
    const auto document = manyEdited();
    {
        const auto walk = document->beginGoTo(1);
        QVERIFY(walk.ok());
        (*walk)->playSome(10);
    }
    QCOMPARE(contentOf(*document), Bytes(1000, 'a'));
    QVERIFY(document->insert(0, Bytes{'c'}));
}

void HistoryWalkTest::nothingElseIsDoneMeanwhile() {
    const auto document = manyEdited();
    const ChangeId id = document->changes().front().id;
    const auto walk = document->beginGoTo(1);
    QVERIFY(walk.ok());
    (*walk)->playSome(10);
    const auto isRefused = [](const auto& result) {
        return !result && result.error().code == ErrorCode::InvalidArgument;
    };
    QVERIFY(isRefused(document->insert(0, Bytes{'c'})));
    QVERIFY(isRefused(document->revert()));
    QVERIFY(isRefused(document->revertChanges(std::vector{id})));
    QVERIFY(isRefused(document->setAccessMode(AccessMode::ReadOnly)));
    QVERIFY(isRefused(document->beginCopy()));
    QVERIFY(isRefused(document->beginGoTo(0)));
    QVERIFY(isRefused(document->goTo(0)));
    QVERIFY(!document->canUndo());
    QVERIFY(!document->canRedo());
    (*walk)->end();
    QVERIFY(document->canUndo());
    QVERIFY(document->setAccessMode(AccessMode::Preview));
}

void HistoryWalkTest::refusals() {
    const auto document = manyEdited();
    QVERIFY(!document->beginGoTo(17));
    document->beginTransaction("open");
    QVERIFY(!document->beginGoTo(1));
    document->endTransaction();
    QVERIFY(document->beginGoTo(1).ok());
}

QTEST_APPLESS_MAIN(HistoryWalkTest)
#include "history_walk_test.moc"
