#include "core/document/document.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "tests/support/ui/made_up_file_system.h"
#include "tests/support/ui/shown_hex_view.h"
#include "ui/inspector/caret_bytes.h"

#include <QFile>
#include <QTest>

using namespace octavo;
using core::AccessMode;
using core::Bytes;
using core::Document;
using core::Offset;
using test::ShownHexView;
using ui::CaretBytes;

class CaretBytesTest : public QObject {
    Q_OBJECT

private slots:
    void followsTheCaret();
    void followsEdits();
    void readsWhatTheGridHasNot();
    void followsOtherPrograms();
    void nothingIsReadWhileInactive();
    void unreadableBytesEndIt();
    void stoppedDiskIsNotWaitedFor();
    void viewAndDocumentMayGo();

private:
    static QByteArray text(const CaretBytes& bytes) {
        if (!bytes.isCurrent()) {
            return "?";
        }
        const Bytes& known = bytes.known()->bytes;
        return {reinterpret_cast<const char*>(known.data()), static_cast<qsizetype>(known.size())};
    }
    static std::unique_ptr<Document> open(core::FileSystem& disk, const std::string& path) {
        auto opened = Document::open(disk, path, AccessMode::Preview);
        if (!opened) {
            qFatal("%s", opened.error().message().c_str());
        }
        return *std::move(opened);
    }
};

void CaretBytesTest::followsTheCaret() {
    ShownHexView shown("0123456789abcdefghij");
    CaretBytes bytes;
    bytes.setView(&shown.view);
    bytes.setActive(true);
    QTRY_COMPARE(text(bytes), QByteArray("0123456789abcdef"));
    shown.key(Qt::Key_Right);
    QTRY_COMPARE(text(bytes), QByteArray("123456789abcdefg"));
    shown.view.setCaret(18);
    QTRY_COMPARE(text(bytes), QByteArray("ij"));
    shown.key(Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(text(bytes), QByteArray());
    QVERIFY(!bytes.known()->isUnreadable);
}

void CaretBytesTest::followsEdits() {
    ShownHexView shown("abcdef");
    CaretBytes bytes;
    bytes.setView(&shown.view);
    bytes.setActive(true);
    QTRY_COMPARE(text(bytes), QByteArray("abcdef"));
    const Bytes put{'X', 'Y'};
    QVERIFY(shown.document().overwrite(1, put).ok());
    // Until it is looked at again, nobody may take the former bytes for these.
    QVERIFY(!bytes.isCurrent());
    QTRY_COMPARE(text(bytes), QByteArray("aXYdef"));
    // An insertion before the caret takes it along.
    QVERIFY(shown.document().insert(0, put).ok());
    QTRY_COMPARE(text(bytes), QByteArray("aXYdef"));
    QCOMPARE(bytes.known()->offset, Offset{2});
}

void CaretBytesTest::readsWhatTheGridHasNot() {
    const Offset length = Offset{1} << 40;
    test::MadeUpFileSystem disk(length);
    ShownHexView shown(open(disk, "/made-up"));
    CaretBytes bytes;
    bytes.setView(&shown.view);
    bytes.setActive(true);
    shown.view.setCaret(1000);
    // The caret stays where it is while one looks elsewhere.
    shown.view.setTopRow(Offset{1} << 30);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QVERIFY(!shown.view.knownBytes({1000, 16}));
    const Bytes put{'!'};
    QVERIFY(shown.document().overwrite(1001, put).ok());
    QTRY_VERIFY(bytes.isCurrent());
    QByteArray expected;
    for (Offset at = 1000; at < 1016; ++at) {
        expected += static_cast<char>(at == 1001 ? '!' : test::madeUpByte(at));
    }
    QCOMPARE(text(bytes), expected);
}

void CaretBytesTest::followsOtherPrograms() {
    const test::TestFolder folder;
    const std::string path = folder.write("file", QByteArray(1'000, 'a'));
    ShownHexView shown(open(core::systemFileSystem(), path));
    CaretBytes bytes;
    bytes.setView(&shown.view);
    bytes.setActive(true);
    shown.view.setCaret(10);
    QTRY_COMPARE(text(bytes), QByteArray(16, 'a'));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(12));
    QCOMPARE(file.write("XY"), qint64{2});
    file.close();
    QTRY_COMPARE(text(bytes), "aaXY" + QByteArray(12, 'a'));
}

void CaretBytesTest::nothingIsReadWhileInactive() {
    ShownHexView shown("abc");
    CaretBytes bytes;
    QSignalSpy changed(&bytes, &CaretBytes::changed);
    bytes.setView(&shown.view);
    shown.key(Qt::Key_Right);
    QCoreApplication::processEvents();
    QVERIFY(!bytes.known());
    QCOMPARE(changed.count(), 0);
    bytes.setActive(true);
    QTRY_COMPARE(text(bytes), QByteArray("bc"));
}

void CaretBytesTest::unreadableBytesEndIt() {
    const test::TestFolder folder;
    test::FaultFileSystem disk;
    disk.setBadExtent({{4'096}, 4'096});
    ShownHexView shown(open(disk, folder.write("file", QByteArray(10'000, 'a'))));
    CaretBytes bytes;
    bytes.setView(&shown.view);
    bytes.setActive(true);
    shown.view.setCaret(4'093);
    QTRY_COMPARE(text(bytes), QByteArray("aaa"));
    QVERIFY(bytes.known()->isUnreadable);
    shown.view.setCaret(5'000);
    QTRY_COMPARE(text(bytes), QByteArray());
    QVERIFY(bytes.known()->isUnreadable);
    shown.view.setCaret(8'192);
    QTRY_COMPARE(text(bytes), QByteArray(16, 'a'));
    QVERIFY(!bytes.known()->isUnreadable);
}

void CaretBytesTest::stoppedDiskIsNotWaitedFor() {
    const test::TestFolder folder;
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    QByteArray content(10'000'000, 'a');
    content[9'000'000] = 'z';
    ShownHexView shown(open(disk, folder.write("file", content)));
    CaretBytes bytes;
    bytes.setView(&shown.view);
    bytes.setActive(true);
    QTRY_COMPARE(text(bytes), QByteArray(16, 'a'));
    gate->close();
    shown.view.setCaret(9'000'000);
    QVERIFY(!bytes.isCurrent());
    // The former bytes do not stay for ever.
    QTRY_VERIFY(!bytes.known());
    shown.view.setCaret(0);
    shown.view.setCaret(9'000'001);
    QVERIFY(!bytes.isCurrent());
    gate->open();
    QTRY_COMPARE(text(bytes), QByteArray(16, 'a'));
    shown.view.setCaret(9'000'000);
    QTRY_COMPARE(text(bytes), 'z' + QByteArray(15, 'a'));
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

void CaretBytesTest::viewAndDocumentMayGo() {
    CaretBytes bytes;
    bytes.setActive(true);
    {
        ShownHexView shown("abc");
        bytes.setView(&shown.view);
        QTRY_COMPARE(text(bytes), QByteArray("abc"));
        shown.editor.reset();
        QVERIFY(!bytes.known());
        QCoreApplication::processEvents();
        QVERIFY(!bytes.isCurrent());
    }
    QVERIFY(bytes.view() == nullptr);
    auto shown = std::make_unique<ShownHexView>("abc");
    bytes.setView(&shown->view);
    QTRY_COMPARE(text(bytes), QByteArray("abc"));
    shown.reset();
    QVERIFY(bytes.view() == nullptr);
    QVERIFY(!bytes.known());
}

QTEST_MAIN(CaretBytesTest)
#include "caret_bytes_test.moc"
