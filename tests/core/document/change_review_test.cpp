#include "core/content/memory_source.h"
#include "core/content/pattern_source.h"
#include "core/document/change_review.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <thread>

using namespace octavo::core;
using namespace octavo::test;

namespace octavo::core {

static bool operator==(const ChangeReview::EqualRun& a, const ChangeReview::EqualRun& b) {
    return a.at == b.at && a.part == b.part;
}

}  // namespace octavo::core

namespace {

using EqualRuns = std::vector<ChangeReview::EqualRun>;
using Items = std::vector<ChangeReview::Item>;
using Options = ChangeReview::Options;

constexpr SourceId kBase = 0;
constexpr SourceId kNew = 1;

/// A document on a file, made of pieces by hand.
class TestDocument {
public:
    TestDocument(FileSystem& fileSystem, const QByteArray& file, const QByteArray& added,
                 const std::vector<Piece>& pieces) {
        path_ = folder_.write("file", file);
        version_ = FileVersion::first(*MappedFile::open(fileSystem, path_));
        sources_->add(version_);
        sources_->add(
            std::make_shared<MemorySource>(Bytes(span(added).begin(), span(added).end())));
        tree_.replace({}, {}, pieces);
    }
    TestDocument(const QByteArray& file, const QByteArray& added, const std::vector<Piece>& pieces)
        : TestDocument(systemFileSystem(), file, added, pieces) {}

    SourceId add(std::shared_ptr<const Source> source) { return sources_->add(std::move(source)); }
    PieceTree& tree() { return tree_; }
    const std::shared_ptr<const FileVersion>& version() const { return version_; }
    Snapshot snapshot() const { return {tree_, sources_, 1}; }
    Items items() const {
        Items items;
        for (const Change& change : snapshot().changeSet())
            items.push_back({change.id, change.before.offset, {}});
        return items;
    }
    ChangeReview review(Items items, Options options = {}) const {
        return {snapshot(), version_, std::move(items), options};
    }
    ChangeReview review(Options options = {}) const { return review(items(), options); }
    void writeOutside(Offset at, const QByteArray& bytes) const {
        const std::shared_ptr<File> file = *systemFileSystem().open(path_, OpenMode::ReadWrite);
        (void)file->writeAt({at}, span(bytes));
    }

private:
    TestFolder folder_;
    std::string path_;
    std::shared_ptr<const FileVersion> version_;
    std::shared_ptr<SourceTable> sources_ = std::make_shared<SourceTable>();
    PieceTree tree_;
};

Piece inPlace(Offset at, Offset length) {
    return Piece::inPlace(at, length, kBase);
}

Piece off(ChangeId id, Offset at, Offset length) {
    return {at, length, length, kBase, ChangeTag::off(id)};
}

/// `start` is in the added bytes.
Piece changed(ChangeId id, Offset start, Offset length, Offset fileLength) {
    return {start, length, fileLength, kNew, ChangeTag::on(id)};
}

Piece deleted(ChangeId id, Offset fileLength) {
    return {0, 0, fileLength, kNoSource, ChangeTag::on(id)};
}

Piece mark(ChangeId id) {
    return {0, 0, 0, kNoSource, ChangeTag::off(id)};
}

Status runOf(ChangeReview& review) {
    Progress progress;
    return review.run(progress);
}

std::vector<ChangeId> idsOf(const std::vector<ChangeReview::Finding>& findings) {
    std::vector<ChangeId> ids;
    for (const ChangeReview::Finding& finding : findings)
        ids.push_back(finding.id);
    return ids;
}

/// Byte by byte, what the review should find equal.
EqualRuns expectedRuns(const std::vector<Piece>& pieces, const QByteArray& file,
                       const QByteArray& added, Offset longest) {
    EqualRuns runs;
    for (std::size_t first = 0, behind = 0; first < pieces.size(); first = behind) {
        Offset now = 0;
        Offset before = 0;
        for (behind = first; behind < pieces.size() && pieces[behind].tag == pieces[first].tag;
             ++behind) {
            now += pieces[behind].length;
            before += pieces[behind].fileLength;
        }
        Offset at = 0;
        for (std::size_t i = 0; i < first; ++i)
            at += pieces[i].fileLength;
        for (std::size_t i = first; i < behind; at += pieces[i].fileLength, ++i) {
            const Piece& piece = pieces[i];
            if (!piece.isChanged() || std::max(now, before) > longest ||
                piece.length != piece.fileLength)
                continue;
            Offset equal = 0;
            for (Offset k = 0; k <= piece.length; ++k) {
                const bool isEqual =
                    k < piece.length && added.at(piece.start + k) == file.at(at + k);
                if (!isEqual && equal > 0)
                    runs.push_back({{at + k - equal},
                                    {piece.start + k - equal, equal, equal, kNew, piece.tag}});
                equal = isEqual ? equal + 1 : 0;
            }
        }
    }
    return runs;
}

/// Pieces for a file of `length` bytes, with changes of all kinds.
std::vector<Piece> randomPieces(std::mt19937_64& engine, Offset length, Offset added) {
    const auto below = [&](Offset end) {
        return std::uniform_int_distribution<Offset>(0, end - 1)(engine);
    };
    std::vector<Piece> pieces;
    ChangeId id = 0;
    for (Offset at = 0; at < length;) {
        const Offset most = std::min<Offset>(length - at, 40);
        const Offset fileLength = below(most) + 1;
        const Offset kind = below(6);
        if (kind == 0) {
            pieces.push_back(inPlace(at, fileLength));
        } else if (kind == 1) {
            pieces.push_back(off(++id, at, fileLength));
        } else if (kind == 2) {
            pieces.push_back(mark(++id));
            continue;
        } else {
            const Offset count = kind == 3 ? below(40) + 1 : fileLength;
            const Offset parts = below(3);
            ++id;
            // From a place where the added bytes are like the file, more often than not.
            pieces.push_back(changed(id, below(3) > 0 ? at : below(added - 40), count, fileLength));
            at += fileLength;
            if (parts > 0)
                pieces.push_back(changed(id, below(added - 40), below(40) + 1, 0));
            if (parts > 1 && at < length) {
                pieces.push_back(deleted(id, 1));
                ++at;
            }
            continue;
        }
        at += fileLength;
    }
    return pieces;
}

}  // namespace

Q_DECLARE_METATYPE(EqualRuns)

class ChangeReviewTest : public QObject {
    Q_OBJECT

private slots:
    void findsEqualRuns_data();
    void findsEqualRuns();
    void agreesWithTheModel();
    void joinsAcrossBlocks();
    void doesNotReadHoles();
    void unreadableEqualsNothing();
    void takesFingerprints_data();
    void takesFingerprints();
    void noFingerprintOfWhatCannotBeRead();
    void asksOnlyForWhatIsWanted();
    void tellsOutsideWrites_data();
    void tellsOutsideWrites();
    void skipsChangesThatAreGone();
    void cancels();
    void countsItsWork();
    void besideEdits();
};

void ChangeReviewTest::findsEqualRuns_data() {
    QTest::addColumn<std::vector<Piece>>("pieces");
    QTest::addColumn<Options>("options");
    QTest::addColumn<EqualRuns>("expected");
    // The file is "0123456789abcdef"; the added bytes are "0123456789abcdef--------".
    using Pieces = std::vector<Piece>;
    const auto run = [](ChangeId id, Offset at, Offset start, Offset length) {
        return ChangeReview::EqualRun{{at}, changed(id, start, length, length)};
    };
    const auto row = [](const char* name, const Pieces& pieces, const EqualRuns& expected,
                        Options options = {}) {
        QTest::newRow(name) << pieces << options << expected;
    };
    row("nothing is changed", {inPlace(0, 16)}, {});
    row("nothing is equal", {inPlace(0, 4), changed(1, 16, 4, 4), inPlace(8, 8)}, {});
    row("the old value typed again", {inPlace(0, 4), changed(1, 4, 1, 1), inPlace(5, 11)},
        {run(1, 4, 4, 1)});
    row("all of it", {changed(1, 0, 16, 16)}, {run(1, 0, 0, 16)});
    row("the first byte", {changed(1, 0, 1, 1), changed(1, 17, 3, 3), inPlace(4, 12)},
        {run(1, 0, 0, 1)});
    row("the last byte", {inPlace(0, 12), changed(1, 17, 3, 3), changed(1, 15, 1, 1)},
        {run(1, 15, 15, 1)});
    row("a piece whose bytes stand elsewhere", {changed(1, 4, 4, 4), inPlace(4, 12)}, {});
    row("behind an insertion the file counts",
        {changed(1, 0, 5, 0), changed(1, 0, 4, 4), inPlace(4, 12)}, {run(1, 0, 0, 4)});
    row("an insertion", {inPlace(0, 4), changed(1, 4, 4, 0), inPlace(4, 12)}, {});
    row("a deletion", {inPlace(0, 4), deleted(1, 4), inPlace(8, 8)}, {});
    row("replaced by more", {changed(1, 0, 5, 4), inPlace(4, 12)}, {});
    row("replaced by less", {changed(1, 0, 4, 5), inPlace(5, 11)}, {});
    row("bytes and then a deletion", {changed(1, 0, 4, 4), deleted(1, 4), inPlace(8, 8)},
        {run(1, 0, 0, 4)});
    row("switched off", {off(1, 0, 4), inPlace(4, 12)}, {});
    row("an insertion that is switched off", {mark(1), inPlace(0, 16)}, {});
    row("two changes side by side", {changed(1, 0, 4, 4), changed(2, 4, 4, 4), inPlace(8, 8)},
        {run(1, 0, 0, 4), run(2, 4, 4, 4)});
    Options upToFour;
    upToFour.longestCompared = 4;
    row("as long as may be", {changed(1, 0, 4, 4), inPlace(4, 12)}, {run(1, 0, 0, 4)}, upToFour);
    row("too long", {changed(1, 0, 5, 5), inPlace(5, 11)}, {}, upToFour);
    row("too long together", {changed(1, 0, 4, 4), changed(1, 0, 1, 0), inPlace(4, 12)}, {},
        upToFour);
    row("too long in the file", {changed(1, 0, 4, 4), deleted(1, 1), inPlace(5, 11)}, {}, upToFour);
    Options none;
    none.compare = false;
    row("not asked for", {changed(1, 0, 16, 16)}, {}, none);
}

void ChangeReviewTest::findsEqualRuns() {
    QFETCH(std::vector<Piece>, pieces);
    QFETCH(Options, options);
    QFETCH(EqualRuns, expected);
    const QByteArray file("0123456789abcdef");
    const TestDocument document(file, file + "--------", pieces);
    ChangeReview review = document.review(options);
    QVERIFY(runOf(review));
    QVERIFY(review.equalRuns() == expected);
}

void ChangeReviewTest::agreesWithTheModel() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(60); ++round) {
            QByteArray file(600, '\0');
            for (char& byte : file)
                byte = static_cast<char>(engine() % 3);
            QByteArray added = file;
            for (int i = 0; i < 100; ++i)
                added[static_cast<qsizetype>(engine() % 600)] = static_cast<char>(engine() % 3);
            const std::vector<Piece> pieces = randomPieces(engine, 600, 600);
            const TestDocument document(file, added, pieces);
            Options options;
            options.longestCompared = round % 2 == 0 ? 30 : kMaxLength;
            ChangeReview review = document.review(options);
            QVERIFY(runOf(review));
            QVERIFY(review.equalRuns() ==
                    expectedRuns(pieces, file, added, options.longestCompared));
            // One fingerprint for each change, on or off.
            const std::vector<Change> changes = document.snapshot().changeSet();
            QCOMPARE(review.findings().size(), changes.size());
            for (std::size_t i = 0; i < changes.size(); ++i) {
                QCOMPARE(review.findings()[i].id, changes[i].id);
                QCOMPARE(review.findings()[i].fingerprint,
                         Fingerprint::take(*document.version(), 600, changes[i].before));
            }
        }
    }
}

void ChangeReviewTest::joinsAcrossBlocks() {
    const Offset length = 5 << 20;
    const QByteArray file = someBytes(length);
    QByteArray added = file;
    added.data()[(Offset{3} << 20) + 5] ^= 1;
    const TestDocument document(file, added, {changed(1, 0, length, length)});
    Options options;
    options.longestCompared = kMaxLength;
    ChangeReview review = document.review(options);
    QVERIFY(runOf(review));
    const Offset cut = (Offset{3} << 20) + 5;
    QVERIFY(review.equalRuns() ==
            (EqualRuns{{{0}, changed(1, 0, cut, cut)},
                       {{cut + 1}, changed(1, cut + 1, length - cut - 1, length - cut - 1)}}));
}

void ChangeReviewTest::doesNotReadHoles() {
    // Read, this would take minutes.
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{1} << 42;
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    if (!file->resize(length))
        QSKIP("the file system takes no file of 4 TiB");
    const Offset data = length / 4 + 5;
    QVERIFY(file->writeAt({data}, span(QByteArray("x\0y", 3))));
    const std::shared_ptr<const FileVersion> version =
        FileVersion::first(*MappedFile::open(systemFileSystem(), path));
    const auto sources = std::make_shared<SourceTable>();
    sources->add(version);
    const Byte zero = 0;
    sources->add(std::make_shared<PatternSource>(ByteSpan(&zero, 1)));
    const Piece fill = changed(1, 0, length, length);
    Options options;
    options.longestCompared = kMaxLength;
    ChangeReview review(Snapshot(PieceTree(fill), sources, 1), version, {{1, {0}, {}}}, options);
    QVERIFY(runOf(review));
    QVERIFY(review.equalRuns() == (EqualRuns{{{0}, fill.head(data, data)},
                                             {{data + 1}, fill.tail(data + 1, data + 1).head(1, 1)},
                                             {{data + 3}, fill.tail(data + 3, data + 3)}}));
}

void ChangeReviewTest::unreadableEqualsNothing() {
    FaultFileSystem fileSystem;
    fileSystem.setBadExtent({{8192}, 4096});
    // Zeros stand where nothing can be read: these must not count.
    const QByteArray zeros(20'000, '\0');
    TestDocument document(fileSystem, zeros, zeros, {changed(1, 0, 20'000, 20'000)});
    ChangeReview review = document.review();
    QVERIFY(runOf(review));
    QVERIFY(review.equalRuns() ==
            (EqualRuns{{{0}, changed(1, 0, 8192, 8192)},
                       {{12'288}, changed(1, 12'288, 20'000 - 12'288, 20'000 - 12'288)}}));

    // The same where the document's bytes are those that cannot be read.
    const TestFolder folder;
    const std::string path = folder.write("other", zeros);
    TestDocument good(zeros, zeros, {});
    const SourceId bad = good.add(FileVersion::first(*MappedFile::open(fileSystem, path)));
    const Piece pasted{100, 19'000, 19'000, bad, ChangeTag::on(1)};
    good.tree() = PieceTree(pasted);
    ChangeReview other = good.review();
    QVERIFY(runOf(other));
    QVERIFY(other.equalRuns() ==
            (EqualRuns{{{0}, pasted.head(8092, 8092)}, {{12'188}, pasted.tail(12'188, 12'188)}}));
}

void ChangeReviewTest::takesFingerprints_data() {
    QTest::addColumn<std::vector<Piece>>("pieces");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("isOfThisExtent");
    QTest::addColumn<bool>("isTaken");
    using Pieces = std::vector<Piece>;
    const auto row = [](const char* name, const Pieces& pieces, bool isKnown, bool isOfThisExtent,
                        bool isTaken) {
        QTest::newRow(name) << pieces << isKnown << isOfThisExtent << isTaken;
    };
    const Pieces overwritten{inPlace(0, 100), changed(1, 0, 9, 9), inPlace(109, 891)};
    row("none is known", overwritten, false, false, true);
    row("it is known", overwritten, true, true, false);
    row("it is known of other bytes", overwritten, true, false, true);
    row("an insertion", {inPlace(0, 100), changed(1, 0, 9, 0), inPlace(100, 900)}, false, false,
        true);
    row("a deletion", {inPlace(0, 100), deleted(1, 9), inPlace(109, 891)}, false, false, true);
    row("switched off", {inPlace(0, 100), off(1, 100, 9), inPlace(109, 891)}, false, false, true);
    row("an insertion that is off", {inPlace(0, 100), mark(1), inPlace(100, 900)}, false, false,
        true);
    row("all of the file", {changed(1, 0, 10, 1000)}, false, false, true);
}

void ChangeReviewTest::takesFingerprints() {
    QFETCH(std::vector<Piece>, pieces);
    QFETCH(bool, isKnown);
    QFETCH(bool, isOfThisExtent);
    QFETCH(bool, isTaken);
    const TestDocument document(someBytes(1000), someBytes(1000, 2), pieces);
    const FileExtent extent = document.snapshot().changeSet().front().before;
    std::optional<Fingerprint> known;
    if (isKnown)
        known = Fingerprint::take(*document.version(), 1000,
                                  isOfThisExtent ? extent : FileExtent{extent.offset, 1});
    ChangeReview review = document.review({{1, extent.offset, known}});
    QVERIFY(runOf(review));
    QCOMPARE(review.findings().size(), std::size_t{isTaken ? 1U : 0U});
    if (isTaken) {
        QCOMPARE(review.findings().front().id, ChangeId{1});
        QCOMPARE(review.findings().front().fingerprint,
                 Fingerprint::take(*document.version(), 1000, extent));
        QVERIFY(review.findings().front().fingerprint.has_value());
    }
}

void ChangeReviewTest::noFingerprintOfWhatCannotBeRead() {
    FaultFileSystem fileSystem;
    fileSystem.setBadExtent({{8192}, 4096});
    const TestDocument document(fileSystem, someBytes(20'000), someBytes(100),
                                {inPlace(0, 100), changed(1, 0, 5, 5), inPlace(105, 8895),
                                 changed(2, 0, 5, 5), inPlace(9005, 10'995)});
    ChangeReview review = document.review();
    QVERIFY(runOf(review));
    QCOMPARE(idsOf(review.findings()), std::vector<ChangeId>{1});
}

void ChangeReviewTest::asksOnlyForWhatIsWanted() {
    const QByteArray file = someBytes(1000);
    const TestDocument document(file, file, {changed(1, 0, 9, 9), inPlace(9, 991)});
    for (const bool compare : {false, true}) {
        for (const bool fingerprint : {false, true}) {
            ChangeReview review = document.review(
                {.compare = compare, .fingerprint = fingerprint, .checkOutside = false});
            QVERIFY(runOf(review));
            QCOMPARE(review.equalRuns().empty(), !compare);
            QCOMPARE(review.findings().empty(), !fingerprint);
        }
    }
}

void ChangeReviewTest::tellsOutsideWrites_data() {
    QTest::addColumn<qint64>("known");  // length of the extent whose fingerprint is known; -1: none
    QTest::addColumn<qint64>("written");
    QTest::addColumn<OutsideState>("expected");
    using enum OutsideState;
    QTest::newRow("nothing was written") << qint64{9} << qint64{-1} << Untouched;
    QTest::newRow("elsewhere") << qint64{9} << qint64{500} << Untouched;
    QTest::newRow("inside") << qint64{9} << qint64{104} << Touched;
    QTest::newRow("beside") << qint64{9} << qint64{90} << Touched;
    QTest::newRow("nobody looked before") << qint64{-1} << qint64{500} << CannotTell;
    QTest::newRow("other bytes were looked at") << qint64{5} << qint64{500} << CannotTell;
}

void ChangeReviewTest::tellsOutsideWrites() {
    QFETCH(qint64, known);
    QFETCH(qint64, written);
    QFETCH(OutsideState, expected);
    const QByteArray file = someBytes(1000);
    for (const bool isOff : {false, true}) {
        const TestDocument document(
            file, someBytes(100, 2),
            {inPlace(0, 100), isOff ? off(1, 100, 9) : changed(1, 0, 9, 9), inPlace(109, 891)});
        std::optional<Fingerprint> print;
        if (known >= 0)
            print = Fingerprint::take(*document.version(), 1000, {{100}, known});
        if (written >= 0)
            document.writeOutside(written, QByteArray(1, static_cast<char>(file.at(written) ^ 1)));
        Options options;
        options.checkOutside = true;
        ChangeReview review = document.review({{1, {100}, print}}, options);
        QVERIFY(runOf(review));
        QCOMPARE(review.findings().size(), std::size_t{1});
        QCOMPARE(review.findings().front().outside, expected);
        // What stands there now must not be taken for what the change replaces.
        QVERIFY(!review.findings().front().fingerprint);
    }
}

void ChangeReviewTest::skipsChangesThatAreGone() {
    const TestDocument document(someBytes(1000), someBytes(100),
                                {inPlace(0, 100), changed(2, 0, 9, 9), inPlace(109, 891)});
    Options options;
    options.checkOutside = true;
    ChangeReview review =
        document.review({{1, {100}, {}}, {2, {100}, {}}, {3, {0}, {}}, {4, {5000}, {}}}, options);
    Progress progress;
    QVERIFY(review.run(progress));
    QCOMPARE(idsOf(review.findings()), std::vector<ChangeId>{2});
    QCOMPARE(progress.done(), progress.total());
}

void ChangeReviewTest::cancels() {
    const QByteArray file = someBytes(1000);
    const TestDocument document(file, file, {changed(1, 0, 9, 9), inPlace(9, 991)});
    ChangeReview review = document.review();
    Progress progress;
    progress.cancel();
    const Status status = review.run(progress);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QVERIFY(review.equalRuns().empty());
    QVERIFY(review.findings().empty());
}

void ChangeReviewTest::countsItsWork() {
    const QByteArray file = someBytes(3 << 20);
    const Offset mib = 1 << 20;
    const TestDocument document(file, file,
                                {changed(1, 0, 9, 9), off(2, 9, 91), deleted(3, 50),
                                 changed(4, 0, 2 * mib, 2 * mib), changed(4, 0, 7, 0),
                                 inPlace(2 * mib + 150, mib - 150)});
    Options options;
    options.longestCompared = kMaxLength;
    ChangeReview review = document.review(options);
    Progress progress;
    QVERIFY(review.run(progress));
    QCOMPARE(progress.total(), 4 + 9 + 2 * mib + 7);
    QCOMPARE(progress.done(), progress.total());
}

void ChangeReviewTest::besideEdits() {
    const QByteArray file = someBytes(100'000);
    TestDocument document(file, file, {inPlace(0, 100'000)});
    for (Offset i = 0; i < 500; ++i) {
        const Piece piece = changed(static_cast<ChangeId>(i + 1), i * 200, 100, 100);
        document.tree().replace({i * 200, i * 200}, {i * 200 + 100, i * 200 + 100}, {&piece, 1});
    }
    std::vector<ChangeReview> reviews(2, document.review());
    std::vector<std::thread> workers;
    for (ChangeReview& review : reviews)
        workers.emplace_back([&review] { (void)runOf(review); });
    for (Offset i = 0; i < 500; ++i) {
        const Piece piece = changed(1000, i, 100, 100);
        document.tree().replace({i * 200, i * 200}, {i * 200 + 100, i * 200 + 100}, {&piece, 1});
        document.add(document.version());
    }
    for (std::thread& worker : workers)
        worker.join();
    for (const ChangeReview& review : reviews) {
        QCOMPARE(review.equalRuns().size(), std::size_t{500});
        QCOMPARE(review.findings().size(), std::size_t{500});
    }
}

QTEST_GUILESS_MAIN(ChangeReviewTest)
#include "change_review_test.moc"
