#include "ui/panels/find_bar.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>

using octavo::core::Byte;
using octavo::core::Bytes;
using octavo::ui::FindBar;

class FindBarTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { bar_.reset(); }
    void readsPatterns_data();
    void readsPatterns();
    void namesTheFault_data();
    void namesTheFault();
    void keysFind_data();
    void keysFind();
    void buttonsFind();
    void escapeGivesTheKeyboardBack();
    void progressAndStop();
    void editingIsTold();
    void switchingKindReadsAnew();

private:
    QLineEdit* field() const { return bar_->findChild<QLineEdit*>(); }
    QString note() const { return bar_->findChild<QLabel*>()->text(); }
    QAbstractButton* button(const QString& text) const {
        for (QAbstractButton* const one : bar_->findChildren<QAbstractButton*>())
            if (one->text() == text)
                return one;
        return nullptr;
    }

    std::unique_ptr<FindBar> bar_;
};

void FindBarTest::init() {
    bar_ = std::make_unique<FindBar>();
    bar_->resize(1000, 42);
    bar_->activate();
    QVERIFY(QTest::qWaitForWindowActive(bar_.get()));
    QVERIFY(field()->hasFocus());
}

void FindBarTest::readsPatterns_data() {
    QTest::addColumn<FindBar::Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("mask");
    QTest::newRow("hex") << FindBar::Kind::Hex << "de ad" << QByteArray::fromHex("dead")
                         << QByteArray::fromHex("ffff");
    QTest::newRow("wildcards") << FindBar::Kind::Hex << "DE ?? 4? ?F"
                               << QByteArray::fromHex("de00400f")
                               << QByteArray::fromHex("ff00f00f");
    QTest::newRow("text") << FindBar::Kind::Text << "de ad" << QByteArray("de ad")
                          << QByteArray(5, '\xFF');
    QTest::newRow("text is UTF-8") << FindBar::Kind::Text << QStringLiteral("\u00E9")
                                   << QByteArray("\xC3\xA9") << QByteArray(2, '\xFF');
}

void FindBarTest::readsPatterns() {
    QFETCH(FindBar::Kind, kind);
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, mask);
    bar_->setKind(kind);
    QTest::keyClicks(field(), text.isEmpty() || text[0].unicode() > 0x7F ? QString() : text);
    if (field()->text().isEmpty())
        field()->setText(text);
    const auto pattern = bar_->pattern();
    QVERIFY(pattern.ok());
    QVERIFY(Bytes(pattern->bytes().begin(), pattern->bytes().end()) ==
            Bytes(bytes.begin(), bytes.end()));
    QVERIFY(Bytes(pattern->mask().begin(), pattern->mask().end()) ==
            Bytes(mask.begin(), mask.end()));
    QVERIFY(note().contains(QString::number(bytes.size())));
}

void FindBarTest::namesTheFault_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("no digit") << "DE XY"
                              << "XY";
    QTest::newRow("half a byte") << "DE A"
                                 << "A";
    QTest::newRow("a word") << "hello"
                            << "hello";
}

void FindBarTest::namesTheFault() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    field()->setText(text);
    QVERIFY(!bar_->pattern().ok());
    QVERIFY2(note().contains(part), qPrintable(note()));
}

void FindBarTest::keysFind_data() {
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<bool>("backward");
    QTest::newRow("Return") << int(Qt::NoModifier) << false;
    QTest::newRow("Shift+Return") << int(Qt::ShiftModifier) << true;
}

void FindBarTest::keysFind() {
    QFETCH(int, modifiers);
    QFETCH(bool, backward);
    QSignalSpy wanted(bar_.get(), &FindBar::findWanted);
    QTest::keyClick(field(), Qt::Key_Return, Qt::KeyboardModifiers(modifiers));
    QCOMPARE(wanted, (QList<QVariantList>{{backward}}));
}

void FindBarTest::buttonsFind() {
    QSignalSpy wanted(bar_.get(), &FindBar::findWanted);
    QTest::mouseClick(button("Next"), Qt::LeftButton);
    QTest::mouseClick(button("Previous"), Qt::LeftButton);
    QCOMPARE(wanted, (QList<QVariantList>{{false}, {true}}));
}

void FindBarTest::escapeGivesTheKeyboardBack() {
    QSignalSpy closed(bar_.get(), &FindBar::closed);
    QTest::keyClick(field(), Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
    QVERIFY(bar_->isHidden());
}

void FindBarTest::progressAndStop() {
    auto* const progress = bar_->findChild<QProgressBar*>();
    QVERIFY(progress->isHidden());
    const int noteWidth = bar_->findChild<QLabel*>()->width();
    bar_->setRunning(true);
    QVERIFY(progress->isVisible());
    bar_->setProgress(octavo::core::kMaxLength / 4, octavo::core::kMaxLength);
    QCOMPARE(progress->value() * 4, progress->maximum());
    QSignalSpy stop(bar_.get(), &FindBar::stopWanted);
    QTest::mouseClick(button("Stop"), Qt::LeftButton);
    QCOMPARE(stop.count(), 1);
    QCOMPARE(bar_->findChild<QLabel*>()->width(), noteWidth);
    bar_->setRunning(false);
    QVERIFY(progress->isHidden());
}

void FindBarTest::editingIsTold() {
    QSignalSpy edited(bar_.get(), &FindBar::patternEdited);
    QTest::keyClicks(field(), "DE");
    QCOMPARE(edited.count(), 2);
    bar_->showNote("Found");
    QTest::keyClick(field(), Qt::Key_Backspace);
    QVERIFY(note() != QLatin1String("Found"));
}

void FindBarTest::switchingKindReadsAnew() {
    QTest::keyClicks(field(), "de");
    QSignalSpy edited(bar_.get(), &FindBar::patternEdited);
    QTest::mouseClick(button("Text"), Qt::LeftButton);
    QCOMPARE(bar_->kind(), FindBar::Kind::Text);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(bar_->pattern()->length(), 2);
}

QTEST_MAIN(FindBarTest)
#include "find_bar_test.moc"
