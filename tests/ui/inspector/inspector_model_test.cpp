#include "ui/inspector/inspector_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace octavo;
using core::ByteOrder;
using core::Bytes;
using core::Offset;
using ui::InspectorModel;

class InspectorModelTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { model_ = nullptr; }
    void showsEveryKind();
    void whatIsMissing_data();
    void whatIsMissing();
    void orderTurnsNumbersRound();
    void writes();
    void refusesToWrite();

private:
    static int rowOf(const QString& name) {
        const auto& kinds = ui::valueKinds();
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            if (kinds[i].name == name) {
                return static_cast<int>(i);
            }
        }
        return -1;
    }
    QModelIndex cell(const QString& name) const {
        return model_->index(rowOf(name), InspectorModel::Value);
    }
    QString shown(const QString& name) const { return cell(name).data().toString(); }

    InspectorModel* model_ = nullptr;
};

void InspectorModelTest::showsEveryKind() {
    InspectorModel model;
    model_ = &model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(shown("int8"), QString("…"));
    model.setBytes(ui::CaretBytes::Known{7, Bytes(16, 0x41), false, 1});
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString name = model.index(row, InspectorModel::Name).data().toString();
        QVERIFY(!name.isEmpty());
        const QModelIndex value = model.index(row, InspectorModel::Value);
        QVERIFY2(!value.data().toString().isEmpty(), qPrintable(name));
        QCOMPARE(value.data(Qt::AccessibleTextRole).toString(),
                 name + ": " + value.data().toString());
    }
    QCOMPARE(shown("uint16"), QString("16 705").replace(' ', QChar(0x202F)));
    QCOMPARE(cell("uint16").data(Qt::EditRole).toString(), QString("16705"));
    QVERIFY(!model.data(model.index(0, 0), Qt::EditRole).isValid());
    QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsEditable));
}

void InspectorModelTest::whatIsMissing_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("isUnreadable");
    QTest::addColumn<QString>("ofOne");
    QTest::addColumn<QString>("ofFour");
    QTest::newRow("the end") << 0 << false << "—"
                             << "—";
    QTest::newRow("near the end") << 3 << false << "65"
                                  << "—";
    QTest::newRow("enough") << 4 << false << "65"
                            << QString("1 094 795 585").replace(' ', QChar(0x202F));
    QTest::newRow("unreadable") << 0 << true << "unreadable"
                                << "unreadable";
    QTest::newRow("soon unreadable") << 3 << true << "65"
                                     << "unreadable";
}

void InspectorModelTest::whatIsMissing() {
    QFETCH(int, count);
    QFETCH(bool, isUnreadable);
    QFETCH(QString, ofOne);
    QFETCH(QString, ofFour);
    InspectorModel model;
    model_ = &model;
    model.setBytes(
        ui::CaretBytes::Known{0, Bytes(static_cast<std::size_t>(count), 0x41), isUnreadable, 1});
    QCOMPARE(shown("int8"), ofOne);
    QCOMPARE(shown("int32"), ofFour);
    QCOMPARE(model.flags(cell("int8")).testFlag(Qt::ItemIsEditable), count >= 1);
    QCOMPARE(model.flags(cell("int32")).testFlag(Qt::ItemIsEditable), count >= 4);
}

void InspectorModelTest::orderTurnsNumbersRound() {
    InspectorModel model;
    model_ = &model;
    model.setBytes(ui::CaretBytes::Known{0, {0x01, 0x02}, false, 1});
    QCOMPARE(shown("uint16"), QString("513"));
    QSignalSpy changed(&model, &InspectorModel::dataChanged);
    model.setOrder(ByteOrder::Big);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(shown("uint16"), QString("258"));
    QCOMPARE(shown("uint8"), QString("1"));
}

void InspectorModelTest::writes() {
    InspectorModel model;
    model_ = &model;
    QSignalSpy wanted(&model, &InspectorModel::writeWanted);
    model.setBytes(ui::CaretBytes::Known{100, {0x01, 0x02, 0x03}, false, 1});
    model.setOrder(ByteOrder::Big);
    QVERIFY(model.setData(cell("int16"), "-2", Qt::EditRole));
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].value<Offset>(), Offset{100});
    QCOMPARE(wanted[0][1].value<Bytes>(), (Bytes{0xFF, 0xFE}));
    // It shows what the document says, not what was wished.
    QCOMPARE(shown("int16"), QString("258"));
    // What stands there already is no edit.
    QVERIFY(model.setData(cell("int16"), "0x0102", Qt::EditRole));
    QCOMPARE(wanted.count(), 1);
}

void InspectorModelTest::refusesToWrite() {
    InspectorModel model;
    model_ = &model;
    QSignalSpy wanted(&model, &InspectorModel::writeWanted);
    QVERIFY(!model.setData(cell("int8"), "1", Qt::EditRole));
    model.setBytes(ui::CaretBytes::Known{100, {0x01, 0x02, 0x03}, false, 1});
    QVERIFY(!model.setData(cell("int8"), "300", Qt::EditRole));
    QVERIFY(model.faultOf(rowOf("int8"), "300").contains("127"));
    QVERIFY(model.faultOf(rowOf("int8"), "30").isEmpty());
    QVERIFY(!model.setData(cell("int32"), "1", Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, InspectorModel::Name), "1", Qt::EditRole));
    QVERIFY(!model.setData(cell("int8"), "1", Qt::DisplayRole));
    QCOMPARE(wanted.count(), 0);
}

QTEST_MAIN(InspectorModelTest)
#include "inspector_model_test.moc"
