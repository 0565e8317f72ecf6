// Going to the offset that stands in the document.
#include "tests/app/window_fixture.h"

using namespace octavo;
using octavo::test::WindowFixture;

Q_DECLARE_METATYPE(octavo::ui::CellKind)

class FollowingOffsetsTest : public QObject {
    Q_OBJECT

private slots:
    void goesToTheOffsetThatStandsThere_data();
    void goesToTheOffsetThatStandsThere();
    void backReturns();
    void selectsUpToAnOffset();
};

void FollowingOffsetsTest::goesToTheOffsetThatStandsThere_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<core::Extent>("selection");
    QTest::addColumn<ui::CellKind>("kind");
    QTest::addColumn<core::ByteOrder>("order");
    QTest::addColumn<qint64>("caret");
    const QByteArray content = QByteArray::fromHex("0A00000000000014") + QByteArray(100, 'x');
    const auto row = [&](const char* name, core::Extent selection, ui::CellKind kind,
                         core::ByteOrder order, qint64 caret) {
        QTest::newRow(name) << content << selection << kind << order << caret;
    };
    using core::ByteOrder;
    using ui::CellKind;
    row("four bytes at the caret", {0, 0}, CellKind::Hex8, ByteOrder::Little, 10);
    row("the other order", {4, 0}, CellKind::Hex8, ByteOrder::Big, 20);
    row("what is selected", {7, 1}, CellKind::Hex8, ByteOrder::Little, 20);
    row("a cell", {1, 0}, CellKind::Unsigned16, ByteOrder::Little, 10);
    row("too large", {0, 0}, CellKind::Hex8, ByteOrder::Big, 0);
    row("behind the end", {104, 4}, CellKind::Hex8, ByteOrder::Little, 108);
    row("not enough", {107, 0}, CellKind::Hex8, ByteOrder::Little, 107);
    row("too much", {0, 9}, CellKind::Hex8, ByteOrder::Little, 9);
}

void FollowingOffsetsTest::goesToTheOffsetThatStandsThere() {
    QFETCH(QByteArray, content);
    QFETCH(core::Extent, selection);
    QFETCH(ui::CellKind, kind);
    QFETCH(core::ByteOrder, order);
    QFETCH(qint64, caret);
    WindowFixture fixture;
    ui::HexFormat format;
    format.kind = kind;
    format.order = order;
    fixture.settings.setGridFormat(format);
    fixture.openNew("a.bin", content);
    QTRY_VERIFY(fixture.view().isFullyLoaded());
    fixture.view().setSelection(selection);
    QSignalSpy noted(&fixture.document(), &app::OpenDocument::noted);
    fixture.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(qint64{fixture.view().caret()}, caret);
    QCOMPARE(noted.size(), 1);
}

void FollowingOffsetsTest::backReturns() {
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray::fromHex("00000100") + QByteArray(100'000, 'x'));
    QTRY_VERIFY(fixture.view().isFullyLoaded());
    fixture.run(app::ActionId::GoToValue);
    QCOMPARE(fixture.view().caret(), core::Offset{65536});
    fixture.run(app::ActionId::Back);
    QCOMPARE(fixture.view().caret(), core::Offset{0});
}

void FollowingOffsetsTest::selectsUpToAnOffset() {
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray(1000, 'x'));
    fixture.view().setCaret(16);
    fixture.key(Qt::Key_G, Qt::ControlModifier);
    fixture.type("+0x20");
    fixture.key(Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(fixture.view().selection(), (core::Extent{16, 32}));
    QVERIFY(fixture.view().hasFocus());
}

QTEST_MAIN(FollowingOffsetsTest)
#include "following_offsets_test.moc"
