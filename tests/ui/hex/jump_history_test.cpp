#include "core/document/document.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/jump_history.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace octavo;
using core::Document;
using core::Offset;
using ui::EditorDocument;
using ui::JumpHistory;

class JumpHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void backAndForward();
    void aJumpEndsForward();
    void whereOneIsIsSkipped();
    void placesFollowEdits();
    void holdsSoMany();
    void forgetsWithTheDocument();

private:
    static std::unique_ptr<Document> thousand() {
        auto document = Document::untitled();
        if (!document->setLength(1000))
            qFatal("no document");
        return document;
    }
};

void JumpHistoryTest::backAndForward() {
    EditorDocument editor(thousand());
    JumpHistory jumps;
    jumps.setDocument(&editor);
    QVERIFY(!jumps.canGoBack() && !jumps.canGoForward());
    QVERIFY(!jumps.goBack(5));
    jumps.note(10);   // to 100
    jumps.note(100);  // to 500
    QCOMPARE(jumps.goBack(500), std::optional<Offset>(100));
    QCOMPARE(jumps.goBack(100), std::optional<Offset>(10));
    QVERIFY(!jumps.canGoBack());
    QCOMPARE(jumps.goForward(10), std::optional<Offset>(100));
    QCOMPARE(jumps.goForward(100), std::optional<Offset>(500));
    QVERIFY(!jumps.canGoForward());
    QCOMPARE(jumps.goBack(500), std::optional<Offset>(100));
}

void JumpHistoryTest::aJumpEndsForward() {
    EditorDocument editor(thousand());
    JumpHistory jumps;
    jumps.setDocument(&editor);
    jumps.note(10);
    QCOMPARE(jumps.goBack(500), std::optional<Offset>(10));
    QVERIFY(jumps.canGoForward());
    QSignalSpy changed(&jumps, &JumpHistory::changed);
    jumps.note(10);
    QVERIFY(!jumps.canGoForward());
    QCOMPARE(changed.size(), 1);
}

void JumpHistoryTest::whereOneIsIsSkipped() {
    EditorDocument editor(thousand());
    JumpHistory jumps;
    jumps.setDocument(&editor);
    jumps.note(10);
    jumps.note(20);
    QCOMPARE(jumps.goBack(20), std::optional<Offset>(10));
    QVERIFY(!jumps.goBack(10));
}

void JumpHistoryTest::placesFollowEdits() {
    EditorDocument editor(thousand());
    JumpHistory jumps;
    jumps.setDocument(&editor);
    jumps.note(100);
    QVERIFY(editor.document().erase({0, 50}).ok());
    QCOMPARE(jumps.goBack(900), std::optional<Offset>(50));
    QVERIFY(editor.document().setLength(10).ok());
    QCOMPARE(jumps.goForward(0), std::optional<Offset>(10));
}

void JumpHistoryTest::holdsSoMany() {
    EditorDocument editor(thousand());
    JumpHistory jumps;
    jumps.setDocument(&editor);
    const std::size_t before = editor.document().positions().size();
    for (Offset i = 0; i < 3 * Offset(JumpHistory::kMost); ++i)
        jumps.note(i);
    QCOMPARE(editor.document().positions().size(), before + JumpHistory::kMost);
    QCOMPARE(jumps.goBack(900), std::optional<Offset>(299));
}

void JumpHistoryTest::forgetsWithTheDocument() {
    EditorDocument editor(thousand());
    EditorDocument other(thousand());
    JumpHistory jumps;
    jumps.setDocument(&editor);
    jumps.note(10);
    jumps.setDocument(&other);
    QVERIFY(!jumps.canGoBack());
    QCOMPARE(editor.document().positions().size(), std::size_t{0});
}

QTEST_MAIN(JumpHistoryTest)
#include "jump_history_test.moc"
