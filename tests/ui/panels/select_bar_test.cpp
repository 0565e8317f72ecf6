#include "ui/panels/select_bar.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using octavo::core::Extent;
using octavo::core::kMaxLength;
using octavo::core::Offset;
using octavo::ui::SelectBar;

class SelectBarTest : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void faultsAreTold_data();
    void faultsAreTold();
    void beginsWithWhatIsSelected();
};

void SelectBarTest::reads_data() {
    QTest::addColumn<Offset>("length");
    QTest::addColumn<QString>("from");
    QTest::addColumn<bool>("isLength");
    QTest::addColumn<QString>("to");
    QTest::addColumn<Extent>("extent");
    const Offset some = 1000;
    QTest::newRow("up to") << some << "16" << false << "0x20" << Extent{16, 16};
    QTest::newRow("length") << some << "0x10" << true << "16" << Extent{16, 16};
    QTest::newRow("length with a plus") << some << "0x10" << true << "+16" << Extent{16, 16};
    QTest::newRow("hexadecimal length") << some << "0" << true << "0x10" << Extent{0, 16};
    QTest::newRow("to the end") << some << "10" << false << "end" << Extent{10, 990};
    QTest::newRow("a length to the end") << some << "10" << true << "end" << Extent{10, 990};
    QTest::newRow("from the caret") << some << "-10" << false << "+10" << Extent{90, 20};
    QTest::newRow("sums") << some << "0x10*2" << false << "end-(8*4)" << Extent{32, 936};
    QTest::newRow("a length that is a product") << some << "10" << true << "4*8" << Extent{10, 32};
    QTest::newRow("a length in parentheses") << some << "10" << true << "(1+3)*8" << Extent{10, 32};
    QTest::newRow("a length in percent") << some << "10" << true << "50%" << Extent{10, 500};
    QTest::newRow("all") << some << "start" << false << "100%" << Extent{0, 1000};
    QTest::newRow("everything there can be")
        << kMaxLength << "0" << true << "9223372036854775807" << Extent{0, kMaxLength};
}

void SelectBarTest::reads() {
    QFETCH(Offset, length);
    QFETCH(QString, from);
    QFETCH(bool, isLength);
    QFETCH(QString, to);
    QFETCH(Extent, extent);
    SelectBar bar;
    bar.setPlace({100, length});
    bar.activate({});
    QSignalSpy wanted(&bar, &SelectBar::selectWanted);
    const QList<QLineEdit*> fields = bar.findChildren<QLineEdit*>();
    bar.findChild<QComboBox*>()->setCurrentIndex(isLength ? 1 : 0);
    fields[0]->setText(from);
    fields[1]->setText(to);
    QTest::keyClick(fields[1], Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<Extent>(), extent);
    QVERIFY(bar.isHidden());
}

void SelectBarTest::faultsAreTold_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<bool>("isLength");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("told");
    QTest::newRow("no offset") << "here" << false << "10"
                               << "Not an offset";
    QTest::newRow("no end") << "10" << false << "there"
                            << "Not an offset";
    QTest::newRow("backwards") << "20" << false << "10"
                               << "in front of";
    QTest::newRow("nothing") << "20" << true << "0"
                             << "nothing";
    QTest::newRow("too far") << "20" << true << "981"
                             << "beyond";
    QTest::newRow("from too far") << "1001" << true << "1"
                                  << "beyond";
}

void SelectBarTest::faultsAreTold() {
    QFETCH(QString, from);
    QFETCH(bool, isLength);
    QFETCH(QString, to);
    QFETCH(QString, told);
    SelectBar bar;
    bar.setPlace({100, 1000});
    bar.activate({});
    QSignalSpy wanted(&bar, &SelectBar::selectWanted);
    const QList<QLineEdit*> fields = bar.findChildren<QLineEdit*>();
    bar.findChild<QComboBox*>()->setCurrentIndex(isLength ? 1 : 0);
    fields[0]->setText(from);
    fields[1]->setText(to);
    QTest::keyClick(fields[0], Qt::Key_Return);
    QVERIFY(wanted.isEmpty());
    QVERIFY(bar.isVisible());
    QString notes;
    for (const QLabel* const label : bar.findChildren<QLabel*>())
        notes += label->text();
    QVERIFY2(notes.contains(told), qPrintable(notes));
}

void SelectBarTest::beginsWithWhatIsSelected() {
    SelectBar bar;
    bar.setPlace({100, 1000});
    const QList<QLineEdit*> fields = bar.findChildren<QLineEdit*>();
    bar.activate({});
    QCOMPARE(fields[0]->text(), QString("0x0064"));
    bar.activate({16, 32});
    QCOMPARE(fields[0]->text(), QString("0x0010"));
    QCOMPARE(fields[1]->text(), QString("0x0030"));
    bar.findChild<QComboBox*>()->setCurrentIndex(1);
    bar.activate({16, 32});
    QCOMPARE(fields[1]->text(), QString("32"));
}

QTEST_MAIN(SelectBarTest)
#include "select_bar_test.moc"
