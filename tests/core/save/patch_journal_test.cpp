// A patch and its journal: whatever call fails or is the last one, whatever a power cut leaves, the
// file is the old one or the new one, whole, once it is opened again.
#include "core/document/document.h"
#include "core/save/journal_place.h"
#include "core/save/recover_save.h"
#include "tests/support/simulated_file_system.h"
#include "tests/support/simulated_power_cut.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

const std::string kPath = "/file";
const std::string kJournal = "/.file.octavo-journal";

Bytes bytesOf(const QByteArray& bytes) {
    return {bytes.begin(), bytes.end()};
}

QByteArray contentOf(const Document& document) {
    QByteArray out(document.length(), '\0');
    const Unreadable unreadable = document.snapshot().read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

Status flush(Document& document, SaveOptions options = {}) {
    const auto save = document.prepareFlush(options);
    if (!save)
        return save.error();
    Progress progress;
    const Status status = (*save)->run(progress);
    document.finishFlush(**save);
    return status;
}

std::uint64_t printedSeed() {
    const std::uint64_t seed = freshSeed();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    return seed;
}

using Edits = std::function<void(Document&)>;

void scattered(Document& document) {
    for (const Offset at : {0, 511, 512, 4'095, 4'096, 20'000, 39'990})
        (void)document.overwrite(at, span("new"));
}

/// Blocks of the file change places by reference, one of them twice.
void permuted(Document& document) {
    const Snapshot before = document.snapshot();
    (void)document.replace({0, 5'000}, Content::of(before, {20'000, 5'000}));
    (void)document.replace({20'000, 5'000}, Content::of(before, {100, 5'000}));
    (void)document.replace({30'000, 9'000}, Content::of(before, {25'000, 9'000}));
}

void random(Document& document) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 30; ++i) {
        const auto at = static_cast<Offset>(random() % 39'000);
        const auto length = static_cast<int>(1 + random() % 900);
        (void)document.overwrite(at, span(QByteArray(length, static_cast<char>(random() % 256))));
    }
}

void large(Document& document) {
    (void)document.fill({100, 39'000}, span("ab"));
}

const std::vector<std::pair<const char*, Edits>> kEdits{
    {"scattered bytes", scattered},
    {"blocks that change places", permuted},
    {"random runs", random},
    {"one large run", large},
};

/// A file, and a document with edits pending that keep every other byte in its place.
struct Setting {
    QByteArray before = someBytes(40'000);
    QByteArray after;
    SimulatedFileSystem files;
    std::unique_ptr<Document> document;

    explicit Setting(const Edits& edits, const SimulatedOptions& options = {}) : files(options) {
        files.put(kPath, span(before), 0640);
        document = *Document::open(files, kPath);
        edits(*document);
        after = contentOf(*document);
    }
};

/// What a start finds: one of the contents, and nothing beside the file once it is closed again.
void check(SimulatedFileSystem& files, const QList<QByteArray>& contents, const std::string& how) {
    {
        const auto document = Document::open(files, kPath);
        QVERIFY2(document.ok(), how.c_str());
        QVERIFY2((*document)->recovery().outcome != SaveOutcome::Foreign, how.c_str());
        QVERIFY2(contents.contains(contentOf(**document)), how.c_str());
    }
    bool isWhole = false;
    for (const QByteArray& content : contents)
        isWhole |= files.content(kPath) == bytesOf(content);
    QVERIFY2(isWhole, how.c_str());
    QVERIFY2(files.names("/") == std::vector<std::string>{"file"}, how.c_str());
}

void addEdits() {
    QTest::addColumn<Edits>("edits");
    for (const auto& [name, edits] : kEdits)
        QTest::newRow(name) << edits;
}

}  // namespace

Q_DECLARE_METATYPE(Edits)

class PatchJournalTest : public QObject {
    Q_OBJECT

private slots:
    void savesAndLeavesNothing_data() { addEdits(); }
    void savesAndLeavesNothing();
    void failedAnywhere_data() { addEdits(); }
    void failedAnywhere();
    void killedAnywhere_data() { addEdits(); }
    void killedAnywhere();
    void powerCutAnywhere_data() { addEdits(); }
    void powerCutAnywhere();
    void recoveryIsKilledAnywhere();
    void recoveryMeetsAPowerCut();
    void isUsedAgain();
    void aFailureThatStaysIsSettledByTheNextSave();
    void isForeign_data();
    void isForeign();
    void isNotUsed_data();
    void isNotUsed();
    void liesInTheStateFolder_data();
    void liesInTheStateFolder();
    void saysWhereThereIsNoRoom();
    void waitsForWhoSavesNow();
    void readOnlyFileIsNotBelieved();
    void writingThroughIsNoInterruptedSave();
};

void PatchJournalTest::savesAndLeavesNothing() {
    QFETCH(Edits, edits);
    Setting setting(edits);
    QVERIFY(flush(*setting.document));
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.after));
    QVERIFY(contentOf(*setting.document) == setting.after);
    QVERIFY(setting.files.exists(kJournal));
    QCOMPARE(setting.files.attributesOf(kJournal).permissions, std::uint32_t{0600});
    setting.document.reset();
    QCOMPARE(setting.files.names("/"), std::vector<std::string>{"file"});
}

void PatchJournalTest::failedAnywhere() {
    QFETCH(Edits, edits);
    for (int at = 1;; ++at) {
        Setting setting(edits);
        setting.files.setPlan({.at = at, .systemError = 5});
        const Status status = flush(*setting.document);
        const int calls = setting.files.changes();
        setting.files.setPlan({});
        const std::string how = "call " + std::to_string(at);
        QVERIFY2(contentOf(*setting.document) == setting.after, how.c_str());
        if (status)
            QVERIFY2(setting.files.content(kPath) == bytesOf(setting.after), how.c_str());
        else
            QVERIFY2(setting.files.content(kPath) == bytesOf(setting.before), how.c_str());
        setting.document.reset();
        check(setting.files, {status ? setting.after : setting.before}, how);
        if (at > calls) {
            QVERIFY(status.ok());
            return;
        }
    }
}

void PatchJournalTest::killedAnywhere() {
    QFETCH(Edits, edits);
    int settled = 0;
    for (const auto part :
         {SimulatedPlan::Part::None, SimulatedPlan::Part::Half, SimulatedPlan::Part::All}) {
        for (int at = 1;; ++at) {
            Setting setting(edits);
            setting.files.setPlan({.at = at, .kind = SimulatedPlan::Kind::Kill, .part = part});
            const Status status = flush(*setting.document);
            const bool isOver = !setting.files.isKilled();
            SimulatedFileSystem after(setting.files.disk().afterKill());
            Progress progress;
            const auto recovery = recoverSave(after, kPath, progress);
            QVERIFY(recovery.ok());
            settled += recovery->outcome != SaveOutcome::None ? 1 : 0;
            check(after, {setting.before, setting.after}, "killed at call " + std::to_string(at));
            if (isOver) {
                QVERIFY(status.ok());
                break;
            }
        }
    }
    QVERIFY(settled > 5);
}

void PatchJournalTest::powerCutAnywhere() {
    QFETCH(Edits, edits);
    Setting setting(edits);
    std::vector<SimulatedDisk> moments;
    setting.files.setAfterChange([&] { moments.push_back(setting.files.disk()); });
    QVERIFY(flush(*setting.document));
    setting.files.setAfterChange({});
    QVERIFY(moments.size() > 5);
    const std::uint64_t seed = printedSeed();
    for (std::size_t i = 0; i < moments.size(); ++i) {
        for (const PowerCut& cut :
             powerCuts(moments[i].afterKill(), {.seed = seed + i, .most = 16})) {
            SimulatedFileSystem after(cut.disk);
            check(after, {setting.before, setting.after}, std::to_string(i) + ": " + cut.how);
        }
    }
    // Once it has said so, the new content is there for good.
    for (const PowerCut& cut : powerCuts(setting.files.disk().afterKill(), {.seed = seed})) {
        SimulatedFileSystem after(cut.disk);
        check(after, {setting.after}, cut.how);
    }
}

/// A disk on which a patch was killed after half of its writes into the file.
SimulatedDisk interrupted(const Setting& setting) {
    int writes = 0;
    for (const SimulatedCall& call : setting.files.calls())
        writes += call.name == "writeAt" && call.path == kPath ? 1 : 0;
    Setting again(permuted);
    int seen = 0;
    SimulatedDisk disk = again.files.disk();
    again.files.setAfterChange([&] {
        const SimulatedCall call = again.files.calls().back();
        if (call.name == "writeAt" && call.path == kPath && ++seen == (writes + 1) / 2)
            disk = again.files.disk();
    });
    (void)flush(*again.document);
    again.files.setAfterChange({});
    return disk.afterKill();
}

void PatchJournalTest::recoveryIsKilledAnywhere() {
    Setting setting(permuted);
    QVERIFY(flush(*setting.document));
    const SimulatedDisk disk = interrupted(setting);
    for (const auto part : {SimulatedPlan::Part::None, SimulatedPlan::Part::Half}) {
        for (int at = 1;; ++at) {
            SimulatedFileSystem files(disk);
            files.setPlan({.at = at, .kind = SimulatedPlan::Kind::Kill, .part = part});
            Progress progress;
            const auto first = recoverSave(files, kPath, progress);
            const bool isOver = !files.isKilled();
            SimulatedFileSystem after(files.disk().afterKill());
            check(after, {setting.before}, "recovery killed at call " + std::to_string(at));
            if (isOver) {
                QVERIFY(first.ok());
                QCOMPARE(int(first->outcome), int(SaveOutcome::OldContent));
                QVERIFY(at > 2);
                break;
            }
        }
    }
}

void PatchJournalTest::recoveryMeetsAPowerCut() {
    Setting setting(permuted);
    QVERIFY(flush(*setting.document));
    const std::uint64_t seed = printedSeed();
    for (const PowerCut& cut : powerCuts(interrupted(setting), {.seed = seed, .most = 8})) {
        SimulatedFileSystem files(cut.disk);
        std::vector<SimulatedDisk> moments;
        files.setAfterChange([&] { moments.push_back(files.disk()); });
        Progress progress;
        QVERIFY(recoverSave(files, kPath, progress).ok());
        for (const SimulatedDisk& moment : moments) {
            for (const PowerCut& second :
                 powerCuts(moment.afterKill(), {.seed = seed, .most = 8})) {
                SimulatedFileSystem after(second.disk);
                check(after, {setting.before, setting.after}, cut.how + ", then " + second.how);
            }
        }
    }
}

/// Three saves with one journal, the second of which brings the first content back.
void PatchJournalTest::isUsedAgain() {
    const QByteArray contents[] = {QByteArray(20'000, 'A'), QByteArray(20'000, 'B'),
                                   QByteArray(20'000, 'A'), QByteArray(10'000, 'C')};
    SimulatedFileSystem files;
    files.put(kPath, span(contents[0]));
    const auto document = *Document::open(files, kPath);
    const std::uint64_t seed = printedSeed();
    QByteArray before = contents[0];
    for (std::size_t i = 1; i < std::size(contents); ++i) {
        QVERIFY(document->overwrite(0, span(contents[i])));
        const QByteArray after = contentOf(*document);
        std::vector<SimulatedDisk> moments;
        files.setAfterChange([&] { moments.push_back(files.disk()); });
        const std::size_t calls = files.calls().size();
        QVERIFY(flush(*document));
        files.setAfterChange({});
        int syncs = 0;
        const std::vector<SimulatedCall> all = files.calls();
        for (std::size_t k = calls; k < all.size(); ++k)
            syncs += all[k].name.starts_with("sync") ? 1 : 0;
        QCOMPARE(syncs, i == 1 ? 3 : 2);  // the first time the disk has to learn its name
        for (std::size_t m = 0; m < moments.size(); ++m) {
            for (const PowerCut& cut :
                 powerCuts(moments[m].afterKill(), {.seed = seed + m, .most = 24})) {
                SimulatedFileSystem cutFiles(cut.disk);
                check(cutFiles, {before, after}, cut.how);
            }
            SimulatedFileSystem killed(moments[m].afterKill());
            check(killed, {before, after}, "killed");
        }
        before = after;
    }
}

void PatchJournalTest::aFailureThatStaysIsSettledByTheNextSave() {
    Setting setting(scattered);
    int writes = 0;
    setting.files.setAfterChange([&] {
        const SimulatedCall call = setting.files.calls().back();
        if (call.name == "writeAt" && call.path == kPath && ++writes == 3)
            setting.files.setPlan({.at = 1, .systemError = 5, .count = 1'000'000});
    });
    const Status status = flush(*setting.document);
    QVERIFY(!status.ok());
    QVERIFY(status.error().message().find("tries to") != std::string::npos);
    QVERIFY(setting.files.content(kPath) != bytesOf(setting.before));
    setting.files.setPlan({});
    setting.files.setAfterChange({});
    SimulatedFileSystem after(setting.files.disk().afterKill());
    check(after, {setting.before}, "opened instead");
    const Status again = flush(*setting.document);
    QVERIFY2(again.ok(), again.ok() ? "" : again.error().message().c_str());
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.after));
    setting.document.reset();
    check(setting.files, {setting.after}, "saved again");
}

void PatchJournalTest::isForeign_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("another file has its name") << "inode";
    QTest::newRow("longer") << "longer";
    QTest::newRow("shorter") << "shorter";
    QTest::newRow("a byte is neither old nor new") << "byte";
    QTest::newRow("the journal is somebody else's") << "owner";
}

void PatchJournalTest::isForeign() {
    QFETCH(QString, what);
    Setting setting(permuted);
    QVERIFY(flush(*setting.document));
    SimulatedFileSystem files(interrupted(setting));
    Bytes content = files.content(kPath);
    if (what == "inode") {
        files.put("/other", content);
        QVERIFY(files.rename("/other", kPath));
    } else if (what == "longer") {
        content.push_back('x');
    } else if (what == "shorter") {
        content.pop_back();
    } else if (what == "byte") {
        content[4'000] ^= Byte{0x55};
    } else {
        SimulatedAttributes attributes = files.attributesOf(kJournal);
        attributes.owner = {77, 77};
        files.setAttributes(kJournal, attributes);
    }
    if (what != "inode" && what != "owner")
        files.put(kPath, content);
    const auto document = Document::open(files, kPath);
    QVERIFY(document.ok());
    const SaveRecovery& recovery = (*document)->recovery();
    QCOMPARE(int(recovery.outcome), int(SaveOutcome::Foreign));
    QVERIFY(files.content(kPath) == content);
    QVERIFY(!files.exists(kJournal));
    QVERIFY(files.exists(recovery.keptAs));
    QVERIFY(recovery.keptAs.starts_with(kJournal + "-"));
    // And that was all: it is told once.
    QCOMPARE(int((*Document::open(files, kPath))->recovery().outcome), int(SaveOutcome::None));
}

void PatchJournalTest::isNotUsed_data() {
    QTest::addColumn<QByteArray>("journal");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("begun") << QByteArray("OctavoJ1");
    QTest::newRow("something else") << QByteArray(1'000, '\xA5');
}

void PatchJournalTest::isNotUsed() {
    QFETCH(QByteArray, journal);
    SimulatedFileSystem files;
    files.put(kPath, span("content"));
    files.put(kJournal, span(journal));
    const auto document = *Document::open(files, kPath);
    QCOMPARE(int(document->recovery().outcome), int(SaveOutcome::None));
    QCOMPARE(contentOf(*document), QByteArray("content"));
    QVERIFY(!files.exists(kJournal));
}

void PatchJournalTest::liesInTheStateFolder_data() {
    QTest::addColumn<bool>("device");
    QTest::newRow("no name can be made beside the file") << false;
    QTest::newRow("a device") << true;
}

void PatchJournalTest::liesInTheStateFolder() {
    QFETCH(bool, device);
    qputenv("XDG_STATE_HOME", "/state");
    const std::string path = "/folder/file";
    const QByteArray before = someBytes(8'192);
    for (int at = 1;; ++at) {
        SimulatedOptions options;
        options.user = {1000, 1000};
        SimulatedFileSystem files(options);
        files.put("/state/keep", {}, 0644);
        SimulatedAttributes folder = files.attributesOf("/state");
        folder.owner = options.user;
        folder.permissions = 0700;
        files.setAttributes("/state", folder);
        if (device)
            files.putDevice(path, span(before));
        else
            files.put(path, span(before), 0666);
        SimulatedAttributes locked = files.attributesOf("/folder");
        locked.owner = {0, 0};
        locked.permissions = 0755;
        files.setAttributes("/folder", locked);
        SimulatedAttributes writable = files.attributesOf(path);
        writable.permissions = 0666;
        files.setAttributes(path, writable);
        auto document = *Document::open(files, path);
        QVERIFY(document->overwrite(10, span("new")));
        QVERIFY(document->overwrite(5'000, span("new")));
        const QByteArray after = contentOf(*document);
        files.setPlan({.at = at, .kind = SimulatedPlan::Kind::Kill});
        const Status status = flush(*document);
        const bool isOver = !files.isKilled();
        SimulatedFileSystem found(files.disk().afterKill());
        {
            const auto again = Document::open(found, path);
            QVERIFY2(again.ok(), again.ok() ? "" : again.error().message().c_str());
            const QByteArray content = contentOf(**again);
            QVERIFY(content == before || content == after);
        }
        if (found.exists("/state/octavo/journals"))
            QVERIFY(found.names("/state/octavo/journals").empty());
        QCOMPARE(found.names("/folder"), std::vector<std::string>{"file"});
        if (isOver) {
            QVERIFY2(status.ok(), status.ok() ? "" : status.error().message().c_str());
            QVERIFY(files.names("/state/octavo/journals").size() == 1);
            break;
        }
    }
    qunsetenv("XDG_STATE_HOME");
}

void PatchJournalTest::saysWhereThereIsNoRoom() {
    SimulatedOptions options;
    options.total = 50'000;
    Setting setting(large, options);
    const Status refused = flush(*setting.document);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::NoRoom);
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.before));
    QVERIFY(contentOf(*setting.document) == setting.after);
    QVERIFY(!setting.files.exists(kJournal));
}

void PatchJournalTest::waitsForWhoSavesNow() {
    Setting setting(permuted);
    QVERIFY(flush(*setting.document));
    SimulatedFileSystem files(interrupted(setting));
    auto other = *files.open(kPath, OpenMode::ReadWrite);
    QVERIFY(*other->lock());
    Progress progress;
    progress.cancel();
    const auto refused = recoverSave(files, kPath, progress);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Cancelled);
    other.reset();
    check(files, {setting.before}, "the other one has gone");
}

void PatchJournalTest::readOnlyFileIsNotBelieved() {
    Setting setting(permuted);
    QVERIFY(flush(*setting.document));
    SimulatedFileSystem files(interrupted(setting));
    SimulatedOptions options = files.disk().options();
    options.user = {1000, 1000};
    files.setOptions(options);
    SimulatedAttributes attributes = files.attributesOf(kPath);
    attributes.owner = {0, 0};
    attributes.permissions = 0444;
    files.setAttributes(kPath, attributes);
    SimulatedAttributes journal = files.attributesOf(kJournal);
    journal.permissions = 0644;
    files.setAttributes(kJournal, journal);
    const auto refused = Document::open(files, kPath);
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().message().find("was interrupted") != std::string::npos);
}

/// A flush, then one of its bytes is set back in place: that is not the midst of the flush.
void PatchJournalTest::writingThroughIsNoInterruptedSave() {
    Setting setting(scattered);
    QVERIFY(flush(*setting.document));
    QVERIFY(setting.document->setAccessMode(AccessMode::WriteThrough));
    QVERIFY(setting.document->overwrite(0, span(setting.before.left(3))));
    std::vector<SimulatedDisk> moments;
    setting.files.setAfterChange([&] { moments.push_back(setting.files.disk()); });
    QVERIFY(flush(*setting.document, {.withoutSync = true}));
    setting.files.setAfterChange({});
    const QByteArray now = contentOf(*setting.document);
    QVERIFY(now != setting.after && now != setting.before);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        for (const PowerCut& cut : powerCuts(moments[i].afterKill(), {.seed = i + 1})) {
            SimulatedFileSystem after(cut.disk);
            check(after, {setting.after, now}, cut.how);
        }
    }
}

QTEST_GUILESS_MAIN(PatchJournalTest)

#include "patch_journal_test.moc"
