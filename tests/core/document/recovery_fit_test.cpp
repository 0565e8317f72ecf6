// Which recovered changes fit a file that another program may have changed since.
#include "core/document/edit_log_writer.h"
#include "core/document/recovery_fit.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

QString name(const ChangeFit& fit) {
    static const QStringList fits{"fits", "does not fit", "cannot tell"};
    static const QStringList reasons{"file unchanged", "bytes unchanged", "bytes changed",
                                     "behind the end", "no file",         "not looked at",
                                     "too long",       "changed file",    "source changed",
                                     "missing",        "undecided"};
    return fits[int(fit.fit)] + ": " + reasons[int(fit.reason)];
}

void takePrints(LoggedDocument& document) {
    for (const Change& change : document.snapshot().changeSet()) {
        const auto print = Fingerprint::take(*document.version(),
                                             document.version()->file()->length(), change.before);
        document.edited().changes().setFingerprint(change.id, *print);
        document.feed().fingerprint(change.id, *print);
    }
}

QStringList fitsOf(const std::string& log, const std::string& path) {
    const RecoveredEdits edits = *readEditLog(systemFileSystem(), log);
    std::shared_ptr<const FileVersion> version;
    FileInfo info;
    if (auto file = MappedFile::open(systemFileSystem(), path)) {
        version = FileVersion::first(*std::move(file));
        info = *systemFileSystem().info(path);
    }
    QStringList names;
    for (const ChangeFit& each : fit(edits, version.get(), info))
        names.append(name(each));
    return names;
}

}  // namespace

class RecoveryFitTest : public QObject {
    Q_OBJECT

private slots:
    void byTheFile_data();
    void byTheFile();
    void unchanged();
    void sampledIsNotSure();
    void withoutAFingerprint();
    void otherPlacesOfTheFile();
    void untitledAlwaysFits();
    void switchedOffToo();
};

void RecoveryFitTest::byTheFile_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QStringList>("fits");
    const QByteArray file = someBytes(2'000);
    const QString same = "fits: bytes unchanged";
    const QString differs = "does not fit: bytes changed";
    const QString behind = "does not fit: behind the end";
    QByteArray now = file;
    // Changes replace [100, 110), put something in at 1000 and delete [1900, 1950).
    QTest::newRow("written again") << now << QStringList{same, same, same};
    now[500] = static_cast<char>(~now[500]);
    QTest::newRow("far from each") << now << QStringList{same, same, same};
    now = file;
    now[105] = static_cast<char>(~now[105]);
    QTest::newRow("in the first") << now << QStringList{differs, same, same};
    now = file;
    now[1'000] = static_cast<char>(~now[1'000]);
    QTest::newRow("behind an insertion") << now << QStringList{same, differs, same};
    now = file;
    now[999] = static_cast<char>(~now[999]);
    QTest::newRow("in front of an insertion") << now << QStringList{same, differs, same};
    QTest::newRow("appended") << file + "more" << QStringList{same, same, same};
    QTest::newRow("cut behind the last") << file.first(1'960) << QStringList{same, same, differs};
    QTest::newRow("cut in the last") << file.first(1'920) << QStringList{same, same, behind};
    QTest::newRow("a byte in front") << "x" + file << QStringList{differs, differs, differs};
    QTest::newRow("empty") << QByteArray() << QStringList{behind, behind, behind};
}

void RecoveryFitTest::byTheFile() {
    QFETCH(QByteArray, now);
    QFETCH(QStringList, fits);
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(2'000));
    LoggedDocument document(path);
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({100, 10}, {document.typed("abc")}));
    QVERIFY(document.replace({993, 0}, {document.typed("def")}));
    QVERIFY(document.replace({1'896, 50}, {}));
    takePrints(document);
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(systemFileSystem().remove(path).ok());
    folder.write("file", now);
    QCOMPARE(fitsOf(writer.path(), path), fits);
    QVERIFY(systemFileSystem().remove(path).ok());
    QCOMPARE(fitsOf(writer.path(), path), QStringList(3, "does not fit: no file"));
}

void RecoveryFitTest::unchanged() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(2'000));
    LoggedDocument document(path);
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({100, 10}, {document.typed("abc")}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(fitsOf(writer.path(), path), QStringList{"fits: file unchanged"});
}

void RecoveryFitTest::sampledIsNotSure() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(200'000));
    LoggedDocument document(path);
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({100, 150'000}, {}));
    takePrints(document);
    QVERIFY(writer.write(document.take()).ok());
    folder.write("file", someBytes(200'000) + "x");
    QCOMPARE(fitsOf(writer.path(), path), QStringList{"cannot tell: too long"});
}

void RecoveryFitTest::withoutAFingerprint() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(2'000));
    LoggedDocument document(path);
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({100, 10}, {document.typed("abcdefghij")}));
    takePrints(document);
    QVERIFY(document.replace({500, 10}, {document.typed("abc")}));
    // The change has grown since somebody looked.
    QVERIFY(document.replace({108, 5}, {document.typed("klmno")}));
    QVERIFY(document.replace({109, 3}, {document.typed("xyz")}));
    QVERIFY(writer.write(document.take()).ok());
    folder.write("file", someBytes(2'000) + "x");
    const QStringList fits = fitsOf(writer.path(), path);
    QVERIFY(fits.size() >= 2);
    for (const QString& each : fits)
        QCOMPARE(each, QString("cannot tell: not looked at"));
}

void RecoveryFitTest::otherPlacesOfTheFile() {
    for (const Offset mostCopied : {Offset{0}, Offset{1'000}}) {
        const TestFolder folder;
        const std::string path = folder.write("file", someBytes(2'000));
        LoggedDocument document(path);
        EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = mostCopied});
        QVERIFY(document.replace({100, 0}, {{1'500, 100, 0, document.edited().base(), {}}}));
        takePrints(document);
        QVERIFY(writer.write(document.take()).ok());
        QCOMPARE(fitsOf(writer.path(), path), QStringList{"fits: file unchanged"});
        folder.write("file", someBytes(2'000) + "x");
        QCOMPARE(
            fitsOf(writer.path(), path),
            QStringList{mostCopied == 0 ? "cannot tell: changed file" : "fits: bytes unchanged"});
    }
}

void RecoveryFitTest::untitledAlwaysFits() {
    const TestFolder folder;
    LoggedDocument document("");
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({0, 0}, {document.typed("abc")}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(fitsOf(writer.path(), folder.path("none")), QStringList{"fits: file unchanged"});
}

void RecoveryFitTest::switchedOffToo() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(2'000));
    const std::string other = folder.write("other", someBytes(5'000, 3));
    LoggedDocument document(path);
    const SourceId source =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), other)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 0});
    QVERIFY(document.replace({100, 20}, {{0, 4'000, 0, source, {}}}));
    document.switchChange(1, false);
    takePrints(document);
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(fitsOf(writer.path(), path), QStringList{"fits: file unchanged"});
    folder.write("file", someBytes(2'000) + "x");
    QCOMPARE(fitsOf(writer.path(), path), QStringList{"fits: bytes unchanged"});
    QVERIFY(systemFileSystem().remove(other).ok());
    QCOMPARE(fitsOf(writer.path(), path), QStringList{"does not fit: source changed"});
}

QTEST_GUILESS_MAIN(RecoveryFitTest)
#include "recovery_fit_test.moc"
