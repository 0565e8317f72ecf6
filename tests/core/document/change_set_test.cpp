// What the change set promises, a sentence a row: each row is a short script of edits and answers,
// and what the document and its changes must be in the end.
//
// The file holds 0123456789. A script's words:
//   o2:ab  i2:ab  d2+3   overwrite, insert, delete        t2:ab  type over, byte by byte
//   { }                  between them, one transaction    u  r   undo, redo
//   -1  +1  x1  k1       switch change 1 off, on, revert it, keep it
//   R                    a worker looks at the changes    F  F2  flush everything, change 2 alone
//   !                    the edit after it is refused, for it falls into a change that is off
//   drop:  on:           in front of an edit: the answer to that
// Changes are written as number, before > now; "off" where they are switched off.
#include "core/document/document.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

QByteArray contentOf(const Document& document) {
    const Snapshot snapshot = document.snapshot();
    QByteArray out(snapshot.length(), '\xEE');
    const Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

QByteArray textOf(const Document& document) {
    QByteArrayList changes;
    for (const Change& change : document.snapshot().changeSet()) {
        changes << QByteArray::number(change.id) + (change.isOff ? " off " : " ") +
                       QByteArray::number(change.before.offset.value) + "+" +
                       QByteArray::number(change.before.length) + ">" +
                       QByteArray::number(change.now.offset) + "+" +
                       QByteArray::number(change.now.length);
    }
    return changes.join(", ");
}

class Player {
public:
    explicit Player(Document& document) : document_(document) {}

    bool play(const QByteArray& script) {
        for (const QByteArray& word : script.simplified().split(' ')) {
            if (!word.isEmpty() && !playWord(word)) {
                qWarning("at %s", word.constData());
                return false;
            }
        }
        return true;
    }

private:
    bool playWord(QByteArray word) {
        EditOptions options;
        if (word.startsWith("drop:")) {
            options = IfSwitchedOff::Drop;
            word = word.mid(5);
        } else if (word.startsWith("on:")) {
            options = IfSwitchedOff::SwitchOn;
            word = word.mid(3);
        }
        const char kind = word[0];
        const QByteArray rest = word.mid(1);
        if (kind == '!') {
            const Status status = edit(rest[0], rest.mid(1), {});
            return !status && status.error().code == ErrorCode::SwitchedOff;
        }
        if (kind == 'o' || kind == 'i' || kind == 'd' || kind == 't')
            return edit(kind, rest, options).ok();
        if (kind == '{')
            return document_.beginTransaction("together"), true;
        if (kind == '}')
            return document_.endTransaction(), true;
        if (kind == 'u')
            return document_.undo().ok();
        if (kind == 'r')
            return document_.redo().ok();
        if (kind == 'R')
            return review();
        if (kind == 'F')
            return flush(rest);
        const ChangeId id = rest.toUInt();
        if (kind == '-' || kind == '+')
            return document_.switchChanges({&id, 1}, kind == '+').ok();
        if (kind == 'x')
            return document_.revertChanges({&id, 1}).ok();
        if (kind == 'k')
            return document_.keepChanges({&id, 1}, true).ok();
        return false;
    }

    Status edit(char kind, const QByteArray& rest, EditOptions options) {
        if (kind == 'd') {
            const QByteArrayList numbers = rest.split('+');
            return document_.erase({numbers[0].toInt(), numbers[1].toInt()}, options);
        }
        const qsizetype colon = rest.indexOf(':');
        Offset at = rest.left(colon).toInt();
        const QByteArray bytes = rest.mid(colon + 1);
        if (kind == 'i')
            return document_.insert(at, span(bytes), options);
        if (kind == 'o')
            return document_.overwrite(at, span(bytes), options);
        document_.endTyping();
        options.style = EditStyle::Typing;
        for (const char byte : bytes) {
            const QByteArray one(1, byte);
            if (const Status typed = document_.overwrite(at++, span(one), options); !typed)
                return typed;
        }
        return {};
    }

    bool review() {
        while (const auto review = document_.prepareReview()) {
            Progress progress;
            if (!review->run(progress))
                return false;
            document_.finishReview(*review);
        }
        return true;
    }

    bool flush(const QByteArray& which) {
        const ChangeId id = which.toUInt();
        const auto save =
            which.isEmpty() ? document_.prepareFlush() : document_.prepareFlush(std::span(&id, 1));
        if (!save)
            return false;
        Progress progress;
        const Status status = (*save)->run(progress);
        document_.finishFlush(**save);
        return status.ok();
    }

    Document& document_;
};

}  // namespace

class ChangeSetTest : public QObject {
    Q_OBJECT

private slots:
    void sentences_data();
    void sentences();
    void switchingTakesAlong();
    void contentOfWhatIsOff();
    void aPartIsPlannedWithWhatItNeeds();
    void halvesKeepNameAndGroup();
    void namesSurvive();
    void keptChangesStay();
    void keepingIsUndoneWhereItIs();
    void anUnknownChangeIsRefused();
};

void ChangeSetTest::sentences_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("changes");
    const auto row = [](const char* name, const char* script, const char* content,
                        const char* changes) {
        QTest::newRow(name) << QByteArray(script) << QByteArray(content) << QByteArray(changes);
    };
    const char* const original = "0123456789";

    row("nothing", "", original, "");
    row("an overwrite", "o2:ab", "01ab456789", "1 2+2>2+2");
    row("an insertion", "i2:ab", "01ab23456789", "1 2+0>2+2");
    row("a deletion", "d2+3", "0156789", "1 2+3>2+0");

    row("neighbouring runs of two transactions are two changes", "o2:ab o4:cd", "01abcd6789",
        "1 2+2>2+2, 2 4+2>4+2");
    row("insertions of two transactions at one place", "i2:ab i4:cd", "01abcd23456789",
        "1 2+0>2+2, 2 2+0>4+2");
    row("neighbouring runs of one transaction are one", "{ o2:ab o4:cd }", "01abcd6789",
        "1 2+4>2+4");
    row("distant runs of one transaction are two", "{ o0:a o4:b }", "a123b56789",
        "1 0+1>0+1, 2 4+1>4+1");
    row("typing is one transaction", "t2:abc", "01abc56789", "1 2+3>2+3");

    row("an overwrite inside a change joins it", "o2:abcd o3:X", "01aXcd6789", "1 2+4>2+4");
    row("an insertion inside a change joins it", "o2:abcd i4:XY", "01abXYcd6789", "1 2+4>2+6");
    row("a deletion inside a change joins it", "o2:abcd d3+2", "01ad6789", "1 2+4>2+2");
    row("the same place again keeps the number", "o2:ab o2:cd", "01cd456789", "1 2+2>2+2");
    row("deleting what was inserted ends the change", "i2:ab d2+2", original, "");
    row("an edit over a part of a change is another one", "o2:abcd o5:XY", "01abcXY789",
        "1 2+3>2+3, 2 5+2>5+2");
    row("an edit over a whole change and more is another one", "o2:ab o1:WXYZ", "0WXYZ56789",
        "2 1+4>1+4");

    row("an overwrite is off", "o2:ab -1", original, "1 off 2+2>2+2");
    row("an insertion is off", "i2:ab -1", original, "1 off 2+0>2+0");
    row("a deletion is off", "d2+3 -1", original, "1 off 2+3>2+3");
    row("on again", "o2:ab -1 +1", "01ab456789", "1 2+2>2+2");
    row("an insertion on again", "i2:ab -1 +1", "01ab23456789", "1 2+0>2+2");
    row("a deletion on again", "d2+3 -1 +1", "0156789", "1 2+3>2+0");
    row("in any order", "o1:a i3:xy d7+2 -2 -1 -3 +1 +3 +2", "0a2xy34789",
        "1 1+1>1+1, 2 3+0>3+2, 3 5+2>7+0");
    row("two insertions at one place, the first off and on", "i2:ab i4:cd -1 +1", "01abcd23456789",
        "1 2+0>2+2, 2 2+0>4+2");
    row("two insertions at one place, both off, the last on first", "i2:ab i4:cd -1 -2 +2 +1",
        "01abcd23456789", "1 2+0>2+2, 2 2+0>4+2");
    row("two insertions at one place, reverted and undone beside one that is off",
        "i2:ab i4:cd -2 x1 u +2", "01abcd23456789", "1 2+0>2+2, 2 2+0>4+2");
    row("what was typed over a part goes off with it", "o2:abcd o5:XY -1", original,
        "1 off 2+3>2+3, 2 off 5+2>5+2");
    row("what lies below comes on with it", "o2:abcd o5:XY -1 +2", "01abcXY789",
        "1 2+3>2+3, 2 5+2>5+2");
    row("what was typed over a part goes off alone", "o2:abcd o5:XY -2", "01abc56789",
        "1 2+3>2+3, 2 off 5+2>5+2");

    row("undo of off", "o2:ab -1 u", "01ab456789", "1 2+2>2+2");
    row("redo of off", "o2:ab -1 u r", original, "1 off 2+2>2+2");
    row("undo of on", "i2:ab -1 +1 u", original, "1 off 2+0>2+0");
    row("a number survives undo and redo", "o2:ab o6:c u u r r", "01ab45c789",
        "1 2+2>2+2, 2 6+1>6+1");

    row("revert", "o2:ab o6:c x1", "012345c789", "2 6+1>6+1");
    row("undo of revert", "o2:ab o6:c x1 u", "01ab45c789", "1 2+2>2+2, 2 6+1>6+1");
    row("revert of what is off", "o2:ab -1 x1", original, "");
    row("undo of a revert of what is off", "o2:ab -1 x1 u +1", "01ab456789", "1 2+2>2+2");
    row("keep switches on", "o2:ab -1 k1", "01ab456789", "1 2+2>2+2");
    row("undo of keep", "o2:ab -1 k1 u", original, "1 off 2+2>2+2");

    row("an edit inside a change that is off asks", "o2:abcd -1 !o3:X", original, "1 off 2+4>2+4");
    row("an insertion where one is off asks", "i2:ab -1 !i2:X", original, "1 off 2+0>2+0");
    row("a deletion over one that is off asks", "i2:ab -1 !d1+2", original, "1 off 2+0>2+0");
    row("an edit beside one that is off does not ask", "o2:ab -1 o4:X", "0123X56789",
        "1 off 2+2>2+2, 2 4+1>4+1");
    row("an insertion behind one that is off does not ask", "i0:ab -1 i3:X", "012X3456789",
        "1 off 0+0>0+0, 2 3+0>3+1");
    row("an insertion at the beginning stays off over a flush", "i0:ab o6:c -1 F", "0123c56789",
        "1 off 0+0>0+0");
    row("drop it", "o2:abcd -1 drop:o3:X", "012X456789", "2 3+1>3+1");
    row("drop it, undone", "o2:abcd -1 drop:o3:X u", original, "1 off 2+4>2+4");
    row("switch it on", "o2:abcd -1 on:o3:X", "01aXcd6789", "1 2+4>2+4");
    row("drop it with what was typed over a part of it", "o2:abcd o5:XY -1 drop:o3:Z", "012Z456789",
        "3 3+1>3+1");

    row("typing the old value back ends the change", "o2:ab o2:23 R", original, "");
    row("typing a part of it back ends that part", "o2:abc o2:2 R", "012bc56789", "1 3+2>3+2");
    row("typing the middle back splits the change", "o2:abcde o4:4 R", "01ab4de789",
        "1 2+2>2+2, 2 5+2>5+2");
    row("nobody has looked yet", "o2:ab o2:23", original, "1 2+2>2+2");
    row("undo of what was settled", "o2:ab o2:23 R u", "01ab456789", "1 2+2>2+2");
    row("undo below a split", "o2:abcde o4:4 R u u", original, "");

    row("a flush ends the changes", "o2:ab o6:c F", "01ab45c789", "");
    row("undo past a flush shows the change again", "o2:ab F u", original, "1 2+2>2+2");
    row("undo and redo past a flush", "o2:ab F u r", "01ab456789", "");
    row("a flush of one leaves the other", "o2:ab o6:c F1", "01ab45c789", "2 6+1>6+1");
    row("the rest is rebased by its place in the file", "i0:zz o8:X F2", "zz012345X789",
        "1 0+0>0+2");
    row("what is off stays off over a flush", "o2:ab o6:c -2 F", "01ab456789", "2 off 6+1>6+1");
    row("and can be switched on after it", "o2:ab o6:c -2 F +2", "01ab45c789", "2 6+1>6+1");
    row("an insertion that is off stays over a flush", "i2:ab o6:c -1 F +1", "01ab23c56789",
        "1 2+0>2+2");
    row("a branch is not lost", "o2:ab u o6:c u r", "012345c789", "2 6+1>6+1");
}

void ChangeSetTest::sentences() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, changes);
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play(script));
    QCOMPARE(contentOf(*document), content);
    QCOMPARE(textOf(*document), changes);
    QCOMPARE(document->snapshot().tree().checkInvariants(), std::string());
}

void ChangeSetTest::switchingTakesAlong() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o2:abcd o5:XY"));
    const ChangeId lower = 1;
    const ChangeId upper = 2;
    QCOMPARE(*document->switchChanges({&lower, 1}, false), (std::vector<ChangeId>{1, 2}));
    QCOMPARE(*document->switchChanges({&lower, 1}, true), (std::vector<ChangeId>{1}));
    QCOMPARE(*document->switchChanges({&lower, 1}, false), (std::vector<ChangeId>{1}));
    QCOMPARE(*document->switchChanges({&upper, 1}, true), (std::vector<ChangeId>{1, 2}));
    QCOMPARE(*document->switchChanges({&upper, 1}, true), std::vector<ChangeId>());
    QCOMPARE(*document->revertChanges({&lower, 1}), (std::vector<ChangeId>{1, 2}));
}

// What would be seen can be told without switching it on, past a flush of another change as well.
void ChangeSetTest::contentOfWhatIsOff() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o2:abcd d8+1 i0:xyz -1 -2 -3"));
    const auto told = [&](ChangeId id, Offset most) {
        const auto shown = Document::untitled();
        if (!shown->replace({0, 0}, document->switchedOffContent(id, most))) {
            return QByteArray("(refused)");
        }
        return contentOf(*shown);
    };
    for (const char* const then : {"", "o6:Q F"}) {
        QVERIFY(Player(*document).play(then));
        QCOMPARE(document->switchedOffLength(1), Offset{4});
        QCOMPARE(told(1, kMaxLength), QByteArray("abcd"));
        QCOMPARE(told(1, 3), QByteArray("abc"));
        QCOMPARE(document->switchedOffLength(2), Offset{0});
        QCOMPARE(told(2, kMaxLength), QByteArray());
        QCOMPARE(told(3, 2), QByteArray("xy"));
    }
}

void ChangeSetTest::aPartIsPlannedWithWhatItNeeds() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o2:abcd o5:XY i9:z"));
    const auto planned = [&](ChangeId id) {
        std::vector<ChangeId> ids;
        for (const Change& change : document->saveRequest({&id, 1}).changes) {
            ids.push_back(change.id);
        }
        return ids;
    };
    QCOMPARE(planned(1), (std::vector<ChangeId>{1}));
    QCOMPARE(planned(2), (std::vector<ChangeId>{1, 2}));
    QCOMPARE(planned(3), (std::vector<ChangeId>{3}));
    QVERIFY(Player(*document).play("-3"));
    QCOMPARE(planned(3), std::vector<ChangeId>());
}

void ChangeSetTest::halvesKeepNameAndGroup() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o2:abcde"));
    QVERIFY(document->setChangeName(1, "header"));
    QVERIFY(Player(*document).play("o4:4 R"));
    const std::vector<Change> changes = document->changes();
    QCOMPARE(changes.size(), std::size_t{2});
    QVERIFY(changes[0].id != changes[1].id);
    for (const Change& change : changes) {
        QCOMPARE(document->changeName(change.id), std::string("header"));
        QCOMPARE(document->changeRecord(change.id).transaction,
                 document->changeRecord(1).transaction);
    }
}

void ChangeSetTest::namesSurvive() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o2:ab o6:c"));
    QVERIFY(document->setChangeName(2, "second"));
    QVERIFY(Player(*document).play("F1 -2 +2 u u"));
    QCOMPARE(document->changeName(2), std::string("second"));
    QVERIFY(document->change(2).has_value());
    const ChangeRecord& record = document->changeRecord(2);
    QCOMPARE(document->transaction(record.transaction).kind, EditKind::Overwrite);
    QVERIFY(document->transaction(record.transaction).timeNs > 0);
}

void ChangeSetTest::keptChangesStay() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o1:a o4:b i8:c k2"));
    QVERIFY(document->revert(Document::Revert::Undecided));
    QCOMPARE(textOf(*document), QByteArray("2 4+1>4+1"));
    QVERIFY(document->changeRecord(2).kept);
    QVERIFY(Player(*document).play("u u"));
    QVERIFY(!document->changeRecord(2).kept);
    QVERIFY(Player(*document).play("r"));
    QVERIFY(document->changeRecord(2).kept);
    QVERIFY(document->revert());
    QVERIFY(!document->hasChanges());
}

void ChangeSetTest::keepingIsUndoneWhereItIs() {
    const TestFolder folder;
    const auto document = *Document::open(systemFileSystem(), folder.write("file", "0123456789"));
    QVERIFY(Player(*document).play("o1:a o4:bc k2"));
    int told = 0;
    document->setListener([&](const DocumentEvent&) { ++told; });
    QCOMPARE(*document->undo(), std::optional(Extent{4, 2}));
    QVERIFY(!document->changeRecord(2).kept);
    QCOMPARE(told, 1);
    QCOMPARE(*document->redo(), std::optional(Extent{4, 2}));
    QVERIFY(document->changeRecord(2).kept);
    QCOMPARE(told, 2);
}

void ChangeSetTest::anUnknownChangeIsRefused() {
    const auto document = Document::untitled();
    for (const ChangeId id : {ChangeId{0}, ChangeId{1}, kLastChange}) {
        QCOMPARE(document->switchChanges({&id, 1}, false).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(document->revertChanges({&id, 1}).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!document->keepChanges({&id, 1}, true).ok());
        QVERIFY(!document->setChangeName(id, "x"));
        QVERIFY(!document->change(id));
    }
}

QTEST_GUILESS_MAIN(ChangeSetTest)

#include "change_set_test.moc"
