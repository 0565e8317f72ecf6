#include "core/document/document.h"
#include "ui/bookmarks/bookmarks_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace octavo;
using core::Document;
using core::Offset;
using ui::Bookmark;
using ui::BookmarkModel;
using ui::BookmarksPanel;

class BookmarksPanelTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void modelFollowsTheList();
    void arrowKeysLookAtThem();
    void returnAndDoubleClickGoThere();
    void deleteRemoves();
    void fieldsWriteTheCurrentOne();
    void whatIsBeingWrittenStays();
    void withoutAnyItSaysHow();
    void becomesCurrentQuietly();

private:
    QTableView& table() const { return panel_->table(); }
    void key(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    QString cell(int row, int column) const {
        return table().model()->index(row, column).data().toString();
    }

    std::unique_ptr<ui::EditorDocument> editor_;
    std::unique_ptr<ui::BookmarkList> list_;
    std::unique_ptr<BookmarksPanel> panel_;
};

void BookmarksPanelTest::init() {
    auto document = Document::untitled();
    QVERIFY(document->setLength(1000).ok());
    editor_ = std::make_unique<ui::EditorDocument>(std::move(document));
    list_ = std::make_unique<ui::BookmarkList>(*editor_);
    list_->add({{16, "head", 0, "first"}, {32, "", 2, ""}, {500, "tail", 5, ""}});
    panel_ = std::make_unique<BookmarksPanel>(*list_);
    panel_->resize(800, 240);
    panel_->show();
    panel_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(panel_.get()));
    panel_->setFocus();
    QVERIFY(table().hasFocus());
}

void BookmarksPanelTest::cleanup() {
    panel_.reset();
    list_.reset();
    editor_.reset();
}

void BookmarksPanelTest::modelFollowsTheList() {
    BookmarkModel model(*list_);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(cell(0, BookmarkModel::Offset), QString("0x0010"));
    QCOMPARE(cell(0, BookmarkModel::Name), QString("head"));
    // The colour has a name too.
    QCOMPARE(cell(1, BookmarkModel::Color), QString("Green"));
    QCOMPARE(cell(2, BookmarkModel::Color), QString("Grey"));
    QCOMPARE(cell(0, BookmarkModel::Comment), QString("first"));
    QVERIFY(editor_->document().erase({0, 4}).ok());
    QCOMPARE(cell(0, BookmarkModel::Offset), QString("0x000C"));
    list_->toggle(700);
    QCOMPARE(model.rowCount(), 4);
    while (list_->count() > 0) {
        list_->remove(0);
    }
    QCOMPARE(model.rowCount(), 0);
}

void BookmarksPanelTest::arrowKeysLookAtThem() {
    QSignalSpy chosen(panel_.get(), &BookmarksPanel::chosen);
    key(Qt::Key_Down);
    key(Qt::Key_Down);
    key(Qt::Key_Up);
    QCOMPARE(chosen.count(), 3);
    QCOMPARE(chosen[1][0].value<Offset>(), Offset{500});
    QCOMPARE(chosen[2][0].value<Offset>(), Offset{32});
    QVERIFY(table().hasFocus());
}

void BookmarksPanelTest::returnAndDoubleClickGoThere() {
    QSignalSpy activated(panel_.get(), &BookmarksPanel::activated);
    key(Qt::Key_Return);
    const QPoint place = table().visualRect(table().model()->index(2, 1)).center();
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(table().viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated[0][0].value<Offset>(), Offset{16});
    QCOMPARE(activated[1][0].value<Offset>(), Offset{500});
}

void BookmarksPanelTest::deleteRemoves() {
    QSignalSpy chosen(panel_.get(), &BookmarksPanel::chosen);
    key(Qt::Key_Down);
    chosen.clear();
    key(Qt::Key_Delete);
    QCOMPARE(static_cast<int>(list_->count()), 2);
    // The next one takes its place, and nobody jumps there.
    QCOMPARE(table().currentIndex().row(), 1);
    QCOMPARE(cell(1, BookmarkModel::Name), QString("tail"));
    key(Qt::Key_Delete);
    QCOMPARE(table().currentIndex().row(), 0);
    QCOMPARE(chosen.count(), 0);
}

void BookmarksPanelTest::fieldsWriteTheCurrentOne() {
    key(Qt::Key_Down);
    key(Qt::Key_F2);
    auto* const name = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(name != nullptr);
    QTest::keyClicks(name, " middle ");
    key(Qt::Key_Tab);
    auto* const color = qobject_cast<QComboBox*>(QApplication::focusWidget());
    QVERIFY(color != nullptr);
    QCOMPARE(color->currentText(), QString("Green"));
    key(Qt::Key_Down);
    key(Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), "of it");
    key(Qt::Key_Return);
    QVERIFY(table().hasFocus());
    QCOMPARE(list_->at(1), (Bookmark{32, "middle", 3, "of it"}));
    QCOMPARE(list_->at(0), (Bookmark{16, "head", 0, "first"}));
    key(Qt::Key_Up);
    QCOMPARE(name->text(), QString("head"));
    QCOMPARE(color->currentText(), QString("Blue"));
}

void BookmarksPanelTest::whatIsBeingWrittenStays() {
    key(Qt::Key_F2);
    QTest::keyClicks(QApplication::focusWidget(), "new");
    // An edit, and another bookmark behind, while one writes.
    QVERIFY(editor_->document().insert(0, core::Bytes(4, 0)).ok());
    list_->toggle(900);
    list_->toggle(2);
    auto* const name = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(name != nullptr);
    QCOMPARE(name->text(), QString("new"));
    // To click on another row writes it, too.
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                      table().visualRect(table().model()->index(3, 1)).center());
    QCOMPARE(list_->at(1).name, QString("new"));
    QCOMPARE(list_->at(3).name, QString("tail"));
    QCOMPARE(name->text(), QString("tail"));
}

void BookmarksPanelTest::withoutAnyItSaysHow() {
    for (int i = 0; i < 3; ++i) {
        key(Qt::Key_Delete);
    }
    QVERIFY(!table().isVisible());
    QVERIFY(panel_->findChild<QLineEdit*>()->isHidden() ||
            !panel_->findChild<QLineEdit*>()->isVisible());
    list_->toggle(1);
    QVERIFY(table().isVisible());
    QCOMPARE(table().currentIndex().row(), 0);
}

void BookmarksPanelTest::becomesCurrentQuietly() {
    QSignalSpy chosen(panel_.get(), &BookmarksPanel::chosen);
    panel_->setCurrent(500);
    QCOMPARE(table().currentIndex().row(), 2);
    panel_->setCurrent(33);
    QCOMPARE(table().currentIndex().row(), 2);
    panel_->setCurrent(16);
    QCOMPARE(table().currentIndex().row(), 0);
    QCOMPARE(chosen.count(), 0);
}

QTEST_MAIN(BookmarksPanelTest)
#include "bookmarks_panel_test.moc"
