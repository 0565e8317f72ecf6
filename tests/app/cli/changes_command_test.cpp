#include "core/document/document.h"
#include "core/document/edit_log_feed.h"
#include "core/document/edit_log_writer.h"
#include "core/document/import_file.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_folder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <memory>
#include <optional>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// A run of octavo with its edit log, which stays behind when it goes.
class Run {
public:
    /// An untitled document where `path` is empty.
    Run(const std::string& path, const std::string& logs, const EditLogWriter::Options& options)
        : document_(path.empty() ? Document::untitled() : *Document::open(systemFileSystem(), path))
        , writer_(systemFileSystem(), logs, options) {
        document_->setEditLog(&feed_);
    }
    ~Run() { document_->setEditLog(nullptr); }

    Document& document() { return *document_; }
    EditLogWriter& writer() { return writer_; }
    const std::string& log() const { return writer_.path(); }

    /// Looks at the changes, as a worker would.
    void review() {
        Progress progress;
        if (const auto review = document_->prepareReview(); review && review->run(progress))
            document_->finishReview(*review);
    }
    bool write() {
        std::optional<EditLogBatch> batch = feed_.take(document_->snapshot());
        return !batch || writer_.write(*std::move(batch)).ok();
    }
    /// Says in the log that a flush of everything is about to write.
    bool beginFlush() {
        FlushPlan plan{1, document_->snapshot(), {}};
        for (const Change& change : document_->changes())
            plan.changes.push_back(change.id);
        return writer_.beginFlush(plan).ok();
    }

private:
    std::unique_ptr<Document> document_;
    EditLogFeed feed_;
    EditLogWriter writer_;
};

/// Lines that do not begin with #, with * in place of the times.
QByteArray changesIn(const CliResult& result) {
    QByteArray lines;
    static const QRegularExpression kTime(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)");
    for (const QByteArray& line : result.output.split('\n')) {
        if (!line.startsWith('#') && !line.isEmpty())
            lines += QString::fromUtf8(line).replace(kTime, "*").toUtf8() + '\n';
    }
    return lines;
}

QJsonArray jsonOf(const CliResult& result) {
    return QJsonDocument::fromJson(result.output).array();
}

}  // namespace

class ChangesCommandTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void nothing();
    void listsTheChangesOfAFile();
    void onlySwitchedOffAtTheEnd();
    void asJson();
    void aLogItself();
    void aFileThatIsNamedLikeALog();
    void severalLogs();
    void bySymbolicLink();
    void aFileThatWasReplaced();
    void whatFits_data();
    void whatFits();
    void aLostTail();
    void aDamagedLog();
    void aFlushUnderWay_data();
    void aFlushUnderWay();
    void ofARunningOctavo();
    void anUntitledDocument();
    void contentThatIsGone();
    void longChangesAreCut();
    void noHome();

private:
    CliResult changes(const std::string& path, const QStringList& options = {}) {
        return runCli(QStringList{"changes", QString::fromStdString(path)} + options);
    }
    std::unique_ptr<Run> run(const std::string& path,
                             const EditLogWriter::Options& options = {}) const {
        return std::make_unique<Run>(path, folder_->path("octavo/edits"), options);
    }

    std::unique_ptr<TestFolder> folder_;
    std::string file_;
};

void ChangesCommandTest::init() {
    folder_ = std::make_unique<TestFolder>();
    qputenv("XDG_STATE_HOME", QByteArray::fromStdString(folder_->path("")));
    file_ = folder_->write("file", "abcdefghijklmnopqrstuvwxyz");
}

void ChangesCommandTest::nothing() {
    const CliResult none = changes(file_);
    QCOMPARE(none.status, 1);
    QCOMPARE(none.output, QByteArray());
    QCOMPARE(none.errors, QByteArray());
    const CliResult json = changes(file_, {"--json"});
    QCOMPARE(json.status, 1);
    QCOMPARE(json.output, QByteArray("[]\n"));
    // Of another file.
    const auto other = run(folder_->write("other", "0123"));
    QVERIFY(other->document().overwrite(0, span("x")).ok());
    QVERIFY(other->write());
    QCOMPARE(changes(file_).status, 1);
    QCOMPARE(changes(other->document().path()).status, 0);
}

void ChangesCommandTest::listsTheChangesOfAFile() {
    auto left = run(file_);
    Document& document = left->document();
    QVERIFY(document.overwrite(2, span("CD")).ok());
    QVERIFY(document.insert(10, span("++")).ok());
    QVERIFY(document.erase({20, 3}).ok());
    QVERIFY(document.replace({22, 1}, span("XYZ")).ok());
    const std::vector<Change> all = document.changes();
    QVERIFY(document.setChangeName(all[0].id, "upper\ncase").ok());
    QVERIFY(document.switchChanges(std::vector{all[1].id, all[3].id}, false).ok());
    QVERIFY(left->write());
    const std::string log = left->log();
    left.reset();

    const CliResult result = changes(file_);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.status, 0);
    QVERIFY2(
        result.output.startsWith("# " + QByteArray::fromStdString(log + " of " + file_) + '\n'),
        result.output);
    QCOMPARE(changesIn(result),
             QByteArray("2 overwritten 2 2 6364 -> 4344; fits: the file is what it was; on; *; "
                        "upper\\ncase\n"
                        "10 inserted 0 2 - -> 2b2b; fits: the file is what it was; off; *; \n"
                        "18 deleted 3 0 737475 -> -; fits: the file is what it was; on; *; \n"
                        "23 replaced 1 3 78 -> 58595a; fits: the file is what it was; off; *; \n"));
    QCOMPARE(TestFolder::read(file_), QByteArray("abcdefghijklmnopqrstuvwxyz"));
    QCOMPARE(changes(file_).output, result.output);
}

// Nothing of it is in the document, and still it is not lost.
void ChangesCommandTest::onlySwitchedOffAtTheEnd() {
    auto left = run(file_);
    QVERIFY(left->document().insert(26, span("++")).ok());
    QVERIFY(left->document().switchChanges(std::vector{left->document().changes()[0].id}, false));
    QVERIFY(left->write());
    left.reset();
    QCOMPARE(changesIn(changes(file_)),
             QByteArray("26 inserted 0 2 - -> 2b2b; fits: the file is what it was; off; *; \n"));
}

void ChangesCommandTest::asJson() {
    auto left = run(file_);
    Document& document = left->document();
    QVERIFY(document.insert(0, span("++")).ok());
    QVERIFY(document.overwrite(5, span("D")).ok());
    const std::vector<Change> all = document.changes();
    QVERIFY(document.setChangeName(all[1].id, "\"D\"").ok());
    QVERIFY(document.switchChanges(std::vector{all[0].id}, false).ok());
    QVERIFY(left->write());
    const QString log = QString::fromStdString(left->log());
    left.reset();

    const CliResult result = changes(file_, {"--json"});
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(result.status, 0);
    QJsonArray listed = jsonOf(result);
    QCOMPARE(listed.size(), 2);
    const auto withoutTime = [](const QJsonValue& value) {
        QJsonObject object = value.toObject();
        const QDateTime time = QDateTime::fromString(object.take("time").toString(), Qt::ISODate);
        const qint64 age = time.secsTo(QDateTime::currentDateTimeUtc());
        return age >= 0 && age < 3600 ? object : QJsonObject();
    };
    const QString fits = "the file is what it was";
    QCOMPARE(withoutTime(listed[0]), (QJsonObject{{"fileOffset", 0},
                                                  {"fileLength", 0},
                                                  {"offset", 0},
                                                  {"length", 2},
                                                  {"kind", "inserted"},
                                                  {"before", ""},
                                                  {"after", "2b2b"},
                                                  {"beforeCut", false},
                                                  {"afterCut", false},
                                                  {"log", log},
                                                  {"fit", "fits"},
                                                  {"reason", fits},
                                                  {"off", true},
                                                  {"name", ""}}));
    QCOMPARE(withoutTime(listed[1]), (QJsonObject{{"fileOffset", 3},
                                                  {"fileLength", 1},
                                                  {"offset", 3},
                                                  {"length", 1},
                                                  {"kind", "overwritten"},
                                                  {"before", "64"},
                                                  {"after", "44"},
                                                  {"beforeCut", false},
                                                  {"afterCut", false},
                                                  {"log", log},
                                                  {"fit", "fits"},
                                                  {"reason", fits},
                                                  {"off", false},
                                                  {"name", "\"D\""}}));
}

void ChangesCommandTest::aLogItself() {
    auto left = run(file_);
    QVERIFY(left->document().overwrite(0, span("A")).ok());
    QVERIFY(left->write());
    const std::string log = left->log();
    left.reset();
    const CliResult ofFile = changes(file_);
    QCOMPARE(ofFile.status, 0);
    QCOMPARE(changes(log).output, ofFile.output);
    // Anywhere, and without the file.
    const std::string copy = folder_->write("copy.log", TestFolder::read(log));
    QVERIFY(QFile::remove(QString::fromStdString(file_)));
    const CliResult result = changes(copy);
    QCOMPARE(result.errors, QByteArray());
    QCOMPARE(changesIn(result), QByteArray("0 overwritten 1 1 ?? -> 41; does not fit: the file is "
                                           "not there; on; *; \n"));
    QCOMPARE(changes(file_).status, 2);
}

void ChangesCommandTest::aFileThatIsNamedLikeALog() {
    const std::string path = folder_->write("access.log", "GET /\n");
    QCOMPARE(changes(path).status, 1);
    QCOMPARE(changes(folder_->write("empty.log", {})).status, 1);
    auto left = run(path);
    QVERIFY(left->document().overwrite(0, span("PUT")).ok());
    QVERIFY(left->write());
    left.reset();
    QCOMPARE(changesIn(changes(path)), QByteArray("0 overwritten 3 3 474554 -> 505554; fits: the "
                                                  "file is what it was; on; *; \n"));
    QCOMPARE(changes(folder_->path("nothing.log")).status, 2);
}

void ChangesCommandTest::severalLogs() {
    auto first = run(file_);
    auto second = run(file_);
    QVERIFY(first->document().overwrite(0, span("1")).ok());
    QVERIFY(second->document().overwrite(0, span("2")).ok());
    QVERIFY(first->write() && second->write());
    const QStringList logs{QString::fromStdString(first->log()),
                           QString::fromStdString(second->log())};
    first.reset();
    second.reset();
    const CliResult text = changes(file_);
    QCOMPARE(text.output.count("# "), 2);
    QCOMPARE(changesIn(text).count('\n'), 2);
    const QJsonArray json = jsonOf(changes(file_, {"--json"}));
    QCOMPARE(json.size(), 2);
    for (const QJsonValue& change : json) {
        const qsizetype index = logs.indexOf(change["log"].toString());
        QVERIFY(index >= 0);
        QCOMPARE(change["after"].toString(), index == 0 ? "31" : "32");
    }
    QVERIFY(json[0]["log"] != json[1]["log"]);
}

void ChangesCommandTest::bySymbolicLink() {
    const QString link = QString::fromStdString(folder_->path("link"));
    QVERIFY(QFile::link(QString::fromStdString(file_), link));
    auto left = run(link.toStdString());
    QVERIFY(left->document().overwrite(0, span("A")).ok());
    QVERIFY(left->write());
    left.reset();
    QCOMPARE(changes(file_).status, 0);
    QCOMPARE(changes(link.toStdString()).output, changes(file_).output);
}

// Another file has the name, as after a save by rename.
void ChangesCommandTest::aFileThatWasReplaced() {
    auto left = run(file_);
    QVERIFY(left->document().overwrite(0, span("A")).ok());
    QVERIFY(left->document().overwrite(20, span("U")).ok());
    left->review();
    QVERIFY(left->write());
    left.reset();
    QVERIFY(QFile::rename(QString::fromStdString(file_),
                          QString::fromStdString(folder_->path("moved"))));
    folder_->write("file", "0123456789");
    QCOMPARE(changesIn(changes(file_)),
             QByteArray("0 overwritten 1 1 30 -> 41; does not fit: other bytes stand there now; "
                        "on; *; \n"
                        "20 overwritten 1 1 ?? -> 55; does not fit: the file is shorter now; "
                        "on; *; \n"));
    // The one that was edited is known by its inode.
    QCOMPARE(changesIn(changes(folder_->path("moved"))).count("fits: "), 2);
}

void ChangesCommandTest::whatFits_data() {
    QTest::addColumn<bool>("isReviewed");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("fit");
    const QByteArray same = QByteArray(3000, 'a');
    QTest::newRow("nothing has changed")
        << false << QByteArray() << QByteArray("fits: the file is what it was");
    QTest::newRow("written elsewhere")
        << true << QByteArray(same).replace(2000, 1, "b")
        << QByteArray("fits: the bytes that it replaces are what they were");
    QTest::newRow("written there") << true << QByteArray(same).replace(1000, 1, "b")
                                   << QByteArray("does not fit: other bytes stand there now");
    QTest::newRow("written beside it") << true << QByteArray(same).replace(1003, 1, "b")
                                       << QByteArray("does not fit: other bytes stand there now");
    QTest::newRow("cut") << true << QByteArray(900, 'a')
                         << QByteArray("does not fit: the file is shorter now");
    QTest::newRow("nobody has looked")
        << false << QByteArray(same).replace(2000, 1, "b")
        << QByteArray("cannot tell: the bytes that it replaces were not looked at before the end");
}

void ChangesCommandTest::whatFits() {
    QFETCH(bool, isReviewed);
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, fit);
    folder_->write("file", QByteArray(3000, 'a'));
    auto left = run(file_);
    QVERIFY(left->document().overwrite(1000, span("x")).ok());
    if (isReviewed)
        left->review();
    QVERIFY(left->write());
    left.reset();
    if (!now.isEmpty())
        folder_->write("file", now);
    const CliResult result = changes(file_);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.output.contains("; " + fit + "; on; "), result.output);
}

void ChangesCommandTest::aLostTail() {
    auto left = run(file_);
    QVERIFY(left->document().overwrite(0, span("A")).ok());
    QVERIFY(left->write());
    QVERIFY(left->document().overwrite(5, span("F")).ok());
    QVERIFY(left->write());
    const std::string log = left->log();
    left.reset();
    QFile file(QString::fromStdString(log));
    QVERIFY(file.resize(file.size() - 1));
    for (const std::string& path : {file_, log}) {
        const CliResult result = changes(path);
        QCOMPARE(result.status, 0);
        QCOMPARE(changesIn(result).count('\n'), 1);
        QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains("the last edits are") &&
                     result.errors.contains(QByteArray::fromStdString(log)),
                 result.errors);
    }
}

void ChangesCommandTest::aDamagedLog() {
    auto left = run(file_);
    QVERIFY(left->document().overwrite(0, span("A")).ok());
    QVERIFY(left->write());
    const std::string log = left->log();
    left.reset();
    QByteArray bytes = TestFolder::read(log);
    bytes[30] = static_cast<char>(bytes[30] ^ 1);
    QFile file(QString::fromStdString(log));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    QCOMPARE(changes(file_).status, 1);
    const CliResult result = changes(log);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(isOneErrorLine(result.errors), result.errors);
}

void ChangesCommandTest::aFlushUnderWay_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("listed");  // the offsets
    QTest::newRow("nothing is written")
        << QByteArray("abcdefgh") << QByteArray("nothing of it") << QByteArray("0 4 ");
    QTest::newRow("all is written")
        << QByteArray("AbcdEfgh") << QByteArray("all of it") << QByteArray();
    QTest::newRow("one is written")
        << QByteArray("Abcdefgh") << QByteArray("a part of it") << QByteArray("4 ");
    QTest::newRow("something else is written")
        << QByteArray("xbcdefgh") << QByteArray("is not known") << QByteArray("0 4 ");
}

void ChangesCommandTest::aFlushUnderWay() {
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, word);
    QFETCH(QByteArray, listed);
    folder_->write("file", "abcdefgh");
    auto left = run(file_);
    QVERIFY(left->document().overwrite(0, span("A")).ok());
    QVERIFY(left->document().overwrite(4, span("E")).ok());
    left->review();
    QVERIFY(left->write());
    QVERIFY(left->beginFlush());
    left.reset();
    if (now != "abcdefgh")
        folder_->write("file", now);
    const CliResult result = changes(file_);
    QCOMPARE(result.status, listed.isEmpty() ? 1 : 0);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains("a flush was under way: ") &&
                 result.errors.contains(word),
             result.errors);
    QByteArray offsets;
    for (const QJsonValue& change : jsonOf(changes(file_, {"--json"}))) {
        offsets += QByteArray::number(change["fileOffset"].toInteger()) + ' ';
        if (word == "is not known")
            QCOMPARE(change["reason"].toString(), QString("a flush may have written it"));
        if (word == "nothing of it")
            QCOMPARE(change["fit"].toString(), QString("fits"));
    }
    QCOMPARE(offsets, listed);
}

void ChangesCommandTest::ofARunningOctavo() {
    const auto running = run(file_);
    QVERIFY(running->document().overwrite(0, span("A")).ok());
    QVERIFY(running->write());
    const CliResult result = changes(file_);
    QCOMPARE(result.status, 0);
    QCOMPARE(changesIn(result).count('\n'), 1);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains("a running Octavo"),
             result.errors);
    // It goes on as if nobody had looked.
    QVERIFY(running->document().overwrite(5, span("F")).ok());
    QVERIFY(running->write());
    QCOMPARE(changesIn(changes(file_)).count('\n'), 2);
}

void ChangesCommandTest::anUntitledDocument() {
    auto left = run({});
    QVERIFY(left->document().insert(0, span("abc")).ok());
    QVERIFY(left->write());
    const std::string log = left->log();
    left.reset();
    const CliResult result = changes(log);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.output.contains(" of an untitled document\n"), result.output);
    QVERIFY2(changesIn(result).startsWith("0 inserted 0 3 - -> 616263; fits: "), result.output);
    QCOMPARE(changes(file_).status, 1);
}

// What was too long to be copied into the log, and is another file by now.
void ChangesCommandTest::contentThatIsGone() {
    const std::string other = folder_->write("other", someBytes(5000));
    auto left = run(file_, {.mostCopied = 100});
    Progress progress;
    const auto content = importFile(systemFileSystem(), other, progress, 100);
    QVERIFY(content.ok());
    QVERIFY(left->document().replace({3, 0}, *content).ok());
    QVERIFY(left->write());
    left.reset();
    const QByteArray first = someBytes(5000).left(32).toHex();
    const CliResult there = changes(file_);
    QVERIFY2(changesIn(there).startsWith("3 inserted 0 5000 - -> " + first + "...; fits: "),
             there.output);
    folder_->write("other", someBytes(6000, 2));
    const CliResult gone = changes(file_);
    QVERIFY2(changesIn(gone).startsWith("3 inserted 0 5000 - -> " + QByteArray("??").repeated(32) +
                                        "...; does not fit: it shows bytes of another file"),
             gone.output);
}

void ChangesCommandTest::longChangesAreCut() {
    auto left = run(file_);
    QVERIFY(left->document().setLength(kMaxLength).ok());
    QVERIFY(left->document().fill({0, Offset{1} << 40}, span("\xDE\xAD")).ok());
    QVERIFY(left->write());
    left.reset();
    const CliResult text = changes(file_);
    QCOMPARE(text.status, 0);
    QVERIFY2(text.output.contains(" -> " + QByteArray("dead").repeated(16) + "...; fits"),
             text.output);
    const QJsonArray json = jsonOf(changes(file_, {"--json"}));
    QVERIFY(!json.isEmpty());
    QCOMPARE(json[0]["after"].toString(), QString("dead").repeated(512));
    QCOMPARE(json[0]["afterCut"], QJsonValue(true));
    QCOMPARE(json[0]["beforeCut"], QJsonValue(false));
}

void ChangesCommandTest::noHome() {
    const CliResult result = runShell("env -u XDG_STATE_HOME -u HOME \"$CLI\" changes \"$1\"",
                                      {QString::fromStdString(file_)});
    QCOMPARE(result.status, 2);
    QVERIFY2(isOneErrorLine(result.errors) && result.errors.contains("XDG_STATE_HOME"),
             result.errors);
}

QTEST_GUILESS_MAIN(ChangesCommandTest)
#include "changes_command_test.moc"
