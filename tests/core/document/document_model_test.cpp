// Random edits of every kind, undo, redo and walks over branches, changes switched off and on,
// reverted, kept and reviewed, flushes of all or some of them, failing flushes and copies, beside
// plain byte vectors, with a tree of two or three entries a node, while other threads read
// snapshots.
#include "core/document/document.h"
#include "core/document/history_walk.h"
#include "core/save/copy_save.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace octavo::core;
using namespace octavo::test;

namespace {

QByteArray contentOf(const Snapshot& snapshot) {
    QByteArray out(snapshot.length(), '\xEE');
    const Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

/// Snapshots with what they must show, read again and again by threads of its own.
class SnapshotReaders {
public:
    SnapshotReaders() {
        for (int i = 0; i < 4; ++i)
            threads_.emplace_back([this, i] { run(static_cast<std::size_t>(i)); });
    }
    ~SnapshotReaders() {
        stop_ = true;
        for (std::thread& thread : threads_)
            thread.join();
    }
    void add(const Snapshot& snapshot, const QByteArray& content) {
        const std::lock_guard lock(mutex_);
        entries_.emplace_back(snapshot, content);
        if (entries_.size() > 16)
            entries_.pop_front();
    }
    int wrong() const { return wrong_; }

private:
    void run(std::size_t number) {
        for (std::size_t round = number; !stop_; ++round) {
            std::optional<std::pair<Snapshot, QByteArray>> entry;
            {
                const std::lock_guard lock(mutex_);
                if (!entries_.empty())
                    entry = entries_[round % entries_.size()];
            }
            if (entry && contentOf(entry->first) != entry->second)
                ++wrong_;
        }
    }

    std::mutex mutex_;
    std::deque<std::pair<Snapshot, QByteArray>> entries_;
    std::atomic<bool> stop_ = false;
    std::atomic<int> wrong_ = 0;
    std::vector<std::thread> threads_;
};

QByteArray text(const std::vector<Change>& changes) {
    QByteArray text;
    for (const Change& change : changes)
        text += QByteArray::number(change.id) + (change.isOff ? " off " : " on ") +
                QByteArray::number(change.before.offset.value) + "+" +
                QByteArray::number(change.before.length) + " -> " +
                QByteArray::number(change.now.offset) + "+" +
                QByteArray::number(change.now.length) + "\n";
    return text;
}

/// Changes of one transaction that touch, as one, by the transaction's number: where a look of the
/// worker has split a change, undo of what it looked at does not make it one again.
std::vector<Change> joined(const Document& document, const std::vector<Change>& changes) {
    std::vector<Change> out;
    for (const Change& change : changes) {
        const auto transaction = [&](const Change& each) {
            return document.changeRecord(each.id).transaction;
        };
        if (!out.empty() && !change.isOff && !out.back().isOff &&
            transaction(out.back()) == transaction(change) &&
            out.back().before.end() == change.before.offset &&
            out.back().now.end() == change.now.offset) {
            out.back().before.length += change.before.length;
            out.back().now.length += change.now.length;
        } else {
            out.push_back(change);
        }
    }
    for (Change& change : out)
        change.id = document.changeRecord(change.id).transaction;
    return out;
}

/// The document and its model, and one random step of both.
class Pair {
public:
    Pair(std::uint64_t seed, int size, bool keepsLength)
        : engine_(seed), keepsLength_(keepsLength), file_(someBytes(size)), now_(file_) {
        reviews_ = static_cast<Reviews>(below(3));
        saves_ = keepsLength || below(2) == 0;
        path_ = folder_.write("file", file_);
        document_ = *Document::open(fileSystem_, path_);
        remember();
    }

    void step() {
        switch (below(20)) {
        case 0:
        case 1:
        case 2:
            return overwrite();
        case 3:
            return keepsLength_ ? overwrite() : insert();
        case 4:
            return keepsLength_ ? overwrite() : erase();
        case 5:
            return fill();
        case 6:
        case 7:
            return undo();
        case 8:
            return redo();
        case 9:
            return goSomewhere();
        case 10:
            return flush(below(4) == 0, below(2) == 0);
        case 11:
            return below(10) == 0 ? revert() : typing();
        case 12:
            return switchSome();
        case 13:
            return below(3) == 0 ? revertSome() : switchSome();
        case 14:
            return keepSome();
        case 15:
            return review();
        case 16:
            return replaceMany();
        case 17:
            return below(4) == 0 ? saveCopy() : paste();
        case 18:
            return transaction();
        default:
            return typing();
        }
    }

    void check() {
        QVERIFY(contentOf(document_->snapshot()) == now_);
        QCOMPARE(document_->snapshot().tree().checkInvariants(), std::string());
        checkChanges();
    }

    void checkFile() { QVERIFY(TestFolder::read(path_) == file_); }

    const Document& document() const { return *document_; }
    const QByteArray& content() const { return now_; }
    int flushes() const { return flushes_; }
    int failures() const { return failures_; }
    int switches() const { return switches_; }

private:
    /// How often a worker looks at the changes. Where it does so now and then, a step that is
    /// visited again may show changes that were settled the first time.
    enum class Reviews { Never, NowAndThen, Always };

    /// What a step of the history must show when it is visited again.
    struct Visited {
        QByteArray content;
        std::vector<Change> changes;
        std::map<ChangeId, QByteArray> offBytes;
    };

    qsizetype below(qsizetype limit) {
        return std::uniform_int_distribution<qsizetype>(0, limit - 1)(engine_);
    }

    void checkChanges() {
        // The changes, applied to the file's bytes, give the content; each has a number of its own.
        QByteArray built;
        Offset fileAt = 0;
        std::set<ChangeId> ids;
        std::size_t off = 0;
        const std::vector<Change> changes = document_->snapshot().changeSet();
        for (const Change& change : changes) {
            QVERIFY(ids.insert(change.id).second);
            built += file_.mid(fileAt, change.before.offset.value - fileAt);
            QCOMPARE(Offset{built.size()}, change.now.offset);
            if (change.isOff) {
                ++off;
                QCOMPARE(change.now.length, change.before.length);
                built += file_.mid(change.before.offset.value, change.before.length);
            } else {
                built += now_.mid(change.now.offset, change.now.length);
            }
            fileAt = change.before.end().value;
            if (document_->change(change.id) != change)
                qWarning("not found: %u of\n%s", change.id, text(changes).constData());
            QVERIFY(document_->change(change.id) == change);
        }
        built += file_.mid(fileAt);
        QVERIFY(built == now_);
        const Document::Pending pending = document_->pending();
        QCOMPARE(pending.switchedOff, off);
        if (pending.changes != changes.size() - off)
            qWarning("counted %zu of\n%s", pending.changes, text(changes).constData());
        QCOMPARE(pending.changes, changes.size() - off);
        QCOMPARE(pending.lengthDifference, Offset{now_.size() - file_.size()});
        QCOMPARE(document_->isModified(), changes.size() > off);
    }

    /// The document has made what is one step, or nothing.
    void remember() {
        reviewAll();
        visited_[document_->history().current()] = {now_, document_->snapshot().changeSet(),
                                                    offBytes_};
    }

    void change(const QByteArray& after) {
        now_ = after;
        document_->endTyping();
        remember();
    }

    /// The answer to edits in a change that is off is given at random; what it does to the content
    /// is what switching that change does.
    EditOptions answer(Extent extent) {
        if (document_->switchedOffIn(extent).empty())
            return {};
        return below(2) == 0 ? IfSwitchedOff::Drop : IfSwitchedOff::Ask;
    }

    bool refuses(Extent extent, const EditOptions& options, const Status& status) {
        const bool asks =
            options.switchedOff == IfSwitchedOff::Ask && !document_->switchedOffIn(extent).empty();
        if (asks) {
            QTest::qVerify(!status && status.error().code == ErrorCode::SwitchedOff, "asks", "",
                           __FILE__, __LINE__);
        }
        return asks;
    }

    void overwrite() {
        const qsizetype at = below(now_.size() + 1);
        const QByteArray bytes = someBytes(std::min(below(5), now_.size() - at), salt_++);
        const Extent extent{at, bytes.size()};
        const EditOptions options = answer(extent);
        const std::vector<ChangeId> off = document_->switchedOffIn(extent);
        const Status done = document_->overwrite(at, span(bytes), options);
        if (bytes.isEmpty() || (!off.empty() && refuses(extent, options, done)))
            return;
        QVERIFY(done);
        change(QByteArray(now_).replace(at, bytes.size(), bytes));
    }

    void insert() {
        const qsizetype at = below(now_.size() + 1);
        const QByteArray bytes = someBytes(below(5), salt_++);
        const EditOptions options = answer({at, 0});
        const std::vector<ChangeId> off = document_->switchedOffIn({at, 0});
        const Status done = document_->insert(at, span(bytes), options);
        if (bytes.isEmpty() || (!off.empty() && refuses({at, 0}, options, done)))
            return;
        QVERIFY(done);
        change(QByteArray(now_).insert(at, bytes));
    }

    void erase() {
        const qsizetype at = below(now_.size() + 1);
        const qsizetype count = std::min(below(6), now_.size() - at);
        const EditOptions options = answer({at, count});
        const std::vector<ChangeId> off = document_->switchedOffIn({at, count});
        const Status done = document_->erase({at, count}, options);
        if (count == 0 || (!off.empty() && refuses({at, count}, options, done)))
            return;
        QVERIFY(done);
        change(QByteArray(now_).remove(at, count));
    }

    void fill() {
        const qsizetype at = below(now_.size() + 1);
        const qsizetype count = std::min(below(20), now_.size() - at);
        const QByteArray pattern = someBytes(1 + below(3), static_cast<quint32>(below(4)));
        QVERIFY(document_->fill({at, count}, span(pattern), IfSwitchedOff::Drop));
        if (count > 0)
            change(QByteArray(now_).replace(at, count, pattern.repeated(count).left(count)));
    }

    /// From an older or the present state, by reference.
    void paste() {
        const Snapshot from = document_->snapshot();
        const qsizetype begin = below(now_.size() + 1);
        qsizetype count = std::min(below(30), now_.size() - begin);
        const qsizetype at = below(now_.size() + 1);
        qsizetype replaced = std::min(below(10), now_.size() - at);
        if (keepsLength_)
            count = replaced = std::min(count, replaced);
        const QByteArray bytes = now_.mid(begin, count);
        QVERIFY(document_->replace({at, replaced}, Content::of(from, {begin, count}),
                                   IfSwitchedOff::Drop));
        if (count > 0 || replaced > 0)
            change(QByteArray(now_).replace(at, replaced, bytes));
    }

    void replaceMany() {
        std::vector<Extent> extents;
        const QByteArray bytes = someBytes(1 + below(3), salt_++);
        QByteArray after;
        qsizetype at = 0;
        while (at + 3 < now_.size() && extents.size() < 8) {
            const qsizetype begin = at + below(std::max<qsizetype>(1, now_.size() / 4));
            const qsizetype count = keepsLength_ ? bytes.size() : 1 + below(3);
            if (begin + count > now_.size())
                break;
            extents.push_back({begin, count});
            after += now_.mid(at, begin - at) + bytes;
            at = begin + count;
        }
        after += now_.mid(at);
        QVERIFY(document_->replaceMany(extents, Content::bytes(span(bytes)), IfSwitchedOff::Drop));
        if (!extents.empty())
            change(after);
    }

    /// Several edits that are one step.
    void transaction() {
        document_->beginTransaction("several");
        bool any = false;
        QByteArray after = now_;
        for (qsizetype i = below(4); i > 0; --i) {
            const qsizetype at = below(after.size() + 1);
            const qsizetype count = std::min(1 + below(3), after.size() - at);
            const QByteArray bytes = someBytes(count, salt_++);
            QVERIFY(document_->overwrite(at, span(bytes), IfSwitchedOff::Drop));
            after.replace(at, count, bytes);
            any = any || count > 0;
        }
        document_->endTransaction();
        if (any)
            change(after);
    }

    void typing() {
        // Some keys in a row: one step, whatever they do.
        document_->endTyping();
        qsizetype at = below(now_.size() + 1);
        const qsizetype count = std::min<qsizetype>(below(5), now_.size() - at);
        if (!document_->switchedOffIn({at, count}).empty())
            return;
        QByteArray after = now_;
        for (qsizetype i = 0; i < count; ++i, ++at) {
            for (int digit = 0; digit < 2; ++digit) {
                // Now and then the old value is typed back.
                const bool same = below(4) == 0 && at < file_.size();
                const QByteArray byte = same ? file_.mid(at, 1) : someBytes(1, salt_++);
                QVERIFY(document_->overwrite(at, span(byte), EditStyle::Typing));
                after.replace(at, 1, byte);
            }
        }
        if (count > 0)
            change(after);
    }

    /// What a step shows is what it showed when it was made.
    void arrive() {
        const Visited& visited = visited_.at(document_->history().current());
        now_ = visited.content;
        offBytes_ = visited.offBytes;
        reviewAll();
        if (!saves_ && reviews_ != Reviews::NowAndThen) {
            std::vector<Change> now = document_->snapshot().changeSet();
            std::vector<Change> then = visited.changes;
            if (reviews_ == Reviews::Always) {
                now = joined(*document_, now);
                then = joined(*document_, then);
            }
            if (now != then)
                qWarning("then\n%s\nnow\n%s", text(then).constData(), text(now).constData());
            QVERIFY(now == then);
        }
    }

    void undo() {
        const bool can = document_->canUndo();
        QCOMPARE(can, document_->history().current() != kFirstStep);
        QVERIFY(document_->undo().ok());
        if (can)
            arrive();
    }

    void redo() {
        const bool can = document_->canRedo();
        QVERIFY(document_->redo().ok());
        if (can)
            arrive();
    }

    void goSomewhere() {
        const auto target = static_cast<StepId>(below(document_->history().last() + 1));
        const auto kind = below(4);
        if (kind == 0) {
            QVERIFY(document_->goTo(target).ok());
        } else if (kind == 1) {
            walk(target);
        } else {
            for (const StepId step : document_->history().way(target))
                QVERIFY(document_->goTo(step).ok());
        }
        arrive();
    }

    /// In parts, and maybe not to the end.
    void walk(StepId target) {
        const StepId from = document_->history().current();
        const auto walk = document_->beginGoTo(target);
        QVERIFY(walk.ok());
        const bool turns = below(2) == 0;
        for (auto parts = below(6); parts > 0 && (*walk)->playSome(std::size_t(1 + below(3)));)
            --parts;
        if (turns)
            (*walk)->turnBack();
        while ((*walk)->playSome(std::size_t(1 + below(3)))) {
        }
        QCOMPARE((*walk)->played(), (*walk)->all());
        (*walk)->end();
        QCOMPARE(document_->history().current(), turns ? from : target);
    }

    void revert() {
        const bool any = document_->hasChanges();
        QVERIFY(document_->revert());
        if (any)
            change(file_);
    }

    std::vector<ChangeId> someChanges(bool off) {
        std::vector<ChangeId> ids;
        for (const Change& change : document_->snapshot().changeSet()) {
            if (change.isOff == off && below(3) == 0)
                ids.push_back(change.id);
        }
        return ids;
    }

    /// The content with the named changes as they would be: on, or as the file is.
    QByteArray expected(const std::vector<Change>& before, const std::vector<ChangeId>& ids,
                        bool on) {
        QByteArray after = now_;
        for (auto change = before.rbegin(); change != before.rend(); ++change) {
            if (std::ranges::find(ids, change->id) == ids.end())
                continue;
            // A walk past a save may bring back changes that are off in a step that had none.
            if (on && saves_ && !offBytes_.contains(change->id))
                return contentOf(document_->snapshot());
            after.replace(change->now.offset, change->now.length,
                          on ? offBytes_.at(change->id)
                             : file_.mid(change->before.offset.value, change->before.length));
        }
        return after;
    }

    void switchSome() {
        const bool on = below(2) == 0;
        const std::vector<Change> before = document_->snapshot().changeSet();
        const std::vector<ChangeId> ids = someChanges(on);
        const Result<std::vector<ChangeId>> switched = document_->switchChanges(ids, on);
        QVERIFY(switched.ok());
        for (const ChangeId id : ids)
            QVERIFY(std::ranges::find(*switched, id) != switched->end());
        const QByteArray after = expected(before, *switched, on);
        for (const Change& change : before) {
            if (!on && std::ranges::find(*switched, change.id) != switched->end())
                offBytes_[change.id] = now_.mid(change.now.offset, change.now.length);
        }
        for (const ChangeId id : *switched)
            QCOMPARE(document_->change(id)->isOff, !on);
        if (switched->empty())
            return;
        ++switches_;
        change(after);
    }

    void revertSome() {
        const std::vector<Change> before = document_->snapshot().changeSet();
        const std::vector<ChangeId> ids = someChanges(below(2) == 0);
        const Result<std::vector<ChangeId>> gone = document_->revertChanges(ids);
        QVERIFY(gone.ok());
        const QByteArray after = expected(before, *gone, false);
        for (const ChangeId id : *gone)
            QVERIFY(!document_->change(id));
        if (!gone->empty())
            change(after);
    }

    void keepSome() {
        const std::vector<Change> before = document_->snapshot().changeSet();
        const StepId step = document_->history().current();
        const std::vector<ChangeId> ids = someChanges(below(2) == 0);
        QVERIFY(document_->keepChanges(ids, true).ok());
        if (document_->history().current() == step)
            return;
        std::vector<ChangeId> nowOn;
        for (const Change& change : before) {
            if (change.isOff && !document_->change(change.id)->isOff)
                nowOn.push_back(change.id);
        }
        change(expected(before, nowOn, true));
    }

    /// The worker's look changes no byte; the changes it ends were equal to the file.
    void reviewAll() {
        while (reviews_ == Reviews::Always) {
            const auto review = document_->prepareReview(7);
            if (!review)
                break;
            Progress progress;
            QVERIFY(review->run(progress));
            document_->finishReview(*review);
        }
    }

    void review() {
        if (reviews_ != Reviews::NowAndThen)
            return;
        const auto review = document_->prepareReview();
        if (!review)
            return;
        Progress progress;
        QVERIFY(review->run(progress));
        if (below(3) == 0)
            overwrite();
        document_->finishReview(*review);
    }

    void flush(bool failing, bool some) {
        if (!saves_)
            return;
        std::vector<ChangeId> ids;
        if (some) {
            for (const Change& change : document_->changes()) {
                if (below(2) == 0)
                    ids.push_back(change.id);
            }
        }
        const std::vector<Change> before = document_->changes();
        const SaveOptions options{.evenIfChangedOutside = true};
        const Result<std::shared_ptr<Save>> save =
            some ? document_->prepareFlush(ids, options) : document_->prepareFlush(options);
        QVERIFY(save.ok());
        QByteArray flushed = now_;
        if (some) {
            flushed = file_;
            // From the end on, so that the places in the file hold.
            for (auto change = before.rbegin(); change != before.rend(); ++change) {
                if (std::ranges::find(save.value()->changes(), *change) !=
                    save.value()->changes().end())
                    flushed.replace(change->before.offset.value, change->before.length,
                                    now_.mid(change->now.offset, change->now.length));
            }
        }
        if (failing)
            fileSystem_.setPlan({1 + static_cast<int>(below(8)), 1, 5});
        Progress progress;
        const Status status = (*save)->run(progress);
        fileSystem_.setPlan({});
        // Half of the time the user has gone on meanwhile.
        for (qsizetype i = below(3); i > 0; --i) {
            switch (below(4)) {
            case 0:
                overwrite();
                break;
            case 1:
                undo();
                break;
            case 2:
                switchSome();
                break;
            default:
                redo();
                break;
            }
        }
        document_->finishFlush(**save);
        if ((*save)->succeeded())
            file_ = flushed;
        ++(status ? flushes_ : failures_);
    }

    void saveCopy() {
        if (!saves_)
            return;
        const Result<Snapshot> snapshot = document_->beginCopy();
        QVERIFY(snapshot.ok());
        const std::string target = folder_.path(("copy" + std::to_string(salt_++)).c_str());
        CopySave copy(fileSystem_, target, *snapshot, std::nullopt);
        const QByteArray saved = now_;
        Progress progress;
        QVERIFY(copy.run(progress));
        if (below(2) == 0)
            keepsLength_ ? overwrite() : insert();
        document_->finishCopy(*MappedFile::open(fileSystem_, copy.target()));
        file_ = saved;
        path_ = copy.target();
    }

    std::mt19937_64 engine_;
    bool keepsLength_;
    Reviews reviews_;
    bool saves_;
    int flushes_ = 0;
    int failures_ = 0;
    int switches_ = 0;
    TestFolder folder_;
    QByteArray file_;
    QByteArray now_;
    std::string path_;
    FaultFileSystem fileSystem_;
    std::unique_ptr<Document> document_;
    std::map<StepId, Visited> visited_;
    std::map<ChangeId, QByteArray> offBytes_;
    quint32 salt_ = 1000;
};

}  // namespace

class DocumentModelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void agrees_data();
    void agrees();
};

void DocumentModelTest::initTestCase() {
    PieceTreeNode::mostPieces = 2;
    PieceTreeNode::mostChildren = 3;
}

void DocumentModelTest::agrees_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("keepsLength");
    QTest::newRow("empty file") << 0 << false;
    QTest::newRow("one byte") << 1 << false;
    QTest::newRow("small file") << 60 << false;
    QTest::newRow("some pages") << 9000 << false;
    // These reach the disk by flushes in place, the others by new files as well.
    QTest::newRow("one byte, same length") << 1 << true;
    QTest::newRow("small file, same length") << 60 << true;
    QTest::newRow("some pages, same length") << 9000 << true;
}

void DocumentModelTest::agrees() {
    QFETCH(int, size);
    QFETCH(bool, keepsLength);
    int failures = 0;
    // Under the thread sanitizer there may be too few of them.
    const bool areMany = scaled(600) >= 600;
    for (const std::uint64_t seed : testSeeds()) {
        Pair pair(seed, size, keepsLength);
        SnapshotReaders readers;
        // Short files are edited often, so that edits meet, and looked at now and then.
        const bool isShort = size < 100;
        const int steps = scaled(isShort ? 2000 : 600);
        for (int step = 0; step < steps; ++step) {
            pair.step();
            if (!QTest::currentTestFailed() && (!isShort || step % 8 == 0 || step < 600))
                pair.check();
            if (step % 50 == 0)
                pair.checkFile();
            if (step % 7 == 0)
                readers.add(pair.document().snapshot(), pair.content());
            if (QTest::currentTestFailed() || readers.wrong() > 0) {
                qWarning("seed %llu, step %d", static_cast<unsigned long long>(seed), step);
                QCOMPARE(readers.wrong(), 0);
                return;
            }
        }
        pair.checkFile();
        if (keepsLength)
            QVERIFY(pair.flushes() > steps / 400);
        failures += pair.failures();
    }
    QVERIFY(failures > 0 || !keepsLength || !areMany);
}

QTEST_GUILESS_MAIN(DocumentModelTest)

#include "document_model_test.moc"
