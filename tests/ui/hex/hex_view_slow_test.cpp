// A disk that has stopped: everything but the bytes that hang goes on.
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QMainWindow>
#include <QMenuBar>

using octavo::core::Bytes;
using octavo::core::Document;
using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::Gate;
using octavo::test::GatedFileSystem;
using octavo::test::ShownHexView;
using octavo::test::TestFolder;
using octavo::ui::EditorDocument;
using octavo::ui::HexModel;
using octavo::ui::HexView;

class HexViewSlowTest : public QObject {
    Q_OBJECT

private slots:
    void showsLoadingUntilItComes();
    void caretAndKeysGoOn();
    void typedBytesShowWhileTheRestHangs();
    void anUnknownByteWaitsForItsSecondDigit();
    void menusGoOn();
    void closesWhileAReadHangs();
    void anotherDocumentIsShownMeanwhile();
    void lateBytesOfAnOlderContentAreDropped();
    void truncatedUnderTheViewAndGrownAgain();
    void anotherProgramsWriteIsShown();
    void firstRowsAreToldOnce();
};

namespace {

constexpr Offset kLength = 100000;

/// A file behind a gate that is closed: not one byte of it can be read.
struct StoppedDisk {
    StoppedDisk() { gate->close(); }
    ~StoppedDisk() { gate->open(); }

    std::unique_ptr<Document> open() {
        return Document::open(fileSystem, folder.write("stopped", content)).value();
    }
    int byteAt(Offset offset) const {
        return static_cast<unsigned char>(content.at(qsizetype{offset}));
    }

    TestFolder folder;
    QByteArray content = octavo::test::someBytes(kLength);
    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    GatedFileSystem fileSystem{gate};
};

bool isLoading(ShownHexView& shown, Offset offset) {
    return (shown.state(offset) & octavo::ui::CellLoading) != 0;
}

bool isUnreadable(ShownHexView& shown, Offset offset) {
    return (shown.state(offset) & octavo::ui::CellUnreadable) != 0;
}

}  // namespace

void HexViewSlowTest::showsLoadingUntilItComes() {
    StoppedDisk disk;
    ShownHexView shown(disk.open());
    QTRY_COMPARE(disk.gate->waiting(), 1);
    QVERIFY(isLoading(shown, 0));
    QVERIFY(!shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(0, HexModel::ByteRole), QVariant());
    disk.gate->open();
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(5, HexModel::ByteRole).toInt(), disk.byteAt(5));
}

void HexViewSlowTest::caretAndKeysGoOn() {
    StoppedDisk disk;
    ShownHexView shown(disk.open());
    QTRY_COMPARE(disk.gate->waiting(), 1);
    shown.key(Qt::Key_Down);
    shown.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(shown.view.caret(), Offset{17});
    shown.key(Qt::Key_PageDown);
    shown.key(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(shown.view.caret(), kLength);
    QVERIFY(shown.view.topRow() > 0);
    shown.click(shown.place(kLength - 20));
    QCOMPARE(shown.view.caret(), kLength - 20);
    QVERIFY(shown.view.grab().toImage().size().isValid());
    // One thread hangs, in the first read; none was started beside it.
    QCOMPARE(disk.gate->visits(), 1);
    disk.gate->open();
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(kLength - 1, HexModel::ByteRole).toInt(), disk.byteAt(kLength - 1));
}

void HexViewSlowTest::typedBytesShowWhileTheRestHangs() {
    StoppedDisk disk;
    ShownHexView shown(disk.open());
    QTRY_COMPARE(disk.gate->waiting(), 1);
    shown.key(Qt::Key_Tab);
    shown.type("xy");
    QCOMPARE(shown.cell(0, HexModel::ByteRole).toInt(), int{'x'});
    QCOMPARE(shown.cell(1, HexModel::ByteRole).toInt(), int{'y'});
    QVERIFY(isLoading(shown, 2));
    QTRY_VERIFY((shown.state(1) & octavo::ui::CellChanged) != 0);
    QVERIFY(shown.document().undo());
    QVERIFY(isLoading(shown, 0));
    disk.gate->open();
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(0, HexModel::ByteRole).toInt(), disk.byteAt(0));
    QCOMPARE(shown.state(0), 0);
}

void HexViewSlowTest::anUnknownByteWaitsForItsSecondDigit() {
    StoppedDisk disk;
    ShownHexView shown(disk.open());
    QTRY_COMPARE(disk.gate->waiting(), 1);
    shown.view.setCaret(4);
    shown.type("5");
    QCOMPARE(shown.view.caretDigit(), 1);
    QVERIFY(!shown.document().isModified());
    // Given up by a move.
    shown.key(Qt::Key_Right);
    shown.type("a");
    shown.type("b");
    QCOMPARE(shown.cell(5, HexModel::ByteRole).toInt(), 0xAB);
    QVERIFY(isLoading(shown, 4));
    QCOMPARE(shown.document().changes().size(), std::size_t{1});
    QCOMPARE(shown.document().changes()[0].now, (Extent{5, 1}));
    // The low digit alone cannot be typed where the high one is not known.
    QSignalSpy refused(shown.editor.get(), &EditorDocument::editRefused);
    shown.click(shown.place(9, octavo::ui::HexPane::Hex, 1));
    shown.type("c");
    QCOMPARE(refused.count(), 1);
    QCOMPARE(shown.document().changes().size(), std::size_t{1});
}

void HexViewSlowTest::menusGoOn() {
    StoppedDisk disk;
    EditorDocument editor(disk.open());
    QMainWindow window;
    auto* const view = new HexView(&window);
    window.setCentralWidget(view);
    int chosen = 0;
    QMenu* const menu = window.menuBar()->addMenu("&File");
    menu->addAction("&Count", this, [&] { ++chosen; });
    view->setDocument(&editor);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_COMPARE(disk.gate->waiting(), 1);
    QTest::keyClick(&window, Qt::Key_F, Qt::AltModifier);
    QTRY_VERIFY(menu->isVisible());
    QTest::keyClick(menu, Qt::Key_C);
    QCOMPARE(chosen, 1);
    QVERIFY(window.close());
    QCOMPARE(disk.gate->waiting(), 1);
}

void HexViewSlowTest::closesWhileAReadHangs() {
    StoppedDisk disk;
    {
        ShownHexView shown(disk.open());
        QTRY_COMPARE(disk.gate->waiting(), 1);
        shown.view.close();
    }
    // Document, view and fetcher are gone; only the thread still hangs.
    QCOMPARE(disk.gate->waiting(), 1);
    disk.gate->open();
    QTRY_COMPARE(disk.gate->waiting(), 0);
}

void HexViewSlowTest::anotherDocumentIsShownMeanwhile() {
    StoppedDisk disk;
    ShownHexView shown(disk.open());
    QTRY_COMPARE(disk.gate->waiting(), 1);
    EditorDocument other(ShownHexView::untitled("other"));
    shown.view.setDocument(&other);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(0, HexModel::ByteRole).toInt(), int{'o'});
    disk.gate->open();
    QTRY_COMPARE(disk.gate->waiting(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(shown.cell(0, HexModel::ByteRole).toInt(), int{'o'});
    // A document may go while it is shown.
    {
        EditorDocument brief(ShownHexView::untitled("brief"));
        shown.view.setDocument(&brief);
        QTRY_VERIFY(shown.view.isFullyLoaded());
    }
    QVERIFY(shown.view.document() == nullptr);
    QCOMPARE(shown.view.caret(), Offset{0});
    shown.type("1");
    shown.key(Qt::Key_End, Qt::ControlModifier);
    shown.click(QPoint(100, 100));
    shown.view.pasteBytes(Bytes{1});
    shown.view.eraseSelection();
    QVERIFY(shown.view.isFullyLoaded());
}

void HexViewSlowTest::lateBytesOfAnOlderContentAreDropped() {
    StoppedDisk disk;
    ShownHexView shown(disk.open());
    QTRY_COMPARE(disk.gate->waiting(), 1);
    // While the read of the old content hangs, everything moves on by one.
    QVERIFY(shown.document().insert(0, Bytes{0x55}));
    disk.gate->open();
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(0, HexModel::ByteRole).toInt(), 0x55);
    for (Offset offset = 1; offset < 300; ++offset) {
        QCOMPARE(shown.cell(offset, HexModel::ByteRole).toInt(), disk.byteAt(offset - 1));
    }
}

void HexViewSlowTest::truncatedUnderTheViewAndGrownAgain() {
    const TestFolder folder;
    const QByteArray content = octavo::test::someBytes(kLength);
    const std::string path = folder.write("shrinks", content);
    ShownHexView shown(Document::open(octavo::core::systemFileSystem(), path).value());
    shown.view.setTopRow(250);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QVERIFY(!isUnreadable(shown, 4100));

    QVERIFY(QFile::resize(QString::fromStdString(path), 4096));
    QTRY_VERIFY(isUnreadable(shown, 4100));
    QVERIFY(!isUnreadable(shown, 4095));
    QCOMPARE(shown.cell(4095, HexModel::ByteRole).toInt(),
             int{static_cast<unsigned char>(content[4095])});
    // Scrolling on over what is gone.
    for (int page = 0; page < 20; ++page) {
        shown.key(Qt::Key_PageDown);
        QTRY_VERIFY(shown.view.isFullyLoaded());
    }
    QVERIFY(isUnreadable(shown, shown.view.topRow() * 16));
    shown.view.setTopRow(250);

    folder.write("shrinks", content);
    QTRY_VERIFY(!isUnreadable(shown, 4100));
    QCOMPARE(shown.cell(4100, HexModel::ByteRole).toInt(),
             int{static_cast<unsigned char>(content[4100])});
}

void HexViewSlowTest::anotherProgramsWriteIsShown() {
    const TestFolder folder;
    const std::string path = folder.write("live", QByteArray(1000, 'a'));
    ShownHexView shown(Document::open(octavo::core::systemFileSystem(), path).value());
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QCOMPARE(file.write("new"), qint64{3});
    file.close();
    QTRY_COMPARE(shown.cell(1, HexModel::ByteRole).toInt(), int{'e'});
}

void HexViewSlowTest::firstRowsAreToldOnce() {
    StoppedDisk disk;
    HexView view;
    QSignalSpy told(&view, &HexView::firstRowsShown);
    EditorDocument editor(disk.open());
    view.setDocument(&editor);
    view.resize(800, 400);
    view.show();
    QTRY_COMPARE(disk.gate->waiting(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(told.count(), 0);
    disk.gate->open();
    QTRY_COMPARE(told.count(), 1);
    QVERIFY(view.isFullyLoaded());
    view.setCaret(kLength);
    QTRY_VERIFY(view.isFullyLoaded());
    QCoreApplication::processEvents();
    QCOMPARE(told.count(), 1);
    EditorDocument empty(Document::untitled());
    view.setDocument(&empty);
    QTRY_COMPARE(told.count(), 2);
    view.setDocument(nullptr);
    QTest::qWait(20);
    QCOMPARE(told.count(), 2);
}

QTEST_MAIN(HexViewSlowTest)
#include "hex_view_slow_test.moc"
