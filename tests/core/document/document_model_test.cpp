// Random edits, undo, redo, revert, flushes and failing flushes beside a plain byte vector, with a
// tree of two or three entries a node, while other threads read snapshots.
#include "core/document/document.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <atomic>
#include <deque>
#include <mutex>
#include <random>
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

/// The document and its model, and one random step of both.
class Pair {
public:
    Pair(std::uint64_t seed, int size, bool keepsLength)
        : engine_(seed), keepsLength_(keepsLength), file_(someBytes(size)), now_(file_) {
        path_ = folder_.write("file", file_);
        document_ = *Document::open(fileSystem_, path_);
    }

    void step() {
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
            overwrite();
            break;
        case 3:
            keepsLength_ ? overwrite() : insert();
            break;
        case 4:
            keepsLength_ ? overwrite() : erase();
            break;
        case 5:
            fill();
            break;
        case 6:
        case 7:
            undo();
            break;
        case 8:
            redo();
            break;
        case 9:
            flush(below(4) == 0);
            break;
        case 10:
            if (below(10) == 0)
                revert();
            break;
        default:
            typing();
            break;
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

private:
    qsizetype below(qsizetype limit) {
        return std::uniform_int_distribution<qsizetype>(0, limit - 1)(engine_);
    }

    /// The changes, applied to the file's bytes, give the content.
    void checkChanges() {
        QByteArray built;
        Offset fileAt = 0;
        for (const Change& change : document_->changes()) {
            built += file_.mid(fileAt, change.before.offset.value - fileAt);
            QCOMPARE(Offset{built.size()}, change.now.offset);
            built += now_.mid(change.now.offset, change.now.length);
            fileAt = change.before.end().value;
        }
        built += file_.mid(fileAt);
        QVERIFY(built == now_);
        QCOMPARE(document_->isModified(), !document_->changes().empty());
    }

    void change(const QByteArray& after) {
        past_.resize(position_);
        past_.push_back(now_);
        ++position_;
        now_ = after;
        document_->endTyping();
    }

    void overwrite() {
        const qsizetype at = below(now_.size() + 1);
        const QByteArray bytes = someBytes(std::min(below(5), now_.size() - at), salt_++);
        QVERIFY(document_->overwrite(at, span(bytes)));
        if (!bytes.isEmpty())
            change(QByteArray(now_).replace(at, bytes.size(), bytes));
    }

    void insert() {
        const qsizetype at = below(now_.size() + 1);
        const QByteArray bytes = someBytes(below(5), salt_++);
        QVERIFY(document_->insert(at, span(bytes)));
        if (!bytes.isEmpty())
            change(QByteArray(now_).insert(at, bytes));
    }

    void erase() {
        const qsizetype at = below(now_.size() + 1);
        const qsizetype count = std::min(below(6), now_.size() - at);
        QVERIFY(document_->erase({at, count}));
        if (count > 0)
            change(QByteArray(now_).remove(at, count));
    }

    void fill() {
        const qsizetype at = below(now_.size() + 1);
        const qsizetype count = std::min(below(20), now_.size() - at);
        const QByteArray pattern = someBytes(1 + below(3), static_cast<quint32>(below(4)));
        QVERIFY(document_->fill({at, count}, span(pattern)));
        if (count > 0)
            change(QByteArray(now_).replace(at, count, pattern.repeated(count).left(count)));
    }

    void typing() {
        // Some keys in a row: one step, whatever they do.
        document_->endTyping();
        qsizetype at = below(now_.size() + 1);
        const qsizetype count = std::min<qsizetype>(below(5), now_.size() - at);
        QByteArray after = now_;
        for (qsizetype i = 0; i < count; ++i, ++at) {
            for (int digit = 0; digit < 2; ++digit) {
                const QByteArray byte = someBytes(1, salt_++);
                QVERIFY(document_->overwrite(at, span(byte), EditStyle::Typing));
                after.replace(at, 1, byte);
            }
        }
        if (count > 0)
            change(after);
    }

    void undo() {
        const bool can = position_ > 0;
        QCOMPARE(document_->canUndo(), can);
        QVERIFY(document_->undo().ok());
        if (can)
            std::swap(now_, past_[--position_]);
    }

    void redo() {
        const bool can = position_ < past_.size();
        QCOMPARE(document_->canRedo(), can);
        QVERIFY(document_->redo().ok());
        if (can)
            std::swap(now_, past_[position_++]);
    }

    void revert() {
        const bool modified = document_->isModified();
        QVERIFY(document_->revert());
        if (modified)
            change(file_);
    }

    void flush(bool failing) {
        const Result<std::shared_ptr<PatchSave>> save =
            document_->prepareFlush({.evenIfChangedOutside = true});
        if (!save) {
            QCOMPARE(save.error().code, ErrorCode::LengthChanged);
            return;
        }
        const QByteArray flushed = now_;
        if (failing)
            fileSystem_.setPlan({1 + static_cast<int>(below(8)), 1, 5});
        Progress progress;
        const Status status = (*save)->run(progress);
        fileSystem_.setPlan({});
        // Half of the time the user has gone on meanwhile.
        for (qsizetype i = below(3); i > 0; --i) {
            switch (below(3)) {
            case 0:
                overwrite();
                break;
            case 1:
                undo();
                break;
            default:
                redo();
                break;
            }
        }
        document_->finishFlush(**save);
        if (status)
            file_ = flushed;
        ++(status ? flushes_ : failures_);
    }

    std::mt19937_64 engine_;
    bool keepsLength_;
    int flushes_ = 0;
    int failures_ = 0;
    TestFolder folder_;
    QByteArray file_;
    QByteArray now_;
    std::string path_;
    FaultFileSystem fileSystem_;
    std::unique_ptr<Document> document_;
    std::vector<QByteArray> past_;
    std::size_t position_ = 0;
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
    // Only these reach the disk by a flush in place.
    QTest::newRow("one byte, same length") << 1 << true;
    QTest::newRow("small file, same length") << 60 << true;
    QTest::newRow("some pages, same length") << 9000 << true;
}

void DocumentModelTest::agrees() {
    QFETCH(int, size);
    QFETCH(bool, keepsLength);
    for (const std::uint64_t seed : testSeeds()) {
        Pair pair(seed, size, keepsLength);
        SnapshotReaders readers;
        for (int step = 0; step < 600 * testScale(); ++step) {
            pair.step();
            if (!QTest::currentTestFailed())
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
        if (keepsLength) {
            QVERIFY(pair.flushes() > 20);
            QVERIFY(pair.failures() > 1);
        }
    }
}

QTEST_GUILESS_MAIN(DocumentModelTest)

#include "document_model_test.moc"
