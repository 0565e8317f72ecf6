#include "tests/app/left_behind_log.h"
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"

using namespace octavo;
using app::ActionId;
using core::Bytes;
using core::Document;
using octavo::test::leaveBehind;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

namespace {

/// The fixture's folder of logs and a file with something left behind of it.
struct Left {
    explicit Left(const QByteArray& content = "0123456789") {
        path = fixture.folder.write("a.bin", content);
    }
    std::string leave(const std::function<void(Document&)>& edit, bool reviewed = true) const {
        return leaveBehind(fixture.environment.recoveryFolder, path, edit, reviewed);
    }
    /// The offers that stand in bars, one a line.
    QString offers() {
        QStringList texts;
        for (const ui::MessageBar* const bar : fixture.window->findChildren<ui::MessageBar*>())
            if (bar->isVisible())
                texts << bar->text();
        return texts.join(QLatin1Char('\n'));
    }
    QStringList links() {
        QStringList texts;
        for (const QAbstractButton* const button : fixture.window->findChildren<QAbstractButton*>())
            if (qobject_cast<ui::MessageBar*>(button->parentWidget()) && button->isVisible() &&
                !button->text().isEmpty())
                texts << button->text();
        return texts;
    }
    /// Whole ones: a log that is begun anew is made aside.
    QStringList logs() const {
        return QDir(QString::fromStdString(fixture.environment.recoveryFolder))
            .entryList({QStringLiteral("*.log")}, QDir::Files);
    }

    WindowFixture fixture;
    std::string path;
};

void overwriteThree(Document& document) {
    QVERIFY(document.overwrite(1, Bytes{'A'}));
    QVERIFY(document.overwrite(4, Bytes{'B'}));
    QVERIFY(document.overwrite(7, Bytes{'C'}));
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private slots:
    void restored();
    void insertsAreRestoredToo();
    void discarded();
    void laterIsOfferedAgain();
    void closedUnansweredIsOfferedAgain();
    void nothingIsOfferedOfAWindowThatLives();
    void whatDoesNotFitIsTold_data();
    void whatDoesNotFitIsTold();
    void whatCannotBeToldIsAChoiceOfItsOwn();
    void notWhileSomethingIsPending();
    void theFileChangesWhileTheOfferStands();
    void aReadOnlyDocumentBecomesAPreview();
    void damagedLogsAreTold();
    void startOffersToOpenTheFile();
    void startOffersANewDocument();
    void startOffersAFewAtATime();
    void startDiscards();
    void startWithoutAnythingSaysNothing();
};

void RecoveryTest::restored() {
    Left left;
    left.leave(overwriteThree);
    QVERIFY(left.fixture.open(left.path));
    QTRY_COMPARE(left.offers(), "Octavo ended without saving 3 changes to a.bin.");
    QCOMPARE(left.links(), (QStringList{"Restore", "Discard", "Later"}));
    QCOMPARE(left.fixture.content(), QByteArray("0123456789"));
    QVERIFY(left.fixture.follow("Restore"));
    QCOMPARE(left.fixture.content(), QByteArray("0A23B56C89"));
    QCOMPARE(left.offers(), "");
    QVERIFY2(left.fixture.status().contains("3 changes pending, 3 bytes"),
             qPrintable(left.fixture.status()));
    QVERIFY2(left.fixture.status().contains("Restored: 3 changes"),
             qPrintable(left.fixture.status()));
    QCOMPARE(left.fixture.view().caret(), core::Offset{1});
    // The keyboard is in the grid; one Undo takes it back, and Redo brings it again.
    left.fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(left.fixture.content(), QByteArray("0123456789"));
    left.fixture.key(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(left.fixture.content(), QByteArray("0A23B56C89"));
    QVERIFY(left.fixture.flush());
    QCOMPARE(TestFolder::read(left.path), QByteArray("0A23B56C89"));
    QTRY_COMPARE(left.logs(), QStringList());
}

void RecoveryTest::insertsAreRestoredToo() {
    Left left;
    left.leave([](Document& document) {
        QVERIFY(document.insert(5, Bytes{'I', 'N'}));
        QVERIFY(document.erase({0, 2}));
    });
    QVERIFY(left.fixture.open(left.path));
    QTRY_VERIFY(left.offers().contains("2 changes"));
    QVERIFY(left.fixture.follow("Restore"));
    QCOMPARE(left.fixture.content(), QByteArray("234IN56789"));
    // The old log is replaced by one that says the same, which for a moment lies beside it.
    QVERIFY(ui::Job::waitAllIdle(std::chrono::milliseconds(test::kPatienceMs)));
    QCOMPARE(left.logs().size(), 1);
    left.fixture.dialogs.saveAnswer = left.fixture.folder.path("b.bin");
    left.fixture.run(ActionId::SaveAs);
    QTRY_COMPARE(left.logs(), QStringList());
    QCOMPARE(TestFolder::read(left.fixture.folder.path("b.bin")), QByteArray("234IN56789"));
}

void RecoveryTest::discarded() {
    Left left;
    left.leave(overwriteThree);
    QVERIFY(left.fixture.open(left.path));
    QTRY_VERIFY(!left.offers().isEmpty());
    QVERIFY(left.fixture.follow("Discard"));
    QTRY_COMPARE(left.logs(), QStringList());
    QCOMPARE(left.fixture.content(), QByteArray("0123456789"));
    QCOMPARE(left.offers(), "");
}

void RecoveryTest::laterIsOfferedAgain() {
    Left left;
    left.leave(overwriteThree);
    for (int i = 0; i < 2; ++i) {
        QVERIFY(left.fixture.open(left.path));
        QTRY_VERIFY(left.offers().contains("3 changes"));
        QVERIFY(left.fixture.follow("Later"));
        QCOMPARE(left.offers(), "");
        QCOMPARE(left.logs().size(), 1);
        // Another window on the same settings.
        delete left.fixture.window;
        left.fixture.window = left.fixture.showWindow();
    }
}

void RecoveryTest::closedUnansweredIsOfferedAgain() {
    Left left;
    left.leave(overwriteThree);
    QVERIFY(left.fixture.open(left.path));
    QTRY_VERIFY(!left.offers().isEmpty());
    delete left.fixture.window;
    left.fixture.window = left.fixture.showWindow();
    QVERIFY(left.fixture.open(left.path));
    QTRY_VERIFY(left.offers().contains("3 changes"));
}

void RecoveryTest::nothingIsOfferedOfAWindowThatLives() {
    Left left;
    QVERIFY(left.fixture.open(left.path));
    left.fixture.type("FF");
    QVERIFY(QTest::qWaitFor([&] { return left.logs().size() == 1; }, test::kPatienceMs));
    const QPointer<app::MainWindow> first = left.fixture.window;
    left.fixture.window = left.fixture.showWindow();
    QVERIFY(left.fixture.open(left.path));
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds{20}));
    QTest::qWait(20);
    QCOMPARE(left.offers(), "");
}

void RecoveryTest::whatDoesNotFitIsTold_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("links");
    QTest::newRow("one of three")
        << QByteArray(1000, '.').replace(500, 1, "#")
        << "Octavo ended without saving 3 changes to a.bin. 1 change cannot be restored, as the "
           "file there is not what it was."
        << QStringList{"Restore 2 changes", "Discard", "Later"};
    QTest::newRow("none") << QByteArray(100, '#')
                          << "Octavo ended without saving 3 changes to a.bin. The file is not what "
                             "it was, and nothing of that fits any more."
                          << QStringList{"Discard", "Later"};
}

void RecoveryTest::whatDoesNotFitIsTold() {
    QFETCH(QByteArray, now);
    QFETCH(QString, text);
    QFETCH(QStringList, links);
    Left left(QByteArray(1000, '.'));
    left.leave([](Document& document) {
        QVERIFY(document.overwrite(10, Bytes{'A'}));
        QVERIFY(document.overwrite(500, Bytes{'B'}));
        QVERIFY(document.overwrite(900, Bytes{'C'}));
    });
    left.fixture.folder.write("a.bin", now);
    QVERIFY(left.fixture.open(left.path));
    QTRY_COMPARE(left.offers(), text);
    QCOMPARE(left.links(), links);
    if (links[0] == "Discard")
        return;
    QVERIFY(left.fixture.follow(links[0]));
    QCOMPARE(left.fixture.content(), now.replace(10, 1, "A").replace(900, 1, "C"));
}

void RecoveryTest::whatCannotBeToldIsAChoiceOfItsOwn() {
    Left left(QByteArray(1000, '.'));
    left.leave(overwriteThree, false);
    left.fixture.folder.write("a.bin", QByteArray(999, '.') + '#');
    QVERIFY(left.fixture.open(left.path));
    QTRY_COMPARE(left.offers(),
                 "Octavo ended without saving 3 changes to a.bin. Of 3 changes it cannot be told "
                 "whether the file there is what it was.");
    QCOMPARE(left.links(), (QStringList{"Restore 3 changes all the same", "Discard", "Later"}));
    QVERIFY(left.fixture.follow("Restore 3 changes all the same"));
    QVERIFY(left.fixture.content().startsWith(".A..B..C.."));
}

void RecoveryTest::notWhileSomethingIsPending() {
    Left left;
    left.leave(overwriteThree);
    QVERIFY(left.fixture.open(left.path));
    QTRY_VERIFY(!left.offers().isEmpty());
    left.fixture.view().setFocus();
    left.fixture.type("FF");
    QVERIFY(left.fixture.follow("Restore"));
    QCOMPARE(left.fixture.content(), QByteArray("\xFF"
                                                "123456789"));
    QVERIFY2(left.fixture.message("refused").contains("pending changes"),
             qPrintable(left.fixture.message("refused")));
    // It is still there to be had.
    QVERIFY(left.offers().contains("3 changes"));
    left.fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(left.fixture.follow("Restore"));
    QCOMPARE(left.fixture.content(), QByteArray("0A23B56C89"));
}

void RecoveryTest::theFileChangesWhileTheOfferStands() {
    Left left(QByteArray(1000, '.'));
    left.leave(overwriteThree);
    QVERIFY(left.fixture.open(left.path));
    QTRY_COMPARE(left.links(), (QStringList{"Restore", "Discard", "Later"}));
    left.fixture.folder.write("a.bin", QByteArray(1000, '#'));
    QTRY_COMPARE(left.fixture.document().document().outsideEvent(), core::FileEvent::Written);
    QVERIFY(left.fixture.follow("Restore"));
    QTRY_VERIFY2(left.offers().contains("nothing of that fits"), qPrintable(left.offers()));
    QVERIFY(!left.fixture.document().document().isModified());
}

void RecoveryTest::aReadOnlyDocumentBecomesAPreview() {
    Left left;
    left.leave(overwriteThree);
    QVERIFY(left.fixture.open(left.path, true));
    QTRY_VERIFY(!left.offers().isEmpty());
    QVERIFY(left.fixture.follow("Restore"));
    QCOMPARE(left.fixture.content(), QByteArray("0A23B56C89"));
    QVERIFY(left.fixture.status().contains("Preview"));
}

void RecoveryTest::damagedLogsAreTold() {
    Left left;
    const QString log = QString::fromStdString(left.leave(overwriteThree));
    QVERIFY(QFile::resize(log, QFileInfo(log).size() - 1));
    QVERIFY(left.fixture.open(left.path));
    QTRY_COMPARE(left.offers(), "Octavo ended without saving changes to a.bin, and what it kept of "
                                "them cannot be read: it is damaged.");
    QCOMPARE(left.links(), (QStringList{"Discard", "Later"}));
}

void RecoveryTest::startOffersToOpenTheFile() {
    Left left;
    left.leave(overwriteThree);
    left.fixture.window->offerUnsaved();
    const QString folder = QString::fromStdString(left.path).section('/', 0, -2) + '/';
    QTRY_COMPARE(left.offers(),
                 QString("Octavo ended without saving 3 changes to a.bin in %1.").arg(folder));
    QCOMPARE(left.links(), (QStringList{"Open a.bin", "Discard", "Later"}));
    QVERIFY(left.fixture.follow("Open a.bin"));
    QTRY_COMPARE(left.offers(), "Octavo ended without saving 3 changes to a.bin.");
    QVERIFY(left.fixture.follow("Restore"));
    QCOMPARE(left.fixture.content(), QByteArray("0A23B56C89"));
}

void RecoveryTest::startOffersANewDocument() {
    Left left;
    leaveBehind(left.fixture.environment.recoveryFolder, {}, [](Document& document) {
        QVERIFY(document.insert(0, Bytes{'n', 'e', 'w'}));
    });
    left.fixture.window->offerUnsaved();
    QTRY_COMPARE(left.offers(), "Octavo ended without saving a new document of 3 bytes.");
    QCOMPARE(left.links(), (QStringList{"Restore", "Discard", "Later"}));
    QVERIFY(left.fixture.follow("Restore"));
    QTRY_VERIFY(left.fixture.window->document() != nullptr);
    QCOMPARE(left.fixture.content(), QByteArray("new"));
    QVERIFY(left.fixture.window->windowTitle().contains("Untitled"));
    QVERIFY(left.fixture.window->isWindowModified());
    left.fixture.dialogs.saveAnswer = left.fixture.folder.path("new.bin");
    QVERIFY(left.fixture.flush());
    QCOMPARE(TestFolder::read(left.fixture.folder.path("new.bin")), QByteArray("new"));
    QTRY_COMPARE(left.logs(), QStringList());
}

void RecoveryTest::startOffersAFewAtATime() {
    Left left;
    for (int i = 0; i < 5; ++i)
        leaveBehind(left.fixture.environment.recoveryFolder,
                    left.fixture.folder.write(qPrintable(QString("%1.bin").arg(i)), "0123456789"),
                    overwriteThree);
    left.fixture.window->offerUnsaved();
    for (int answered = 0; answered < 5; ++answered) {
        const auto bars = qsizetype(std::min(3, 5 - answered));
        QTRY_COMPARE(left.offers().count("3 changes"), bars);
        QVERIFY(left.fixture.follow("Later"));
    }
    QCOMPARE(left.offers(), "");
    QCOMPARE(left.logs().size(), 5);
}

void RecoveryTest::startDiscards() {
    Left left;
    left.leave(overwriteThree);
    left.fixture.window->offerUnsaved();
    QTRY_VERIFY(!left.offers().isEmpty());
    QVERIFY(left.fixture.follow("Discard"));
    QTRY_COMPARE(left.logs(), QStringList());
    QCOMPARE(left.offers(), "");
}

void RecoveryTest::startWithoutAnythingSaysNothing() {
    Left left;
    left.fixture.window->offerUnsaved();
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds{20}));
    QTest::qWait(20);
    QCOMPARE(left.offers(), "");
}

QTEST_MAIN(RecoveryTest)
#include "recovery_test.moc"
