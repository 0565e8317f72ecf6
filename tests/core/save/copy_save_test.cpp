#include "core/document/document.h"
#include "core/save/copy_save.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/simulated_file_system.h"
#include "tests/support/simulated_power_cut.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

class CopySaveTest : public QObject {
    Q_OBJECT

private slots:
    void writesEdits();
    void keepsTheTargetUntilTheEnd();
    void killedAnywhere_data();
    void killedAnywhere();
    void refusesTheOpenFile_data();
    void refusesTheOpenFile();
    void refusesOddTargets();
    void keepsHoles();
    void keepsPermissionsOfTheTarget();
    void isNobodyElsesWhileItIsWritten();
    void cancelLeavesNothing();
};

namespace {

std::unique_ptr<Document> editedDocument(FileSystem& fileSystem, const std::string& path) {
    std::unique_ptr<Document> document = *Document::open(fileSystem, path);
    (void)document->insert(3, span("inserted"));
    (void)document->erase({100, 50});
    return document;
}

QByteArray editedContent(QByteArray content) {
    return content.insert(3, "inserted").remove(100, 50);
}

Status run(CopySave& save) {
    Progress progress;
    return save.run(progress);
}

}  // namespace

void CopySaveTest::writesEdits() {
    const TestFolder folder;
    const QByteArray content = someBytes(3'000'000);
    const auto document = editedDocument(systemFileSystem(), folder.write("file", content));
    CopySave save(systemFileSystem(), folder.path("copy"), document->snapshot(), std::nullopt);
    QVERIFY(run(save));
    QVERIFY(TestFolder::read(folder.path("copy")) == editedContent(content));
    QVERIFY(TestFolder::read(folder.path("file")) == content);
    QCOMPARE(folder.names(), (QStringList{"copy", "file"}));
}

void CopySaveTest::keepsTheTargetUntilTheEnd() {
    const TestFolder folder;
    const QByteArray content = someBytes(5000);
    const std::string path = folder.write("file", content);
    int failures = 0;
    for (int n = 1;; ++n) {
        folder.write("target", "precious");
        FaultFileSystem fileSystem;
        const auto document = editedDocument(fileSystem, path);
        CopySave save(fileSystem, folder.path("target"), document->snapshot(), std::nullopt);
        fileSystem.setPlan({n, 1, 28});
        const Status status = run(save);
        const bool reached = fileSystem.calls() >= n;
        const QByteArray now = TestFolder::read(folder.path("target"));
        QCOMPARE(folder.names(), (QStringList{"file", "target"}));
        if (!reached) {
            QVERIFY(status.ok());
            QVERIFY(now == editedContent(content));
            break;
        }
        ++failures;
        // The one call whose failure does no harm looks whether there is a target. Only the sync
        // of the folder comes after the new content stands complete.
        QVERIFY(now == "precious" || now == editedContent(content));
        if (status)
            QVERIFY(now == editedContent(content));
    }
    QVERIFY(failures >= 6);
}

void CopySaveTest::killedAnywhere_data() {
    QTest::addColumn<bool>("unnamed");
    QTest::newRow("without a name until the end") << true;
    QTest::newRow("with a name aside") << false;
}

/// Killed after each call, and a power cut after each: the target is as it was or complete, and
/// nothing is beside it once it is opened.
void CopySaveTest::killedAnywhere() {
    QFETCH(bool, unnamed);
    SimulatedOptions options;
    options.can.linksUnnamed = unnamed;
    SimulatedFileSystem files(options);
    const QByteArray content = someBytes(9'000);
    files.put("/file", span(content));
    files.put("/target", span("precious"));
    const auto document = editedDocument(files, "/file");
    std::vector<SimulatedDisk> moments;
    files.setAfterChange([&] { moments.push_back(files.disk().afterKill()); });
    CopySave save(files, "/target", document->snapshot(), std::nullopt);
    QVERIFY(run(save));
    files.setAfterChange({});
    QVERIFY(moments.size() > 5);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        std::vector<PowerCut> cuts = powerCuts(moments[i], {.seed = i + 1});
        cuts.push_back({moments[i], "killed"});
        for (const PowerCut& cut : cuts) {
            SimulatedFileSystem after(cut.disk);
            const auto opened = Document::open(after, "/target");
            QVERIFY2(opened.ok(), cut.how.c_str());
            QByteArray now((*opened)->length(), '\0');
            (void)(*opened)->snapshot().read(
                0, {reinterpret_cast<Byte*>(now.data()), static_cast<std::size_t>(now.size())});
            QVERIFY2(now == "precious" || now == editedContent(content), cut.how.c_str());
            QVERIFY2(after.names("/") == (std::vector<std::string>{"file", "target"}),
                     cut.how.c_str());
        }
    }
}

void CopySaveTest::refusesTheOpenFile_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("by its name") << QByteArray("file");
    QTest::newRow("by a symbolic link") << QByteArray("symbolic");
    QTest::newRow("by a hard link") << QByteArray("hard");
}

void CopySaveTest::refusesTheOpenFile() {
    QFETCH(QByteArray, name);
    const TestFolder folder;
    const QByteArray content = someBytes(5000);
    const std::string path = folder.write("file", content);
    QCOMPARE(::symlink("file", folder.path("symbolic").c_str()), 0);
    QCOMPARE(::link(path.c_str(), folder.path("hard").c_str()), 0);
    const auto document = editedDocument(systemFileSystem(), path);
    CopySave save(systemFileSystem(), folder.path(name.constData()), document->snapshot(),
                  document->file()->openedInfo().identity);
    const Status status = run(save);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
    QVERIFY(TestFolder::read(path) == content);
    QCOMPARE(folder.names().size(), qsizetype{3});
}

void CopySaveTest::refusesOddTargets() {
    const TestFolder folder;
    const auto document = editedDocument(systemFileSystem(), folder.write("file", someBytes(500)));
    QCOMPARE(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
    for (const std::string& target :
         {folder.path(""), folder.path("fifo"), std::string("/dev/null"),
          folder.path("no/such/folder"), std::string()}) {
        CopySave save(systemFileSystem(), target, document->snapshot(), std::nullopt);
        QVERIFY(!run(save).ok());
    }
    QCOMPARE(folder.names(), (QStringList{"fifo", "file"}));
}

void CopySaveTest::keepsHoles() {
    const TestFolder folder;
    const std::string path = folder.write("file", "start");
    QCOMPARE(::truncate(path.c_str(), Offset{8} << 30), 0);
    const auto document = *Document::open(systemFileSystem(), path);
    if (document->snapshot().zerosAt(1 << 20) == 0)
        QSKIP("the file system knows no holes");
    QVERIFY(document->insert(Offset{4} << 30, span("middle")));
    QVERIFY(document->fill({Offset{6} << 30, Offset{1} << 30}, span(QByteArray(1, '\0'))));
    CopySave save(systemFileSystem(), folder.path("copy"), document->snapshot(), std::nullopt);
    QVERIFY(run(save));
    struct stat status {};
    QCOMPARE(::stat(folder.path("copy").c_str(), &status), 0);
    QCOMPARE(Offset{status.st_size}, (Offset{8} << 30) + 6);
    QVERIFY(status.st_blocks * 512 < 8 << 20);
}

void CopySaveTest::keepsPermissionsOfTheTarget() {
    const TestFolder folder;
    const auto document = editedDocument(systemFileSystem(), folder.write("file", someBytes(500)));
    const std::string target = folder.write("target", "old");
    QCOMPARE(::chmod(target.c_str(), 04710), 0);
    CopySave save(systemFileSystem(), target, document->snapshot(), std::nullopt);
    QVERIFY(run(save));
    struct stat status {};
    QCOMPARE(::stat(target.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0710U);
}

void CopySaveTest::isNobodyElsesWhileItIsWritten() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(500));
    FaultFileSystem fileSystem;
    const auto document = editedDocument(fileSystem, path);
    mode_t during = 0600;  // nobody's, as long as it has no name
    fileSystem.setBeforeWrite([&] {
        for (const QString& name : folder.names()) {
            struct stat status {};
            if (name.endsWith(".tmp") &&
                ::stat(folder.path(qPrintable(name)).c_str(), &status) == 0)
                during = status.st_mode & 07777U;
        }
    });
    CopySave save(fileSystem, folder.path("copy"), document->snapshot(), std::nullopt);
    QVERIFY(run(save));
    QCOMPARE(during, mode_t{0600});
    struct stat status {};
    struct stat plain {};
    QCOMPARE(::stat(folder.path("copy").c_str(), &status), 0);
    QCOMPARE(::stat(path.c_str(), &plain), 0);
    QCOMPARE(status.st_mode & 07777U, plain.st_mode & 07777U);  // as any new file
}

void CopySaveTest::cancelLeavesNothing() {
    const TestFolder folder;
    const auto document =
        editedDocument(systemFileSystem(), folder.write("file", someBytes(5'000'000)));
    FaultFileSystem fileSystem;
    CopySave save(fileSystem, folder.path("copy"), document->snapshot(), std::nullopt);
    Progress progress;
    int writes = 0;
    fileSystem.setBeforeWrite([&] {
        if (++writes == 2)
            progress.cancel();
    });
    const Status status = save.run(progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QCOMPARE(folder.names(), (QStringList{"file"}));
}

QTEST_GUILESS_MAIN(CopySaveTest)

#include "copy_save_test.moc"
