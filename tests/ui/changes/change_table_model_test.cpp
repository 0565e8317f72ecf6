// What the rows of a list of changes say, over edits, switching off and a flush.
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/changes/change_patch.h"
#include "ui/changes/change_table_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace octavo;
using core::ChangeId;
using core::Document;
using core::Offset;
using test::span;
using test::TestFolder;
using ui::ChangeList;
using ui::ChangeSort;
using ui::ChangeTableModel;
using ui::EditorDocument;

namespace {

struct Shown {
    explicit Shown(const QByteArray& content, core::FileSystem& files = core::systemFileSystem())
        : editor(Document::open(files, folder.write("file", content)).value())
        , list(editor)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal) {
        model.setList(&list);
        model.show(0, 20);
    }
    ~Shown() { model.setList(nullptr); }

    Document& document() { return editor.document(); }
    bool settle() {
        return QTest::qWaitFor(
            [&] {
                if (list.isWorking()) {
                    return false;
                }
                for (int row = 0; row < model.rowCount(); ++row) {
                    if (text(row, ChangeTableModel::Bytes).isEmpty()) {
                        return false;
                    }
                }
                return true;
            },
            test::kPatienceMs);
    }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }
    /// "on 0x0002 overwritten: 32 33 → 61 62, 2", a row each.
    QStringList rows() {
        using Model = ChangeTableModel;
        if (!settle()) {
            qFatal("the list does not settle");
        }
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row) {
            texts << QStringLiteral("%1 %2 %3: %4, %5")
                         .arg(text(row, Model::On), text(row, Model::Offset),
                              text(row, Model::Kind), text(row, Model::Bytes),
                              text(row, Model::Size));
        }
        return texts;
    }
    void edit(Offset at, Offset count, const QByteArray& bytes) {
        if (!document().replace({at, count}, span(bytes))) {
            qFatal("the edit is refused");
        }
    }

    TestFolder folder;
    EditorDocument editor;
    ChangeList list;
    ChangeTableModel model;
    QAbstractItemModelTester tester;
};

}  // namespace

class ChangeTableModelTest : public QObject {
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void whatIsOffShowsWhatItWouldBe();
    void rowsFollowEditsAndUndo();
    void bytesOutlastAFlush();
    void longChangesAreCut();
    void unreadableIsSaid();
    void untitled();
    void namesAndSteps();
    void sortsAndFilters();
    void pausedStays();
    void patchLines();
};

void ChangeTableModelTest::kinds_data() {
    QTest::addColumn<Offset>("at");
    QTest::addColumn<Offset>("count");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("row");
    const auto row = [](const char* name, Offset at, Offset count, const char* bytes,
                        const char* text) {
        QTest::newRow(name) << at << count << QByteArray(bytes) << QString::fromUtf8(text);
    };
    row("overwritten", 2, 2, "ab", "on 0x0002 overwritten: 32 33 → 61 62, 2");
    row("inserted", 4, 0, "xyz", "on 0x0004 inserted: nothing → 78 79 7A, +3");
    row("deleted", 4, 3, "", "on 0x0004 deleted: 34 35 36 → nothing, -3");
    row("longer", 0, 1, "xyz", "on 0x0000 replaced: 30 → 78 79 7A, 3 (+2)");
    row("shorter", 0, 4, "x", "on 0x0000 replaced: 30 31 32 33 → 78, 4 (-3)");
    row("at the end", 10, 0, "!", "on 0x000A inserted: nothing → 21, +1");
}

void ChangeTableModelTest::kinds() {
    QFETCH(Offset, at);
    QFETCH(Offset, count);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, row);
    Shown shown("0123456789");
    QCOMPARE(shown.rows(), QStringList());
    shown.edit(at, count, bytes);
    QCOMPARE(shown.rows(), QStringList{row});
    // Off it says the same, where the file's bytes stand.
    const ChangeId id = shown.document().changes()[0].id;
    QVERIFY(shown.document().switchChanges({&id, 1}, false));
    QCOMPARE(shown.rows(), QStringList{"off" + row.mid(2)});
}

void ChangeTableModelTest::whatIsOffShowsWhatItWouldBe() {
    Shown shown("0123456789");
    shown.edit(2, 0, "in");
    shown.edit(8, 1, "Z");
    const std::vector<core::Change> changes = shown.document().changes();
    QVERIFY(shown.document().switchChanges({&changes[0].id, 1}, false));
    QCOMPARE(shown.rows(), (QStringList{"off 0x0002 inserted: nothing → 69 6E, +2",
                                        "on 0x0006 overwritten: 36 → 5A, 1"}));
    QVERIFY(shown.document().keepChanges({&changes[1].id, 1}, true));
    QCOMPARE(shown.rows()[1], QString("on 0x0006 overwritten, kept: 36 → 5A, 1"));
}

void ChangeTableModelTest::rowsFollowEditsAndUndo() {
    Shown shown("0123456789");
    shown.edit(5, 1, "Z");
    shown.edit(0, 0, "ab");
    QCOMPARE(shown.rows(), (QStringList{"on 0x0000 inserted: nothing → 61 62, +2",
                                        "on 0x0007 overwritten: 35 → 5A, 1"}));
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.rows(), QStringList{"on 0x0005 overwritten: 35 → 5A, 1"});
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.rows(), QStringList());
    QVERIFY(shown.document().redo());
    QCOMPARE(shown.rows().size(), 1);
}

void ChangeTableModelTest::bytesOutlastAFlush() {
    Shown shown("0123456789");
    shown.edit(2, 2, "ab");
    shown.edit(7, 1, "Z");
    const ChangeId first = shown.document().changes()[0].id;
    const auto save = *shown.document().prepareFlush({&first, 1});
    core::Progress progress;
    QVERIFY(save->run(progress));
    shown.editor.finishFlush(*save);
    QCOMPARE(shown.rows(), QStringList{"on 0x0007 overwritten: 37 → 5A, 1"});
    // Undone past the flush, the file holds what was typed.
    QVERIFY(shown.document().undo());
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.rows(), QStringList{"on 0x0002 overwritten: 61 62 → 32 33, 2"});
}

void ChangeTableModelTest::longChangesAreCut() {
    Shown shown(QByteArray(1000, 'a'));
    shown.edit(0, 16, QByteArray(16, 'b'));
    shown.edit(100, 17, QByteArray(700, 'c'));
    const QString as = QString("61 ").repeated(16).trimmed();
    const QString cs = QString("63 ").repeated(16).trimmed();
    QCOMPARE(
        shown.rows(),
        (QStringList{QStringLiteral("on 0x0000 overwritten: %1 → %2, 16")
                         .arg(as, QString("62 ").repeated(16).trimmed()),
                     QStringLiteral("on 0x0064 replaced: %1 … → %2 …, 700 (+683)").arg(as, cs)}));
}

void ChangeTableModelTest::unreadableIsSaid() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    Shown shown("0123456789", disk);
    gate->close();
    shown.edit(2, 1, "Z");
    QTRY_COMPARE(shown.model.rowCount(), 1);
    // A disk that does not answer holds up nobody, and what is known is shown.
    QCOMPARE(shown.text(0, ChangeTableModel::Bytes), QString());
    QCOMPARE(shown.text(0, ChangeTableModel::Kind), QString("overwritten"));
    gate->open();
    QCOMPARE(shown.rows(), QStringList{"on 0x0002 overwritten: 32 → 5A, 1"});
    ui::ChangeSides sides;
    sides.before = {{0x30}, false, true};
    sides.after = {{0x5A}, true, false};
    QCOMPARE(ui::sidesText(sides), QString("unreadable → 5A …"));
}

void ChangeTableModelTest::untitled() {
    EditorDocument editor(Document::untitled());
    ChangeList list(editor);
    ChangeTableModel model;
    model.setList(&list);
    model.show(0, 5);
    QVERIFY(editor.document().insert(0, span(QByteArray("ab"))));
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(model.index(0, ChangeTableModel::Bytes).data().toString(),
                 QString("nothing → 61 62"));
    model.setList(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void ChangeTableModelTest::namesAndSteps() {
    Shown shown("0123456789");
    shown.document().beginTransaction("Patch the header");
    shown.edit(1, 1, "a");
    shown.edit(5, 1, "b");
    shown.document().endTransaction();
    shown.edit(8, 1, "c");
    QVERIFY(shown.document().setChangeName(shown.document().changes()[1].id, "second"));
    QCOMPARE(shown.rows().size(), 3);
    QCOMPARE(shown.text(0, ChangeTableModel::Step), QString("1: Patch the header"));
    QCOMPARE(shown.text(1, ChangeTableModel::Step), shown.text(0, ChangeTableModel::Step));
    QCOMPARE(shown.text(2, ChangeTableModel::Step), QString("2: replacing"));
    QCOMPARE(shown.text(1, ChangeTableModel::Name), QString("second"));
    QCOMPARE(shown.text(2, ChangeTableModel::Time).count(':'), 2);
    const auto starts = [&] {
        QList<bool> rows;
        for (int row = 0; row < shown.model.rowCount(); ++row) {
            rows << shown.model.index(row, 0).data(ChangeTableModel::StartsStepRole).toBool();
        }
        return rows;
    };
    QCOMPARE(starts(), (QList<bool>{false, false, false}));
    shown.list.setSort({ui::ChangeOrder::Step, false});
    QCOMPARE(shown.rows().size(), 3);
    QCOMPARE(starts(), (QList<bool>{false, false, true}));
}

void ChangeTableModelTest::sortsAndFilters() {
    Shown shown("0123456789");
    shown.edit(1, 1, "a");
    shown.edit(4, 3, "bcd");
    shown.edit(9, 1, "e");
    shown.list.setSort({ui::ChangeOrder::Size, true});
    QCOMPARE(shown.rows()[0], QString("on 0x0004 overwritten: 34 35 36 → 62 63 64, 3"));
    shown.list.setSort({ui::ChangeOrder::Step, true});
    QCOMPARE(shown.rows()[0], QString("on 0x0009 overwritten: 39 → 65, 1"));
    shown.list.setFilter("0x0-0x5");
    QCOMPARE(shown.rows().size(), 2);
    shown.edit(0, 0, "new");  // the other two have moved
    QCOMPARE(shown.rows().size(), 2);
    QVERIFY(shown.document().setChangeName(shown.document().changes()[3].id, "last"));
    shown.list.setFilter("LAST");
    shown.list.relist();
    QCOMPARE(shown.rows(), QStringList{"on 0x000C overwritten: 39 → 65, 1"});
    shown.list.setFilter({});
    QCOMPARE(shown.rows().size(), 4);
}

void ChangeTableModelTest::pausedStays() {
    Shown shown("0123456789");
    shown.edit(1, 1, "a");
    QCOMPARE(shown.rows().size(), 1);
    shown.list.setPaused(true);
    shown.edit(4, 1, "b");
    QVERIFY(shown.list.isWorking());
    for (int turn = 0; turn < 10; ++turn) {
        QCoreApplication::processEvents();
        QVERIFY(ui::Job::waitAllIdle(std::chrono::milliseconds(test::kPatienceMs)));
    }
    QCOMPARE(shown.model.rowCount(), 1);
    shown.list.setPaused(false);
    QCOMPARE(shown.rows().size(), 2);
}

void ChangeTableModelTest::patchLines() {
    Shown shown("0123456789");
    shown.edit(0, 0, "xy");  // moves what follows: lines tell the place in the file
    shown.edit(4, 2, "ab");
    shown.edit(9, 2, "");
    const ChangeId id = shown.document().changes()[1].id;
    QVERIFY(shown.document().switchChanges({&id, 1}, false));
    QCOMPARE(shown.rows().size(), 3);
    const ui::ChangeListing& listing = *shown.list.listing();
    std::vector<ui::PatchLine> lines;
    for (std::uint64_t number = 0; number < listing.count(); ++number) {
        lines.push_back({listing.row(number),
                         shown.document().switchedOffContent(listing.row(number).change.id)});
    }
    core::Progress progress;
    QCOMPARE(QByteArray::fromStdString(ui::patchText(*listing.all, lines, progress)),
             QByteArray("0x0000: -> 78 79\n"
                        "0x0002: 32 33 -> 61 62  (off)\n"
                        "0x0007: 37 38 ->\n"));
    QCOMPARE(progress.done(), Offset{2 + 4 + 2});
}

QTEST_MAIN(ChangeTableModelTest)
#include "change_table_model_test.moc"
