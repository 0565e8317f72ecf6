#include "ui/panels/icon_button.h"
#include "ui/panels/link_button.h"
#include "ui/panels/message_bar.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using octavo::ui::IconButton;
using octavo::ui::LinkButton;
using octavo::ui::Message;
using octavo::ui::MessageArea;

class MessageBarTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { area_.reset(); }
    void areaIsHiddenWhileItHasNothingToSay();
    void sameKeyReplaces();
    void otherKeyStands();
    void linkActsAndTakesTheBarAway_data();
    void linkActsAndTakesTheBarAway();
    void linkMayTellTheNext();
    void closeButtonAndEscape();
    void textIsPlain();

private:
    std::unique_ptr<MessageArea> area_;
};

void MessageBarTest::init() {
    area_ = std::make_unique<MessageArea>();
    area_->resize(600, 60);
}

void MessageBarTest::areaIsHiddenWhileItHasNothingToSay() {
    QVERIFY(area_->isHidden());
    area_->tell("a", {Message::Kind::Notice, "one", {}});
    QVERIFY(area_->isVisible());
    area_->dismiss("a");
    QVERIFY(area_->isHidden());
    area_->dismiss("a");
}

void MessageBarTest::sameKeyReplaces() {
    area_->tell("a", {Message::Kind::Notice, "one", {}});
    area_->tell("a", {Message::Kind::Warning, "two", {}});
    QCOMPARE(area_->bar("a")->text(), QStringLiteral("two"));
    area_->dismiss("a");
    QVERIFY(area_->bar("a") == nullptr);
}

void MessageBarTest::otherKeyStands() {
    area_->tell("a", {Message::Kind::Notice, "one", {}});
    area_->tell("b", {Message::Kind::Notice, "two", {}});
    area_->dismiss("a");
    QCOMPARE(area_->bar("b")->text(), QStringLiteral("two"));
    QVERIFY(area_->isVisible());
}

void MessageBarTest::linkActsAndTakesTheBarAway_data() {
    QTest::addColumn<int>("key");
    QTest::newRow("mouse") << 0;
    QTest::newRow("Return") << int(Qt::Key_Return);
    QTest::newRow("space bar") << int(Qt::Key_Space);
}

void MessageBarTest::linkActsAndTakesTheBarAway() {
    QFETCH(int, key);
    int followed = 0;
    bool barWasThere = true;
    area_->tell("a", {Message::Kind::Notice, "one", {{"Do it", [&] {
                                                          ++followed;
                                                          barWasThere = area_->bar("a") != nullptr;
                                                      }}}});
    auto* const link = area_->findChild<LinkButton*>();
    QCOMPARE(link->text(), QStringLiteral("Do it"));
    if (key == 0)
        QTest::mouseClick(link, Qt::LeftButton);
    else
        QTest::keyClick(link, static_cast<Qt::Key>(key));
    QCOMPARE(followed, 1);
    QVERIFY(!barWasThere);
}

void MessageBarTest::linkMayTellTheNext() {
    area_->tell(
        "a",
        {Message::Kind::Notice, "one", {{"Again", [this] {
                                             area_->tell("a", {Message::Kind::Warning, "two", {}});
                                         }}}});
    QTest::mouseClick(area_->findChild<LinkButton*>(), Qt::LeftButton);
    QCOMPARE(area_->bar("a")->text(), QStringLiteral("two"));
    QVERIFY(area_->isVisible());
}

void MessageBarTest::closeButtonAndEscape() {
    QSignalSpy closed(area_.get(), &MessageArea::closed);
    area_->tell("a", {Message::Kind::Notice, "one", {}});
    QTest::mouseClick(area_->findChild<IconButton*>(), Qt::LeftButton);
    QVERIFY(area_->bar("a") == nullptr);
    QCOMPARE(closed.count(), 1);
    area_->tell("b", {Message::Kind::Notice, "two", {}});
    QTest::keyClick(area_->bar("b"), Qt::Key_Escape);
    QVERIFY(area_->bar("b") == nullptr);
    QCOMPARE(closed.count(), 2);
}

void MessageBarTest::textIsPlain() {
    // A file name is free to look like markup.
    const QString text = QStringLiteral("<b>x</b> could not be opened");
    area_->tell("a", {Message::Kind::Notice, text, {}});
    QCOMPARE(area_->bar("a")->accessibleName(), text);
    QCOMPARE(area_->findChild<QLabel*>()->textFormat(), Qt::PlainText);
}

QTEST_MAIN(MessageBarTest)
#include "message_bar_test.moc"
