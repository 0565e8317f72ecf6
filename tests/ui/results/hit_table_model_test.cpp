#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "ui/results/hit_table_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>

using namespace octavo;
using core::Document;
using core::Extent;
using core::Offset;
using test::span;
using test::TestFolder;
using ui::EditorDocument;
using ui::HitList;
using ui::HitTableModel;

namespace {

core::SearchQuery queryOf(core::SearchKind kind, const char* text) {
    core::SearchQuery query;
    query.kind = kind;
    query.text = text;
    return query;
}

/// A document, a search of it that has ended, and the model over that.
struct Shown {
    Shown(const QByteArray& content, const core::SearchQuery& query)
        : editor(Document::open(core::systemFileSystem(), folder.write("file", content)).value())
        , list(editor, {query, core::makeFinder(query).value(), {0, content.size()}, {}})
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal) {
        model.setList(&list);
        model.show(0, 10);
        if (!QTest::qWaitFor([&] { return !list.isRunning(); }, test::kPatienceMs))
            qFatal("the search does not end");
    }
    ~Shown() { model.setList(nullptr); }

    QString text(int row, int column) const { return model.index(row, column).data().toString(); }
    QString matchIn(int row, int column) const {
        const QModelIndex index = model.index(row, column);
        return text(row, column)
            .mid(index.data(HitTableModel::MatchFromRole).toInt(),
                 index.data(HitTableModel::MatchLengthRole).toInt());
    }

    TestFolder folder;
    EditorDocument editor;
    HitList list;
    HitTableModel model;
    QAbstractItemModelTester tester;
};

}  // namespace

class HitTableModelTest : public QObject {
    Q_OBJECT

private slots:
    void rows();
    void matchesAtTheEnds();
    void longMatches();
    void strings();
    void alternativesAreNamed();
    void rowsFollowEdits();
    void theWindowMoves();
};

void HitTableModelTest::rows() {
    QByteArray content(100, '.');
    content.replace(50, 2, "ab");
    Shown shown(content, queryOf(core::SearchKind::Text, "ab"));
    QCOMPARE(shown.model.rowCount(), 1);
    QCOMPARE(shown.text(0, HitTableModel::Offset), QString("0x0032"));
    QCOMPARE(shown.text(0, HitTableModel::Length), QString("2"));
    QTRY_VERIFY(shown.text(0, HitTableModel::Bytes).startsWith("2E 2E 2E 2E 61 62 2E"));
    QCOMPARE(shown.text(0, HitTableModel::Bytes).size(), 3 * HitTableModel::kShown - 1);
    QCOMPARE(shown.matchIn(0, HitTableModel::Bytes), QString("61 62"));
    QCOMPARE(shown.text(0, HitTableModel::Text), QString("....ab.................."));
    QCOMPARE(shown.matchIn(0, HitTableModel::Text), QString("ab"));
    QVERIFY(!shown.model.hasAlternatives());
}

void HitTableModelTest::matchesAtTheEnds() {
    Shown shown("ab..ab", queryOf(core::SearchKind::Text, "ab"));
    QTRY_COMPARE(shown.text(1, HitTableModel::Bytes), QString("61 62 2E 2E 61 62"));
    QCOMPARE(shown.text(0, HitTableModel::Text), QString("ab..ab"));
    QCOMPARE(shown.matchIn(0, HitTableModel::Bytes), QString("61 62"));
    QCOMPARE(shown.model.index(1, HitTableModel::Text).data(HitTableModel::MatchFromRole).toInt(),
             4);
}

void HitTableModelTest::longMatches() {
    Shown shown(QByteArray(5000, 'a'), queryOf(core::SearchKind::Regex, "a{1000}"));
    QCOMPARE(shown.model.rowCount(), 5);
    QCOMPARE(shown.text(1, HitTableModel::Length), QStringLiteral("1\u202F000"));
    QTRY_COMPARE(shown.text(1, HitTableModel::Text), QString(24, 'a'));
    QCOMPARE(shown.matchIn(1, HitTableModel::Text), QString(20, 'a'));
}

void HitTableModelTest::strings() {
    core::SearchQuery query = queryOf(core::SearchKind::Strings, "");
    query.stringEncoding = core::StringEncoding::Utf16Le;
    QByteArray content(10, char(0));
    for (const char letter : QByteArray("a string of many letters, more than are shown as bytes"))
        content += QByteArray(1, letter) + '\0';
    Shown shown(content, query);
    QTRY_COMPARE(shown.text(0, HitTableModel::Text),
                 QStringLiteral("a string of many letters, more than are shown as…"));
}

void HitTableModelTest::alternativesAreNamed() {
    core::SearchQuery query = queryOf(core::SearchKind::Text, "ab");
    query.encodings = {"UTF-8", "UTF-16LE"};
    Shown shown(QByteArray("ab..a\0b\0", 8), query);
    QVERIFY(shown.model.hasAlternatives());
    QCOMPARE(shown.text(0, HitTableModel::As), QString("UTF-8"));
    QCOMPARE(shown.text(1, HitTableModel::As), QString("UTF-16LE"));
}

void HitTableModelTest::rowsFollowEdits() {
    QByteArray content(100, '.');
    content.replace(50, 2, "ab");
    Shown shown(content, queryOf(core::SearchKind::Text, "ab"));
    Document& document = shown.editor.document();
    QVERIFY(document.insert(0, span("123")).ok());
    QCOMPARE(shown.text(0, HitTableModel::Offset), QString("0x0035"));
    QCOMPARE(shown.model.extentOf(0), (Extent{53, 2}));
    QVERIFY(document.overwrite(53, span("xy")).ok());
    QTRY_COMPARE(shown.matchIn(0, HitTableModel::Text), QString("xy"));
    QVERIFY(document.replace({53, 2}, span("long")).ok());
    QTRY_COMPARE(shown.matchIn(0, HitTableModel::Text), QString("long"));
    QVERIFY(document.erase({50, 10}).ok());
    QCOMPARE(shown.text(0, HitTableModel::Length), QString("deleted"));
    QVERIFY(document.undo().ok());
    QVERIFY(document.undo().ok());
    QVERIFY(document.undo().ok());
    QTRY_COMPARE(shown.matchIn(0, HitTableModel::Text), QString("ab"));
    QCOMPARE(shown.model.extentOf(0), (Extent{53, 2}));
}

void HitTableModelTest::theWindowMoves() {
    Shown shown(QByteArray(1000, 'a'), queryOf(core::SearchKind::Text, "a"));
    QCOMPARE(shown.model.total(), 1000U);
    QCOMPARE(shown.model.rowCount(), 10);
    shown.model.show(995, 10);
    QCOMPARE(shown.model.rowCount(), 5);
    QCOMPARE(shown.text(4, HitTableModel::Offset), QString("0x03E7"));
    // Of a row that is not shown too.
    QCOMPARE(shown.model.extentOf(7), (Extent{7, 1}));
    QVERIFY(shown.editor.document().erase({0, 5}).ok());
    QCOMPARE(shown.model.extentOf(7), (Extent{2, 1}));
    QCOMPARE(shown.text(4, HitTableModel::Offset), QString("0x03E2"));
}

QTEST_MAIN(HitTableModelTest)
#include "hit_table_model_test.moc"
