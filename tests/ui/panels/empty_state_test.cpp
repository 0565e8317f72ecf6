// The page of a window without a file: made when it is first seen, and complete then.
#include "tests/support/patience.h"
#include "ui/panels/empty_state.h"

#include <QAbstractButton>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using octavo::ui::EmptyState;

class EmptyStateTest : public QObject {
    Q_OBJECT

private slots:
    void isMadeWhenShown();
    void firstFocus();
    void recentFiles_data();
    void recentFiles();

private:
    static QAbstractButton* button(const QWidget& page, const QString& text) {
        for (QAbstractButton* const one : page.findChildren<QAbstractButton*>()) {
            if (one->text() == text && one->isVisible()) {
                return one;
            }
        }
        return nullptr;
    }
};

void EmptyStateTest::isMadeWhenShown() {
    QStackedWidget stack;
    auto* const page = new EmptyState(&stack);
    stack.addWidget(page);
    auto* const other = new QWidget(&stack);
    stack.addWidget(other);
    stack.setCurrentWidget(other);
    stack.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stack));
    QCOMPARE(page->children().size(), 0);

    stack.setCurrentWidget(page);
    QVERIFY(button(*page, "Open…") != nullptr);
    QVERIFY(button(*page, "New") != nullptr);
    const auto made = page->children();
    stack.setCurrentWidget(other);
    stack.setCurrentWidget(page);
    QCOMPARE(page->children(), made);
}

/// Given before there is a button to have it.
void EmptyStateTest::firstFocus() {
    QMainWindow window;
    auto* const page = new EmptyState(&window);
    window.setCentralWidget(page);
    page->setFocus();
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_VERIFY(button(*page, "Open…")->hasFocus());
    QSignalSpy opened(page, &EmptyState::openWanted);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(opened.count(), 1);
}

void EmptyStateTest::recentFiles_data() {
    QTest::addColumn<bool>("shownBefore");
    QTest::newRow("known before it is shown") << false;
    QTest::newRow("known later") << true;
}

void EmptyStateTest::recentFiles() {
    QFETCH(bool, shownBefore);
    EmptyState page;
    if (shownBefore) {
        page.show();
    }
    page.setRecentFiles({{"a.bin", "/folder"}, {"b.bin", "/other"}});
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QTRY_VERIFY(button(page, "b.bin") != nullptr);
    QSignalSpy wanted(&page, &EmptyState::recentWanted);
    QTest::mouseClick(button(page, "b.bin"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toInt(), 1);

    page.setRecentFiles({});
    QVERIFY(button(page, "a.bin") == nullptr);
    QVERIFY(button(page, "b.bin") == nullptr);
}

QTEST_MAIN(EmptyStateTest)
#include "empty_state_test.moc"
