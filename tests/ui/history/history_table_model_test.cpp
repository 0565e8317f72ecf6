// What the rows of a list of steps say, within a window of them.
#include "core/document/document.h"
#include "ui/history/history_table_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>

using namespace octavo;
using core::Bytes;
using core::Document;
using ui::EditorDocument;
using ui::HistoryTableModel;
using ui::StepPlace;

class HistoryTableModelTest : public QObject {
    Q_OBJECT

private slots:
    void rows();
    void windowOfMany();
    void withoutADocument();

private:
    static QString text(const HistoryTableModel& model, int row, int column) {
        return model.index(row, column).data().toString();
    }
};

void HistoryTableModelTest::rows() {
    EditorDocument editor(Document::untitled());
    HistoryTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setDocument(&editor);
    model.show(0, 10);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(text(model, 0, HistoryTableModel::Step), QString("The beginning"));
    QCOMPARE(text(model, 0, HistoryTableModel::State), QString("shown now"));
    QVERIFY(editor.document().insert(0, Bytes{1, 2, 3}));
    QVERIFY(editor.document().erase({1, 1}));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(text(model, 1, HistoryTableModel::Step), QString("1: inserting"));
    QCOMPARE(text(model, 2, HistoryTableModel::Step), QString("2: deleting"));
    QCOMPARE(text(model, 2, HistoryTableModel::Offset), QString("0x0001"));
    QCOMPARE(text(model, 2, HistoryTableModel::Edits), QString("1"));
    QVERIFY(editor.document().goTo(core::kFirstStep).ok());
    QVERIFY(editor.document().insert(0, Bytes{4}));
    QCOMPARE(text(model, 3, HistoryTableModel::Step), QString("3: inserting – from the beginning"));
    QCOMPARE(text(model, 3, HistoryTableModel::Branch), QString("2"));
    const QModelIndex last = model.index(3, HistoryTableModel::Branch);
    QCOMPARE(last.data(HistoryTableModel::PlaceRole).toInt(), int(StepPlace::Current));
    QVERIFY(!last.data(HistoryTableModel::FollowsRole).toBool());
    QVERIFY(!last.data(HistoryTableModel::IsFollowedRole).toBool());
    const QModelIndex first = model.index(0, HistoryTableModel::Branch);
    QVERIFY(first.data(HistoryTableModel::IsFollowedRole).toBool());
    editor.document().setStepName(3, "three");
    editor.noteStateChanged();
    QCOMPARE(text(model, 3, HistoryTableModel::Step), QString("3: three – from the beginning"));
    model.setDocument(nullptr);
}

void HistoryTableModelTest::windowOfMany() {
    EditorDocument editor(Document::untitled());
    for (int step = 0; step < 1000; ++step) {
        QVERIFY(editor.document().insert(0, Bytes{1}));
    }
    HistoryTableModel model;
    model.setDocument(&editor);
    model.show(990, 20);
    QCOMPARE(model.total(), std::uint64_t{1001});
    QCOMPARE(model.rowCount(), 11);
    QCOMPARE(text(model, 10, HistoryTableModel::Step), QString("1\u202F000: inserting"));
    QCOMPARE(text(model, 10, HistoryTableModel::State), QString("shown now"));
    model.setDocument(nullptr);
}

void HistoryTableModelTest::withoutADocument() {
    HistoryTableModel model;
    model.show(0, 10);
    QCOMPARE(model.rowCount(), 0);
    for (int column = 0; column < HistoryTableModel::ColumnCount; ++column) {
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    }
}

QTEST_MAIN(HistoryTableModelTest)
#include "history_table_model_test.moc"
