#include "ui/panels/find_bar.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>

using octavo::core::Byte;
using octavo::core::ByteSpan;
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
    QTest::addColumn<QByteArray>("match");  // behind an FF, which is none
    QTest::addColumn<QString>("choice");    // of a combo box, where it matters
    QTest::newRow("hex") << FindBar::Kind::Hex << "de ad" << QByteArray::fromHex("dead") << "";
    QTest::newRow("wildcards") << FindBar::Kind::Hex << "DE ?? 4? [01 02]"
                               << QByteArray::fromHex("de114002") << "";
    QTest::newRow("text") << FindBar::Kind::Text << "de ad" << QByteArray("de ad") << "";
    QTest::newRow("text is UTF-8")
        << FindBar::Kind::Text << QStringLiteral("\u00E9") << QByteArray("\xC3\xA9") << "";
    QTest::newRow("text in another encoding")
        << FindBar::Kind::Text << "ab" << QByteArray("a\0b\0", 4) << "UTF-16LE";
    QTest::newRow("expression") << FindBar::Kind::Regex << "a[bc]" << QByteArray("ac") << "";
    QTest::newRow("integer") << FindBar::Kind::Integer << "258" << QByteArray::fromHex("02010000")
                             << "";
    QTest::newRow("big-endian integer")
        << FindBar::Kind::Integer << "258" << QByteArray::fromHex("00000102") << "Big";
    QTest::newRow("float") << FindBar::Kind::Float << "1.5" << QByteArray::fromHex("0000c03f")
                           << "";
}

void FindBarTest::readsPatterns() {
    QFETCH(FindBar::Kind, kind);
    QFETCH(QString, text);
    QFETCH(QByteArray, match);
    QFETCH(QString, choice);
    bar_->setKind(kind);
    for (QComboBox* box : bar_->findChildren<QComboBox*>()) {
        if (box->isVisible() && box->findText(choice) >= 0)
            box->setCurrentText(choice);
    }
    field()->setText(text);
    const auto finder = bar_->finder();
    QVERIFY(finder.ok());
    const QByteArray content = '\xFF' + match + '\xFF';
    const ByteSpan bytes(reinterpret_cast<const Byte*>(content.constData()),
                         static_cast<std::size_t>(content.size()));
    const auto found = (*finder)->first({bytes, 0, bytes.size(), bytes.size()});
    QVERIFY(found);
    QCOMPARE(found->position, std::size_t{1});
    QCOMPARE(found->length, static_cast<std::size_t>(match.size()));
    QVERIFY(note().contains(QString::number(match.size())));
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
    QVERIFY(!bar_->finder().ok());
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
    const auto places = [this] {
        return QList<QRect>{field()->geometry(), button("Previous")->geometry(),
                            button("All")->geometry()};
    };
    const QList<QRect> before = places();
    bar_->setRunning(true);
    QVERIFY(progress->isVisible());
    bar_->setProgress(octavo::core::kMaxLength / 4, octavo::core::kMaxLength);
    QCOMPARE(progress->value() * 4, progress->maximum());
    QSignalSpy stop(bar_.get(), &FindBar::stopWanted);
    QTest::mouseClick(button("Stop"), Qt::LeftButton);
    QCOMPARE(stop.count(), 1);
    QTest::qWait(0);
    QCOMPARE(places(), before);
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
    QCOMPARE((*bar_->finder())->longest(), 2);
}

QTEST_MAIN(FindBarTest)
#include "find_bar_test.moc"
