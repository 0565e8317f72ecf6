// What a screen reader is told of the grid.
#include "tests/support/patience.h"
#include "tests/support/ui/accessible_events.h"
#include "tests/support/ui/made_up_file_system.h"
#include "tests/support/ui/shown_hex_view.h"
#include "ui/hex/hex_announcer.h"

#include <memory>

using octavo::core::Bytes;
using octavo::core::Offset;
using octavo::test::AccessibleEvents;
using octavo::test::madeUpByte;
using octavo::test::MadeUpFileSystem;
using octavo::test::ShownHexView;
using octavo::ui::HexFormat;
using octavo::ui::HexPane;

namespace {

using Events = std::vector<AccessibleEvents::Event>;

constexpr Offset kTebibyte = Offset{1} << 40;

/// A grid with the focus, and somebody who listens.
struct Told {
    explicit Told(const QByteArray& content) : shown(std::make_unique<ShownHexView>(content)) {
        listenAgain();
    }
    explicit Told(Offset length)
        : files(std::make_unique<MadeUpFileSystem>(length))
        , shown(std::make_unique<ShownHexView>(
              octavo::core::Document::open(*files, "made up").value())) {
        listenAgain();
    }

    /// Waits until all is told, and forgets it.
    void listenAgain() {
        if (!isQuiet()) {
            qFatal("the grid goes on telling things");
        }
        events.clear();
    }
    bool isQuiet() {
        return QTest::qWaitFor(
            [this] {
                const std::size_t before = events.size();
                QCoreApplication::processEvents();
                return shown->view.isFullyLoaded() && events.size() == before;
            },
            10'000);
    }

    octavo::ui::HexView& view() { return shown->view; }
    QAccessibleInterface* grid() { return QAccessible::queryAccessibleInterface(&shown->view); }
    Events ofCells(QAccessible::Event type) const { return events.of(shown->view, type, true); }
    Events ofTable(QAccessible::Event type) const { return events.of(shown->view, type, false); }

    AccessibleEvents events;
    std::unique_ptr<MadeUpFileSystem> files;
    std::unique_ptr<ShownHexView> shown;
};

QString hex(octavo::core::Byte byte) {
    return QString::number(byte, 16).toUpper().rightJustified(2, '0');
}

}  // namespace

class HexAnnouncerTest : public QObject {
    Q_OBJECT

private slots:
    void caretIsFocus();
    void caretThatScrollsIsToldAfterwards();
    void manyMovesAreToldOnce();
    void paneIsTold();
    void bytesUnderTheCaret();
    void bytesOnTheScreen();
    void scrolling();
    void otherFormat();
    void selection();
    void gonePlacesAreFreed();
    void nobodyListens();
};

// ---- The caret

void HexAnnouncerTest::caretIsFocus() {
    Told told(QByteArray("0123456789ABCDEF0123456789ABCDEF"));
    told.shown->key(Qt::Key_Right);
    QVERIFY(told.isQuiet());
    told.shown->key(Qt::Key_Down);
    QVERIFY(told.isQuiet());
    const Events focus = told.ofCells(QAccessible::Focus);
    QCOMPARE(focus.size(), std::size_t{2});
    QCOMPARE(focus[0].child, 1);
    QCOMPARE(focus[0].name, "31");
    QCOMPARE(focus[1].child, 17);
    QCOMPARE(told.grid()->child(17), told.grid()->focusChild());
    QVERIFY(told.grid()->child(17)->state().focused);
    // Coming back to the grid, the caret's cell is what one comes back to.
    told.view().clearFocus();
    told.listenAgain();
    QVERIFY(!told.grid()->child(17)->state().focused);
    told.view().setFocus();
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofCells(QAccessible::Focus).size(), std::size_t{1});
    QCOMPARE(told.ofCells(QAccessible::Focus)[0].child, 17);
    // Typing moves on as well.
    told.listenAgain();
    told.shown->type("FF");
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofCells(QAccessible::Focus).back().child, 18);
}

void HexAnnouncerTest::caretThatScrollsIsToldAfterwards() {
    Told told(kTebibyte);
    told.view().setCaret(Offset{19} * 16);
    told.listenAgain();
    QCOMPARE(told.view().topRow(), Offset{0});
    told.shown->key(Qt::Key_Down);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.view().topRow(), Offset{1});
    // The place is the same, so its other name is told as well.
    const QString name = hex(madeUpByte(20 * 16));
    QVERIFY(name != hex(madeUpByte(19 * 16)));
    QCOMPARE(told.ofCells(QAccessible::NameChanged).back().name, name);
    QCOMPARE(told.ofCells(QAccessible::NameChanged).back().child, 19 * 16);
    const Events focus = told.ofCells(QAccessible::Focus);
    QCOMPARE(focus.size(), std::size_t{1});
    QCOMPARE(focus[0].child, 19 * 16);
    QCOMPARE(told.grid()->child(19 * 16)->text(QAccessible::Name), name);
}

void HexAnnouncerTest::manyMovesAreToldOnce() {
    Told told(QByteArray(1000, 'x'));
    for (int i = 1; i <= 100; ++i) {
        told.view().setCaret(i);
    }
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofCells(QAccessible::Focus).size(), std::size_t{1});
    QCOMPARE(told.ofCells(QAccessible::Focus)[0].child, 100);
}

void HexAnnouncerTest::paneIsTold() {
    Told told(QByteArray("Hello"));
    told.shown->key(Qt::Key_Tab);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.view().activePane(), HexPane::Text);
    QCOMPARE(told.ofCells(QAccessible::Focus).size(), std::size_t{1});
    QCOMPARE(told.ofCells(QAccessible::Focus)[0].name, "H");
    QVERIFY(!told.ofTable(QAccessible::TableModelChanged).empty());
    told.listenAgain();
    told.shown->key(Qt::Key_Right);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofCells(QAccessible::Focus).size(), std::size_t{1});
    QCOMPARE(told.ofCells(QAccessible::Focus)[0].name, "e");
    QCOMPARE(told.ofCells(QAccessible::Focus)[0].child, 1);
}

void HexAnnouncerTest::bytesUnderTheCaret() {
    Told told(QByteArray(1000, 'x'));
    QVERIFY(told.shown->document().overwrite(0, Bytes{0xAB}));
    QVERIFY(told.isQuiet());
    const Events names = told.ofCells(QAccessible::NameChanged);
    QVERIFY(!names.empty());
    QCOMPARE(names.back().name, "AB");
    QCOMPARE(names.back().child, 0);
    QVERIFY(told.ofCells(QAccessible::Focus).empty());
}

// ---- The screen

void HexAnnouncerTest::bytesOnTheScreen() {
    Told told(QByteArray(1000, 'x'));
    QVERIFY(told.shown->document().overwrite(35, Bytes{0xCD}));
    QVERIFY(told.isQuiet());
    QVERIFY(told.ofCells(QAccessible::NameChanged).empty());
    const Events changes = told.ofTable(QAccessible::TableModelChanged);
    QVERIFY(!changes.empty());
    for (const AccessibleEvents::Event& change : changes) {
        QCOMPARE(change.change, int(QAccessibleTableModelChangeEvent::DataChanged));
        QCOMPARE(change.firstRow, 2);
        QCOMPARE(change.lastRow, 2);
    }
    told.listenAgain();
    // Far from what is seen.
    QVERIFY(told.shown->document().overwrite(900, Bytes{0xCD}));
    QVERIFY(told.isQuiet());
    QVERIFY(told.ofTable(QAccessible::TableModelChanged).empty());
}

void HexAnnouncerTest::scrolling() {
    Told told(kTebibyte);
    told.view().setTopRow(Offset{1} << 30);
    QVERIFY(told.isQuiet());
    // The caret is not on the screen: the grid has the focus, and none of its cells.
    QVERIFY(told.ofCells(QAccessible::Focus).empty());
    QCOMPARE(told.grid()->focusChild(), nullptr);
    QVERIFY(
        std::ranges::any_of(told.ofTable(QAccessible::TableModelChanged), [](const auto& event) {
            return event.change == QAccessibleTableModelChangeEvent::DataChanged &&
                   event.firstRow == 0 && event.lastRow == 19;
        }));
    // Back at its caret there is a cell again.
    told.listenAgain();
    told.view().setTopRow(0);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofCells(QAccessible::Focus).size(), std::size_t{1});
}

void HexAnnouncerTest::otherFormat() {
    Told told(QByteArray(1000, 'x'));
    HexFormat format;
    format.kind = octavo::ui::CellKind::Hex32;
    told.view().setFormat(format);
    QVERIFY(told.isQuiet());
    const Events changes = told.ofTable(QAccessible::TableModelChanged);
    QCOMPARE(changes.size(), std::size_t{1});
    QCOMPARE(changes[0].change, int(QAccessibleTableModelChangeEvent::ModelReset));
    QCOMPARE(told.ofCells(QAccessible::NameChanged).back().name, "78787878");
}

void HexAnnouncerTest::selection() {
    Told told(QByteArray(1000, 'x'));
    told.shown->key(Qt::Key_Right, Qt::ShiftModifier);
    told.shown->key(Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(told.isQuiet());
    QVERIFY(!told.ofTable(QAccessible::SelectionWithin).empty());
    told.listenAgain();
    told.shown->key(Qt::Key_Escape);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofTable(QAccessible::SelectionWithin).size(), std::size_t{1});
}

void HexAnnouncerTest::gonePlacesAreFreed() {
    Told told(QByteArray(1000, 'x'));
    QAccessibleTableInterface* const table = told.grid()->tableInterface();
    QAccessibleInterface* const stays = table->cellAt(1, 1);
    const QAccessible::Id gone = QAccessible::uniqueId(table->cellAt(15, 1));
    told.view().resize(900, 200);
    QVERIFY(told.isQuiet());
    QVERIFY(table->rowCount() < 15);
    const Events changes = told.ofTable(QAccessible::TableModelChanged);
    QVERIFY(!changes.empty());
    QCOMPARE(changes.front().change, int(QAccessibleTableModelChangeEvent::ModelReset));
    QCOMPARE(table->cellAt(15, 1), nullptr);
    QCOMPARE(QAccessible::accessibleInterface(gone), nullptr);
    QCOMPARE(table->cellAt(1, 1), stays);
}

void HexAnnouncerTest::nobodyListens() {
    Told told(QByteArray(1000, 'x'));
    AccessibleEvents::setActive(false);
    told.shown->key(Qt::Key_Down);
    told.view().setTopRow(5);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.events.size(), std::size_t{0});
    // Who comes later is told of what is there then.
    AccessibleEvents::setActive(true);
    told.shown->key(Qt::Key_Down);
    QVERIFY(told.isQuiet());
    QCOMPARE(told.ofCells(QAccessible::Focus).size(), std::size_t{1});
}

QTEST_MAIN(HexAnnouncerTest)
#include "hex_announcer_test.moc"
