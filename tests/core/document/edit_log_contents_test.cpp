// Which bytes an edit log holds, which it refers to, and which it leaves out.
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "tests/support/edit_state.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

class EditLogContentsTest : public QObject {
    Q_OBJECT

private slots:
    void refersToLargeContent();
    void copiesOnRequest();
    void referencesAreChecked_data();
    void referencesAreChecked();
    void leavesOutWhatIsInNoFile();
    void largeContentStaysInTheLog();
};

void EditLogContentsTest::refersToLargeContent() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string path = folder.write("other", someBytes(300'000, 7));
    const SourceId other =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 100'000});
    QVERIFY(document.replace({10, 0}, {{1'000, 60'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
    QVERIFY(document.replace({20'000, 0}, {{100'000, 200'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{200'000});
    QVERIFY(systemFileSystem().info(writer.path())->size < 70'000);
    const EditState expected = stateOf(document);
    {
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(difference(stateOf(*edits), expected), QByteArray());
    }
    QVERIFY(systemFileSystem().remove(path).ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(edits->snapshot().changeSet(), expected.changes);
    // What was copied is there, what was referred to is not.
    QCOMPARE(edits->contentOf({1'000, 60'000, 0, other, {}}), RecoveredEdits::Content::Held);
    QCOMPARE(edits->contentOf({100'000, 200'000, 0, other, {}}),
             RecoveredEdits::Content::SourceChanged);
    // An undo of the paste: nothing is referred to any more.
    document.undo();
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
}

void EditLogContentsTest::copiesOnRequest() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string path = folder.write("other", someBytes(3'000'000, 7));
    const SourceId other =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 0});
    QVERIFY(document.replace({10, 0}, {{0, 3'000'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{3'000'000});
    QVERIFY(writer.copyReferenced().ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
    // From here on everything is.
    QVERIFY(document.replace({10, 0}, {{100, 200, 0, document.edited().base(), {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
    const EditState expected = stateOf(document);
    QVERIFY(systemFileSystem().remove(path).ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), expected), QByteArray());
}

void EditLogContentsTest::referencesAreChecked_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("holds");
    const QByteArray bytes = someBytes(200'000, 7);
    QByteArray changed = bytes;
    changed[0] = static_cast<char>(~changed[0]);
    QTest::newRow("another size") << bytes + "x" << false;
    QTest::newRow("other bytes, another time") << changed << false;
    QTest::newRow("gone") << QByteArray() << false;
}

void EditLogContentsTest::referencesAreChecked() {
    QFETCH(QByteArray, now);
    QFETCH(bool, holds);
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string path = folder.write("other", someBytes(200'000, 7));
    const SourceId other =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 0});
    QVERIFY(document.replace({10, 0}, {{0, 200'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    now.isEmpty() ? void(systemFileSystem().remove(path).ok()) : void(folder.write("other", now));
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(edits->contentOf({0, 200'000, 0, other, {}}) == RecoveredEdits::Content::Held, holds);
}

void EditLogContentsTest::leavesOutWhatIsInNoFile() {
    class Made final : public Source {
        void read(Offset start, MutableByteSpan out, Offset, Unreadable&) const override {
            for (Byte& byte : out)
                byte = static_cast<Byte>(start++);
        }
        Offset zerosAt(Offset, Offset) const override { return 0; }
    };
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const SourceId made = document.addSource(std::make_shared<Made>());
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 10});
    QVERIFY(document.replace({10, 0}, {{0, 200, 0, made, {}}}));
    QVERIFY(document.replace({400, 1}, {document.typed("x")}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{200});
    {
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(edits->snapshot().changeSet(), document.snapshot().changeSet());
        QCOMPARE(edits->contentOf({0, 200, 0, made, {}}), RecoveredEdits::Content::Missing);
    }
    QVERIFY(writer.copyReferenced().ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
}

void EditLogContentsTest::largeContentStaysInTheLog() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    for (quint32 i = 0; i < 5; ++i)
        QVERIFY(document.replace({i * 1'000, 0}, {document.typed(someBytes(1'000, i))}));
    QVERIFY(writer.write(document.take()).ok());
    const auto file = *systemFileSystem().open(writer.path(), OpenMode::Read);
    for (const Offset budget : {Offset{0}, Offset{2'500}, Offset{1} << 20U}) {
        const Result<LoggedEdits> edits = LoggedEdits::read(file, budget);
        QVERIFY(edits.ok());
        const LoggedSource& typed = *edits->contents.at(0);
        QByteArray bytes(5'000, '\0');
        Unreadable unreadable;
        typed.read(0, {reinterpret_cast<Byte*>(bytes.data()), 5'000}, 0, unreadable);
        QVERIFY(unreadable.isEmpty());
        for (quint32 i = 0; i < 5; ++i)
            QCOMPARE(bytes.mid(i * 1'000, 1'000), someBytes(1'000, i));
        QVERIFY(!typed.holds({0, 5'001}));
        QCOMPARE(typed.gapAt(5'000, 10), Offset{10});
    }
}

QTEST_GUILESS_MAIN(EditLogContentsTest)
#include "edit_log_contents_test.moc"
