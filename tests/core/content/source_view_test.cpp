// Bytes that are looked at where they stand: when there is a view, and when it is no good any more.
#include "core/document/document.h"
#include "tests/support/test_folder.h"

#include <QtTest>

#include <algorithm>

#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

class SourceViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsTheFile();
    void notOverEdits();
    void notOverHoles();
    void notBeyondACut();
    void badAfter_data();
    void badAfter();

private:
    std::unique_ptr<TestFolder> folder_;
    std::string path_;
    QByteArray content_;
    std::unique_ptr<Document> document_;
};

void SourceViewTest::init() {
    document_.reset();
    folder_ = std::make_unique<TestFolder>();
    content_ = someBytes(300'000);
    path_ = folder_->write("file", content_);
    document_ = *Document::open(systemFileSystem(), path_);
    if (!document_->snapshot().view({0, 1000}))
        QSKIP("the file system of temporary files is not mapped");
}

void SourceViewTest::showsTheFile() {
    const Snapshot snapshot = document_->snapshot();
    for (const Extent part :
         {Extent{0, 300'000}, Extent{1, 4095}, Extent{4097, 1}, Extent{299'999, 1}}) {
        const auto view = snapshot.view(part);
        QVERIFY(view);
        QVERIFY(std::ranges::equal(view->bytes(), span(content_.mid(part.offset, part.length))));
        QVERIFY(view->isGood());
    }
    QVERIFY(!snapshot.view({300'000, 0}));
}

void SourceViewTest::notOverEdits() {
    QVERIFY(document_->overwrite(1000, span("abc")).ok());
    const Snapshot snapshot = document_->snapshot();
    QVERIFY(snapshot.view({0, 1000}));
    QVERIFY(!snapshot.view({0, 1001}));
    QVERIFY(!snapshot.view({1000, 4}));
    QVERIFY(snapshot.view({1003, 1000}));
}

void SourceViewTest::notOverHoles() {
    QCOMPARE(::truncate(path_.c_str(), 1 << 20), 0);
    document_ = *Document::open(systemFileSystem(), path_);
    const Snapshot snapshot = document_->snapshot();
    QVERIFY(snapshot.view({0, 1000}));
    QVERIFY(!snapshot.view({600'000, 1000}));
}

void SourceViewTest::notBeyondACut() {
    QCOMPARE(::truncate(path_.c_str(), 10'000), 0);
    QVERIFY(!document_->snapshot().view({9'000, 1001}));
    QVERIFY(document_->snapshot().view({9'000, 1000}));
}

void SourceViewTest::badAfter_data() {
    QTest::addColumn<QString>("event");
    for (const char* event : {"cut", "written by another", "saved"})
        QTest::newRow(event) << QString(event);
}

void SourceViewTest::badAfter() {
    QFETCH(QString, event);
    const Snapshot snapshot = document_->snapshot();
    const auto view = snapshot.view({100'000, 100'000});
    QVERIFY(view && view->isGood());
    if (event == "cut") {
        QCOMPARE(::truncate(path_.c_str(), 120'000), 0);
        // To look is no crash, whatever it shows.
        QVERIFY(std::ranges::count(view->bytes(), Byte{1}) >= 0);
    } else if (event == "saved") {
        QVERIFY(document_->overwrite(150'000, span("abc")).ok());
        const auto save = document_->prepareFlush();
        Progress progress;
        QVERIFY(save.ok() && (*save)->run(progress).ok());
        document_->finishFlush(**save);
    } else {
        QTest::qSleep(20);  // the clock of file times is coarse
        QFile file(QString::fromStdString(path_));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(150'000) && file.write("abc") == 3);
    }
    QVERIFY(!view->isGood());
}

QTEST_GUILESS_MAIN(SourceViewTest)
#include "source_view_test.moc"
