#include "app/cli/edit_script.h"
#include "tests/support/test_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace octavo;
using namespace octavo::cli;
using namespace octavo::test;

Q_DECLARE_METATYPE(ScriptEdit::Kind)

class EditScriptTest : public QObject {
    Q_OBJECT

private slots:
    void edit_data();
    void edit();
    void noEdit_data();
    void noEdit();
    void wrong_data();
    void wrong();
    void applied_data();
    void applied();
    void insertsFiles_data();
    void insertsFiles();
    void isOneStep();
};

namespace {

using Kind = ScriptEdit::Kind;

QByteArray toArray(const core::Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

std::string_view viewOf(const QByteArray& text) {
    return {text.data(), static_cast<std::size_t>(text.size())};
}

}  // namespace

void EditScriptTest::edit_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QByteArray>("hex");

    const auto row = [](const char* line, Kind kind, qint64 offset, qint64 length,
                        const char* hex) {
        QTest::newRow(QByteArray(line).simplified())
            << QByteArray(line) << kind << offset << length << QByteArray(hex);
    };
    row("overwrite 0 00", Kind::Overwrite, 0, 0, "00");
    row("overwrite 0x10 DEADbeef", Kind::Overwrite, 16, 0, "deadbeef");
    row("overwrite 16 DE AD  BE EF", Kind::Overwrite, 16, 0, "deadbeef");
    row("  overwrite\t16\tDE AD \r\n", Kind::Overwrite, 16, 0, "dead");
    row("insert 5 01", Kind::Insert, 5, 0, "01");
    row("delete 5 7", Kind::Delete, 5, 7, "");
    row("delete 0x5 0", Kind::Delete, 5, 0, "");
    row("fill 1 2 0a0b", Kind::Fill, 1, 2, "0a0b");
    row("fill 0 9223372036854775807 00", Kind::Fill, 0, core::kMaxLength, "00");
    row("replace 3 4 0a 0b", Kind::Replace, 3, 4, "0a0b");
    row("replace 3 0 0a", Kind::Replace, 3, 0, "0a");
    row("set-size 0x100", Kind::SetSize, 0, 256, "");
    row("set-size 9223372036854775807", Kind::SetSize, 0, core::kMaxLength, "");
}

void EditScriptTest::edit() {
    QFETCH(QByteArray, line);
    QFETCH(Kind, kind);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(QByteArray, hex);

    const auto edit = parseScriptLine(viewOf(line));
    QVERIFY2(edit.ok(), edit ? "" : edit.error().message().c_str());
    QVERIFY(edit->has_value());
    QCOMPARE((*edit)->kind, kind);
    QCOMPARE((*edit)->offset, offset);
    QCOMPARE((*edit)->length, length);
    QCOMPARE(toArray((*edit)->bytes).toHex(), hex);
}

void EditScriptTest::noEdit_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("line end") << QByteArray("\n");
    QTest::newRow("CR LF") << QByteArray("\r\n");
    QTest::newRow("blanks") << QByteArray("  \t\n");
    QTest::newRow("note") << QByteArray("# overwrite 0 00");
    QTest::newRow("indented note") << QByteArray("  # note\n");
    QTest::newRow("empty note") << QByteArray("#");
}

void EditScriptTest::noEdit() {
    QFETCH(QByteArray, line);
    const auto edit = parseScriptLine(viewOf(line));
    QVERIFY(edit.ok());
    QVERIFY(!edit->has_value());
}

void EditScriptTest::wrong_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("reason");

    const auto row = [](const char* line, const char* reason) {
        QTest::newRow(QByteArray(line).simplified()) << QByteArray(line) << QString(reason);
    };
    row("write 0 00", "no edit write");
    row("Overwrite 0 00", "no edit Overwrite");
    row("overwrite", "offset is missing");
    row("overwrite x 00", "offset is no number");
    row("overwrite -1 00", "offset is no number");
    row("overwrite 9223372036854775808 00", "offset is no number");
    row("overwrite 0", "bytes are missing");
    row("overwrite 0  \n", "bytes are missing");
    row("overwrite 0 0", "half a byte");
    row("overwrite 0 00 0x11", "digit");
    row("overwrite 0 ??", "no byte that could be written");
    row("overwrite 0 1?", "no byte that could be written");
    row("overwrite 0 00 # note", "digit");
    row("insert 0", "bytes are missing");
    row("delete 0", "length is missing");
    row("delete 0 x", "length is no number");
    row("delete 0 1 2", "too many: 2");
    row("fill 0 5", "bytes are missing");
    row("fill 0 00 ", "bytes are missing");
    row("fill 0 five 00", "length is no number");
    row("replace 0 1", "bytes are missing");
    row("replace 0 01 ??", "no byte that could be written");
    row("set-size", "length is missing");
    row("set-size -1", "length is no number");
    row("set-size 1 2", "too many: 2");
    row("insert-file", "offset is missing");
    row("insert-file 3", "file is missing");
    row("insert-file 3 \t\n", "file is missing");
    QTest::newRow("one long word")
        << QByteArray(1000, 'x') << "no edit " + QString(40, 'x') + "...";
    QTest::newRow("escapes") << QByteArray("\x1B[2J 0") << "no edit \\x1B[2J";
}

void EditScriptTest::wrong() {
    QFETCH(QByteArray, line);
    QFETCH(QString, reason);
    const auto edit = parseScriptLine(viewOf(line));
    QVERIFY(!edit.ok());
    const QString message = QString::fromStdString(edit.error().message());
    QVERIFY2(message.contains(reason) && !message.contains('\n') && message.size() < 200,
             qPrintable(message));
}

// Each offset means the content as it is at that line.
void EditScriptTest::applied_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("content");  // of what was "0123456789"
    QTest::addColumn<QString>("error");

    const auto row = [](const char* name, const char* script, const char* content,
                        const char* error = "") {
        QTest::newRow(name) << QByteArray(script) << QByteArray(content) << QString(error);
    };
    row("empty script", "", "0123456789");
    row("no line end at the end", "overwrite 0 41", "A123456789");
    row("overwrite at the end", "overwrite 8 4142\n", "01234567AB");
    row("insert, then overwrite", "insert 0 4142\noverwrite 2 43\n", "ABC123456789");
    row("insert at the end", "insert 10 41\noverwrite 10 42\n", "0123456789B");
    row("delete, then insert", "delete 0 9\ninsert 1 41\n", "9A");
    row("delete all", "delete 0 10\n", "");
    row("fill", "fill 2 5 4142\n", "01ABABA789");
    row("fill nothing", "fill 10 0 41\n", "0123456789");
    row("replace by more", "replace 2 3 4142434445\n", "01ABCDE56789");
    row("replace by less", "replace 2 3 41\n", "01A56789");
    row("replace nothing", "replace 10 0 41\n", "0123456789A");
    row("set-size less", "set-size 3\n", "012");
    row("set-size to nothing, then insert", "set-size 0\ninsert 0 41\n", "A");
    row("set-size the same", "set-size 10\n", "0123456789");
    row("set-size more, then overwrite", "set-size 12\nfill 10 2 41\n", "0123456789AA");
    row("notes between", "# a\n\noverwrite 0 41\n\n# b\noverwrite 1 42\n", "AB23456789");
    row("CR LF", "overwrite 0 41\r\n# b\r\noverwrite 1 42\r\n", "AB23456789");

    row("overwrite passes the end", "overwrite 9 4142\n", "0123456789", "line 1 of ");
    row("overwrite behind the end", "overwrite 10 41\n", "0123456789", "overwrite: ");
    row("fill passes the end", "fill 9 2 41\n", "0123456789", "fill: ");
    row("insert behind the end", "insert 11 41\n", "0123456789", "insert: ");
    row("delete passes the end", "delete 9 2\n", "0123456789", "delete: ");
    row("huge fill", "fill 1 9223372036854775807 41\n", "0123456789", "fill: ");
    row("replace passes the end", "replace 9 2 41\n", "0123456789", "replace: ");
    row("second line", "overwrite 0 41\noverwrite 10 41\n", "A123456789", "line 2 of ");
    row("notes count as lines", "# a\n\nwrong\n", "0123456789", "line 3 of ");
    row("made shorter before", "delete 0 1\noverwrite 9 41\n", "123456789", "line 2 of ");
}

void EditScriptTest::applied() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, content);
    QFETCH(QString, error);

    const QTemporaryDir folder;
    const QString path = folder.filePath("edits");
    QVERIFY(writeFile(path, script));
    const std::unique_ptr<core::Document> document = core::Document::untitled();
    const core::Bytes digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
    QVERIFY(document->insert(0, digits).ok());

    const core::Status status = applyScript(*document, path.toStdString());
    QCOMPARE(status.ok(), error.isEmpty());
    if (!status) {
        const QString message = QString::fromStdString(status.error().message());
        QVERIFY2(message.contains(error) && message.contains(path), qPrintable(message));
    }
    core::Bytes bytes(static_cast<std::size_t>(document->length()));
    QVERIFY(document->snapshot().read(0, bytes).isEmpty());
    QCOMPARE(toArray(bytes), content);
}

void EditScriptTest::insertsFiles_data() {
    QTest::addColumn<QByteArray>("line");  // %1 is the folder
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char* name, const char* line, const char* content,
                        const char* error = "") {
        QTest::newRow(name) << QByteArray(line) << QByteArray(content) << QByteArray(error);
    };
    row("in the middle", "insert-file 5 %1/abc\n", "01234abc56789");
    row("at the end", "insert-file 10 %1/abc", "0123456789abc");
    row("empty", "insert-file 5 %1/empty\n", "0123456789");
    row("name with blanks", "insert-file 0 \t %1/two words \r\n", "zwei0123456789");
    row("behind the end", "insert-file 11 %1/abc", "0123456789", "paste: ");
    row("missing", "insert-file 0 %1/nothing", "0123456789", "nothing: No such file");
    row("folder", "insert-file 0 %1", "0123456789", "it is a folder");
}

void EditScriptTest::insertsFiles() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, error);
    const QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath("abc"), "abc"));
    QVERIFY(writeFile(folder.filePath("two words"), "zwei"));
    QVERIFY(writeFile(folder.filePath("empty"), {}));
    const QString script = folder.filePath("edits");
    QVERIFY(writeFile(script, line.replace("%1", folder.path().toUtf8())));
    const std::unique_ptr<core::Document> document = core::Document::untitled();
    const core::Bytes digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
    QVERIFY(document->insert(0, digits).ok());

    const core::Status status = applyScript(*document, script.toStdString());
    QCOMPARE(status.ok(), error.isEmpty());
    if (!status) {
        const QByteArray message = QByteArray::fromStdString(status.error().message());
        QVERIFY2(message.contains(error) && message.contains("line 1 of "), message);
    }
    core::Bytes bytes(static_cast<std::size_t>(document->length()));
    QVERIFY(document->snapshot().read(0, bytes).isEmpty());
    QCOMPARE(toArray(bytes), content);
}

void EditScriptTest::isOneStep() {
    const QTemporaryDir folder;
    const QString script = folder.filePath("edits");
    const QString path = folder.filePath("file");
    QVERIFY(writeFile(script, "delete 4 2\ninsert 4 41\nset-size 100\nwrong\n"));
    QVERIFY(writeFile(path, "0123456789"));
    const auto document = *core::Document::open(core::systemFileSystem(), path.toStdString());
    QVERIFY(!applyScript(*document, script.toStdString()).ok());
    QCOMPARE(document->changes().size(), std::size_t{2});
    QVERIFY(document->undo().ok());
    QVERIFY(!document->hasChanges());
    QVERIFY(!document->canUndo());
}

QTEST_GUILESS_MAIN(EditScriptTest)
#include "edit_script_test.moc"
