#include "core/content/memory_source.h"
#include "core/content/open_files.h"
#include "core/document/import_file.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kLimit = 10'000;  // what is longer is referred to

Result<Content> import(const std::string& path, FileSystem& fileSystem = systemFileSystem(),
                       Offset mostCopied = kLimit) {
    Progress progress;
    return importFile(fileSystem, path, progress, mostCopied);
}

QByteArray bytesOf(const Content& content) {
    QByteArray bytes;
    for (const Content::Run& run : content.runs()) {
        Bytes part(static_cast<std::size_t>(run.length));
        Unreadable unreadable;
        run.source->read(run.start, part, 0, unreadable);
        if (!unreadable.isEmpty())
            return "(unreadable)";
        bytes.append(reinterpret_cast<const char*>(part.data()),
                     static_cast<qsizetype>(part.size()));
    }
    return bytes;
}

/// The file that the content refers to; nothing where it was copied.
std::shared_ptr<const FileVersion> fileOf(const Content& content) {
    return content.runs().empty()
               ? nullptr
               : std::dynamic_pointer_cast<const FileVersion>(content.runs().front().source);
}

void writeOutside(const std::string& path, Offset at, const QByteArray& bytes) {
    (void)(*systemFileSystem().open(path, OpenMode::ReadWrite))->writeAt({at}, span(bytes));
}

}  // namespace

class ImportFileTest : public QObject {
    Q_OBJECT

private slots:
    void imports_data();
    void imports();
    void theLimitIs64MiB();
    void generatedFiles();
    void sharesWithDocuments();
    void unreadableBytes();
    void refuses_data();
    void refuses();
    void cancels();
};

void ImportFileTest::imports_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<bool>("isCopied");
    QTest::newRow("an empty file") << qint64{0} << true;
    QTest::newRow("one byte") << qint64{1} << true;
    QTest::newRow("as long as may be copied") << qint64{kLimit} << true;
    QTest::newRow("a byte more") << qint64{kLimit + 1} << false;
    QTest::newRow("several blocks") << qint64{3'000'000} << false;
}

void ImportFileTest::imports() {
    QFETCH(qint64, length);
    QFETCH(bool, isCopied);
    const TestFolder folder;
    const QByteArray content = someBytes(length);
    const std::string path = folder.write("file", content);
    const Result<Content> imported = import(path);
    QVERIFY(imported);
    QCOMPARE(imported->length(), length);
    QCOMPARE(imported->runs().size(), std::size_t{length > 0 ? 1U : 0U});
    QVERIFY(bytesOf(*imported) == content);
    QCOMPARE(fileOf(*imported) == nullptr, isCopied);

    Progress progress;
    const Result<Content> copied = importFile(systemFileSystem(), path, progress);
    QVERIFY(copied && bytesOf(*copied) == content);
    QVERIFY(!fileOf(*copied));
    QCOMPARE(progress.done(), length);
    QCOMPARE(progress.total(), length);

    // What becomes of the file is nothing to a copy.
    if (length > 0) {
        writeOutside(path, 0, "X");
        QCOMPARE(bytesOf(*imported).startsWith('X'), !isCopied);
        QVERIFY(bytesOf(*copied) == content);
    }
}

void ImportFileTest::theLimitIs64MiB() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    Progress progress;
    QVERIFY(file->resize(kMostImportCopied));
    const Result<Content> copied = importFile(systemFileSystem(), path, progress);
    QVERIFY(copied && !fileOf(*copied));
    QVERIFY(file->resize(kMostImportCopied + 1));
    const Result<Content> referred = importFile(systemFileSystem(), path, progress);
    QVERIFY(referred && fileOf(*referred));
    QCOMPARE(referred->length(), (Offset{64} << 20) + 1);
}

void ImportFileTest::generatedFiles() {
    const Result<Content> copied = import("/proc/self/status", systemFileSystem());
    QVERIFY(copied);
    QVERIFY(!fileOf(*copied));
    QVERIFY(bytesOf(*copied).startsWith("Name:"));
    // Never by reference: a size or a time of such a file tells nothing.
    const Result<Content> tooLong = import("/proc/self/status", systemFileSystem(), 10);
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().code, ErrorCode::TooLarge);
    const Result<Content> memory = import("/proc/self/mem");
    QVERIFY(!memory);
    QCOMPARE(memory.error().code, ErrorCode::TooLarge);
}

void ImportFileTest::sharesWithDocuments() {
    const TestFolder folder;
    const QByteArray content = someBytes(20'000);
    const std::string path = folder.write("file", content);
    const std::shared_ptr<const FileVersion> open =
        OpenFiles::share(systemFileSystem(), *MappedFile::open(systemFileSystem(), path));
    const Result<Content> imported = import(path);
    QVERIFY(imported);
    QCOMPARE(fileOf(*imported), open);

    // So a save of the document keeps what the content shows.
    const auto kept = std::make_shared<KeptBytes>();
    QVERIFY(kept->add({100}, span(content).subspan(100, 3), systemFileSystem(), folder.path("")));
    const std::shared_ptr<const FileVersion> next =
        open->succeed({kept, ExtentMap::identity()}, open->file());
    writeOutside(path, 100, "new");
    next->settle(*next->file()->currentInfo());
    QVERIFY(bytesOf(*imported) == content);
    const Result<Content> later = import(path);
    QVERIFY(later && fileOf(*later) == next);
    QCOMPARE(bytesOf(*later).mid(100, 3), QByteArray("new"));
}

void ImportFileTest::unreadableBytes() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(20'000));
    FaultFileSystem fileSystem;
    fileSystem.setBadExtent({{8192}, 4096});
    const Result<Content> copied = import(path, fileSystem, 20'000);
    QVERIFY(!copied);
    QCOMPARE(copied.error().code, ErrorCode::Unreadable);
    QCOMPARE(
        QString::fromStdString(copied.error().message()),
        QString::fromStdString("insert file " + path + ": the byte at 8192 could not be read"));
    // What is referred to is read when somebody looks.
    const Result<Content> referred = import(path, fileSystem, 19'999);
    QVERIFY(referred);
    QCOMPARE(bytesOf(*referred), QByteArray("(unreadable)"));
}

void ImportFileTest::refuses_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no such file") << "missing" << ErrorCode::System;
    QTest::newRow("a folder") << "." << ErrorCode::UnsupportedFile;
    QTest::newRow("a device without a size") << "/dev/zero" << ErrorCode::UnsupportedFile;
}

void ImportFileTest::refuses() {
    QFETCH(QString, path);
    QFETCH(ErrorCode, code);
    const TestFolder folder;
    const bool isHere = path.startsWith('/');
    const Result<Content> imported =
        import(isHere ? path.toStdString() : folder.path(path.toUtf8().constData()));
    QVERIFY(!imported);
    QCOMPARE(imported.error().code, code);
}

void ImportFileTest::cancels() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(100));
    Progress progress;
    progress.cancel();
    const Result<Content> imported = importFile(systemFileSystem(), path, progress);
    QVERIFY(!imported);
    QCOMPARE(imported.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(ImportFileTest)
#include "import_file_test.moc"
