// A new file in the old one's place: whatever call fails or is the last one, whatever a power cut
// leaves, the file is the old one or the new one, whole.
#include "core/document/document.h"
#include "core/save/replace_save.h"
#include "core/save/temporary_name.h"
#include "tests/support/simulated_file_system.h"
#include "tests/support/simulated_power_cut.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

const std::string kPath = "/file";

Bytes bytesOf(const QByteArray& bytes) {
    return {bytes.begin(), bytes.end()};
}

QByteArray contentOf(const Snapshot& snapshot) {
    QByteArray out(snapshot.length(), '\0');
    const Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

QByteArray contentOf(const Document& document) {
    return contentOf(document.snapshot());
}

using Edits = std::function<void(Document&)>;

void oneOfEach(Document& document) {
    (void)document.overwrite(39'000, span("X"));
    (void)document.erase({20'000, 5'000});
    (void)document.insert(8'192, span(QByteArray(4'096, 'i')));
}

/// Blocks go forwards and backwards, are cut and stand twice.
void permuted(Document& document) {
    const Snapshot before = document.snapshot();
    (void)document.replace({0, 9'000}, Content::of(before, {20'480, 12'288}));
    (void)document.replace({15'000, 0}, Content::of(before, {4'096, 8'192}));
    (void)document.erase({30'000, 10'000});
    (void)document.replace({document.length(), 0}, Content::of(before, {4'096, 8'192}));
}

void random(Document& document) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 40; ++i) {
        const Offset length = document.length();
        const auto at = static_cast<Offset>(random() % static_cast<std::uint64_t>(length));
        const auto count = static_cast<Offset>(random() % 600);
        switch (random() % 3) {
        case 0:
            (void)document.insert(at, Bytes(static_cast<std::size_t>(count), Byte{'r'}));
            break;
        case 1:
            (void)document.erase({at, std::min(count, length - at)});
            break;
        default:
            (void)document.replace({at, std::min(count, length - at)}, span("replaced"));
            break;
        }
    }
}

void addEdits() {
    QTest::addColumn<Edits>("edits");
    QTest::newRow("one of each") << Edits(oneOfEach);
    QTest::newRow("blocks that change places") << Edits(permuted);
    QTest::newRow("random") << Edits(random);
}

/// A document with an insertion, a deletion and an overwritten byte pending, or other edits.
struct Setting {
    QByteArray before = someBytes(40'000);
    QByteArray after = before;
    SimulatedFileSystem files;
    std::unique_ptr<Document> document;

    explicit Setting(const SimulatedOptions& options = {}, const Edits& edits = oneOfEach)
        : files(options) {
        files.put(kPath, span(before), 0640);
        document = *Document::open(files, kPath);
        edits(*document);
        after = contentOf(*document);
    }

    Status flush(SaveOptions options = {}) {
        const auto save = document->prepareFlush(options);
        if (!save)
            return save.error();
        Progress progress;
        const Status status = (*save)->run(progress);
        document->finishFlush(**save);
        return status;
    }
};

/// What a start finds: old or new, and nothing beside it once it is opened.
void check(SimulatedFileSystem& files, const Setting& setting, const std::string& how) {
    QVERIFY2(files.exists(kPath), how.c_str());
    const Bytes content = files.content(kPath);
    const bool isWhole = content == bytesOf(setting.before) || content == bytesOf(setting.after);
    QVERIFY2(isWhole, how.c_str());
    removeLeftovers(files, kPath);
    QVERIFY2(files.names("/") == std::vector<std::string>{"file"}, how.c_str());
}

}  // namespace

Q_DECLARE_METATYPE(Edits)

class ReplaceSaveTest : public QObject {
    Q_OBJECT

private slots:
    void isWhatTheDocumentShows_data();
    void isWhatTheDocumentShows();
    void failedAnywhere_data() { addEdits(); }
    void failedAnywhere();
    void killedAnywhere_data() { addEdits(); }
    void killedAnywhere();
    void powerCutAnywhere_data() { addEdits(); }
    void powerCutAnywhere();
    void keepsAttributesButNoRights();
    void isNotDetachedUnasked_data();
    void isNotDetachedUnasked();
    void saysWhereThereIsNoRoom();
    void cancelLeavesNothing();
    void seesAnotherProgramsWrite();
    void undoGoesPastIt();
    void leftoversOfTheLivingStay();
};

void ReplaceSaveTest::isWhatTheDocumentShows_data() {
    QTest::addColumn<bool>("clones");
    QTest::newRow("blocks are shared") << true;
    QTest::newRow("all is written") << false;
}

void ReplaceSaveTest::isWhatTheDocumentShows() {
    QFETCH(bool, clones);
    SimulatedOptions options;
    options.can.clonesRanges = clones;
    Setting setting(options);
    const auto save = *setting.document->prepareFlush();
    QCOMPARE(int(save->strategy()), int(SaveStrategy::Replace));
    Progress progress;
    QVERIFY(save->run(progress));
    QCOMPARE(progress.done(), Offset{setting.after.size()});
    // Of 39,096 bytes all but the inserted, the shifted and the odd ones are shared.
    QCOMPARE(save->bytesWritten() < 30'000, clones);
    setting.document->finishFlush(*save);
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.after));
    QVERIFY(contentOf(*setting.document) == setting.after);
    QVERIFY(!setting.document->hasChanges());
    QCOMPARE(setting.files.names("/"), std::vector<std::string>{"file"});
}

void ReplaceSaveTest::failedAnywhere() {
    QFETCH(Edits, edits);
    for (int at = 1;; ++at) {
        Setting setting({}, edits);
        setting.files.setPlan({.at = at, .systemError = 5});
        const Status status = setting.flush();
        const int calls = setting.files.changes();
        setting.files.setPlan({});
        QVERIFY(contentOf(*setting.document) == setting.after);
        check(setting.files, setting, "call " + std::to_string(at));
        if (status)
            QVERIFY(setting.files.content(kPath) == bytesOf(setting.after));
        if (at > calls) {
            QVERIFY(status.ok());
            return;
        }
    }
}

void ReplaceSaveTest::killedAnywhere() {
    QFETCH(Edits, edits);
    for (const auto part :
         {SimulatedPlan::Part::None, SimulatedPlan::Part::Half, SimulatedPlan::Part::All}) {
        for (int at = 1;; ++at) {
            Setting setting({}, edits);
            setting.files.setPlan({.at = at, .kind = SimulatedPlan::Kind::Kill, .part = part});
            const Status status = setting.flush();
            const bool isOver = !setting.files.isKilled();
            SimulatedFileSystem after(setting.files.disk().afterKill());
            check(after, setting, "killed at call " + std::to_string(at));
            if (isOver) {
                QVERIFY(status.ok());
                break;
            }
        }
    }
}

void ReplaceSaveTest::powerCutAnywhere() {
    QFETCH(Edits, edits);
    Setting setting({}, edits);
    std::vector<SimulatedDisk> moments;
    setting.files.setAfterChange([&] { moments.push_back(setting.files.disk()); });
    QVERIFY(setting.flush());
    setting.files.setAfterChange({});
    QVERIFY(moments.size() > 5);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        for (const PowerCut& cut : powerCuts(moments[i].afterKill(), {.seed = i + 1})) {
            SimulatedFileSystem after(cut.disk);
            check(after, setting, std::to_string(i) + ": " + cut.how);
        }
    }
    // Once it has said so, the new content is there for good.
    for (const PowerCut& cut : powerCuts(setting.files.disk().afterKill(), {.seed = 7})) {
        SimulatedFileSystem after(cut.disk);
        QVERIFY2(after.content(kPath) == bytesOf(setting.after), cut.how.c_str());
    }
}

void ReplaceSaveTest::keepsAttributesButNoRights() {
    Setting setting;
    SimulatedAttributes attributes = setting.files.attributesOf(kPath);
    attributes.permissions = 04751;
    attributes.owner = {12, 34};
    attributes.extended["user.note"] = "kept";
    setting.files.setAttributes(kPath, attributes);
    QVERIFY(setting.flush({.evenIfChangedOutside = true}));
    const SimulatedAttributes now = setting.files.attributesOf(kPath);
    QCOMPARE(now.permissions, std::uint32_t{0751});
    QVERIFY(now.owner == attributes.owner);
    QVERIFY(now.extended == attributes.extended);
}

void ReplaceSaveTest::isNotDetachedUnasked_data() {
    QTest::addColumn<bool>("linked");
    QTest::newRow("other names") << true;
    QTest::newRow("another owner") << false;
}

void ReplaceSaveTest::isNotDetachedUnasked() {
    QFETCH(bool, linked);
    SimulatedOptions options;
    options.user = linked ? FileOwner{} : FileOwner{1000, 1000};
    Setting setting(options);
    if (linked) {
        const auto file = *setting.files.open(kPath, OpenMode::Read);
        QVERIFY(setting.files.link(*file, "/other"));
    } else {
        SimulatedAttributes attributes = setting.files.attributesOf(kPath);
        attributes.owner = {12, 34};
        attributes.permissions = 0666;
        setting.files.setAttributes(kPath, attributes);
        SimulatedOptions mine = options;
        setting.files.setOptions(mine);
    }
    const Status refused = setting.flush({.evenIfChangedOutside = true});
    QVERIFY(!refused.ok());
    if (refused.error().code == ErrorCode::CannotReplace)
        QSKIP("this user may not make names in the simulated folder");
    QCOMPARE(refused.error().code, ErrorCode::Detached);
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.before));
    QVERIFY(setting.document->isModified());
    QVERIFY(setting.flush({.evenIfChangedOutside = true, .evenIfDetached = true}));
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.after));
    if (linked)
        QVERIFY(setting.files.content("/other") == bytesOf(setting.before));
}

void ReplaceSaveTest::saysWhereThereIsNoRoom() {
    SimulatedOptions options;
    options.can.clonesRanges = false;
    options.total = 100'000;
    Setting setting(options);
    setting.files.setPlan({});
    const Status refused = setting.flush();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::NoRoom);
    QCOMPARE(setting.files.changes(), 0);
    QVERIFY(contentOf(*setting.document) == setting.after);
}

void ReplaceSaveTest::cancelLeavesNothing() {
    Setting setting;
    const auto save = *setting.document->prepareFlush();
    Progress progress;
    progress.cancel();
    const Status status = save->run(progress);
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.before));
    QCOMPARE(setting.files.names("/"), std::vector<std::string>{"file"});
}

/// Written while the new file is made: it is not to be lost unseen.
void ReplaceSaveTest::seesAnotherProgramsWrite() {
    Setting setting;
    bool isDone = false;
    setting.files.setAfterChange([&] {
        if (!std::exchange(isDone, true))
            setting.files.put(kPath, span(QByteArray(40'000, 'o')));
    });
    const Status status = setting.flush();
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::ChangedOutside);
    QVERIFY(setting.files.content(kPath) == bytesOf(QByteArray(40'000, 'o')));
    QCOMPARE(setting.files.names("/"), std::vector<std::string>{"file"});
}

void ReplaceSaveTest::undoGoesPastIt() {
    Setting setting;
    const Snapshot old = setting.document->snapshot();
    QVERIFY(setting.flush());
    for (int i = 0; i < 3; ++i)
        QVERIFY(setting.document->undo());
    QVERIFY(contentOf(*setting.document) == setting.before);
    QVERIFY(contentOf(old) == setting.after);
    // And that is saved as well, with bytes that only the old file has.
    const Status again = setting.flush();
    QVERIFY2(again.ok(), again ? "" : again.error().message().c_str());
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.before));
    for (int i = 0; i < 3; ++i)
        QVERIFY(setting.document->redo());
    QVERIFY(contentOf(*setting.document) == setting.after);
}

void ReplaceSaveTest::leftoversOfTheLivingStay() {
    Setting setting;
    const std::string living = temporaryName(kPath);
    const std::string left = temporaryName(kPath);
    QVERIFY(isTemporaryNameOf(left.substr(left.rfind('/') + 1), kPath));
    QVERIFY(!isTemporaryNameOf(".file.octavo-short.tmp", kPath));
    setting.files.put(left, span("left"));
    setting.files.put(living, span("living"));
    setting.files.put("/.other.octavo-0123456789ab.tmp", span("another's"));
    const auto held = *setting.files.open(living, OpenMode::ReadWrite);
    QVERIFY(*held->lock());
    removeLeftovers(setting.files, kPath);
    QVERIFY(setting.files.exists(living));
    QVERIFY(!setting.files.exists(left));
    QVERIFY(setting.files.exists("/.other.octavo-0123456789ab.tmp"));
}

QTEST_GUILESS_MAIN(ReplaceSaveTest)

#include "replace_save_test.moc"
