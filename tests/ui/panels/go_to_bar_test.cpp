#include "ui/panels/go_to_bar.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using octavo::core::Offset;
using octavo::ui::GoToBar;

class GoToBarTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { bar_.reset(); }
    void saysWhatItMeans_data();
    void saysWhatItMeans();
    void returnGoesThere();
    void shiftReturnSelectsUpToThere();
    void faultStays();
    void escapeCloses();
    void meaningFollowsTheCaret();

private:
    QLineEdit* field() const { return bar_->findChild<QLineEdit*>(); }
    QString note() const { return bar_->findChildren<QLabel*>().at(0)->text(); }

    std::unique_ptr<GoToBar> bar_;
};

void GoToBarTest::init() {
    bar_ = std::make_unique<GoToBar>();
    bar_->resize(900, 42);
    bar_->setPlace({100, 1000});
    bar_->activate();
    QVERIFY(QTest::qWaitForWindowActive(bar_.get()));
    QVERIFY(field()->hasFocus());
}

void GoToBarTest::saysWhatItMeans_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("nothing") << ""
                             << "0x4D2";
    QTest::newRow("decimal") << "255"
                             << "0x00FF";
    QTest::newRow("relative") << "+1"
                              << "0x0065";
    QTest::newRow("percent") << "50%"
                             << "500";
    QTest::newRow("no number") << "here"
                               << "Not an offset";
    QTest::newRow("beyond") << "1001"
                            << "0x03E8";
    QTest::newRow("before") << "-101"
                            << "before the start";
}

void GoToBarTest::saysWhatItMeans() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    QTest::keyClicks(field(), text);
    QVERIFY2(note().contains(part), qPrintable(note()));
}

void GoToBarTest::returnGoesThere() {
    QSignalSpy wanted(bar_.get(), &GoToBar::goToWanted);
    QSignalSpy closed(bar_.get(), &GoToBar::closed);
    QTest::keyClicks(field(), "0x10");
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toLongLong(), 16);
    QCOMPARE(closed.count(), 1);
    QVERIFY(bar_->isHidden());
}

void GoToBarTest::shiftReturnSelectsUpToThere() {
    QSignalSpy gone(bar_.get(), &GoToBar::goToWanted);
    QSignalSpy wanted(bar_.get(), &GoToBar::selectToWanted);
    QTest::keyClicks(field(), "0x10");
    QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(gone.count(), 0);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toLongLong(), 16);
    QVERIFY(bar_->isHidden());
}

void GoToBarTest::faultStays() {
    QSignalSpy wanted(bar_.get(), &GoToBar::goToWanted);
    QTest::keyClicks(field(), "5000");
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(wanted.count(), 0);
    QVERIFY(bar_->isVisible());
}

void GoToBarTest::escapeCloses() {
    QSignalSpy closed(bar_.get(), &GoToBar::closed);
    QTest::keyClick(field(), Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void GoToBarTest::meaningFollowsTheCaret() {
    QTest::keyClicks(field(), "-10");
    QVERIFY(note().contains("0x005A"));
    bar_->setPlace({20, 1000});
    QVERIFY(note().contains("0x000A"));
}

QTEST_MAIN(GoToBarTest)
#include "go_to_bar_test.moc"
