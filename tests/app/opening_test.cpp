#include "tests/app/window_fixture.h"
#include "tests/support/passing_file_system.h"
#include "tests/support/patience.h"
#include "tests/support/ui/gated_file_system.h"

#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <sys/stat.h>
#include <unistd.h>

using namespace octavo;
using app::ActionId;
using octavo::test::Gate;
using octavo::test::WindowFixture;

namespace {

/// The real file system, but opening a file whose path ends with `end` waits while the gate is
/// closed.
class StuckOpening final : public test::PassingFileSystem {
public:
    explicit StuckOpening(std::shared_ptr<Gate> gate, std::string end = {})
        : gate_(std::move(gate)), end_(std::move(end)) {}

    core::Result<std::shared_ptr<core::File>> open(const std::string& path,
                                                   core::OpenMode mode) override {
        wait(path);
        return PassingFileSystem::open(path, mode);
    }
    core::Result<core::FileInfo> info(const std::string& path) override {
        wait(path);
        return PassingFileSystem::info(path);
    }

private:
    void wait(const std::string& path) {
        if (path.ends_with(end_))
            gate_->pass();
    }

    std::shared_ptr<Gate> gate_;
    std::string end_;
};

/// Nobody's rights while it lives, as root may read everything.
class WithoutRoot {
public:
    WithoutRoot() : wasRoot_(::geteuid() == 0) {
        if (wasRoot_ && ::seteuid(65534) != 0)
            qFatal("cannot give root up");
    }
    ~WithoutRoot() {
        if (wasRoot_ && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }

private:
    bool wasRoot_;
};

void drop(QWidget* target, const QList<QUrl>& urls) {
    QMimeData data;
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
}

}  // namespace

class OpeningTest : public QObject {
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void failures_data();
    void failures();
    void unreadableFile();
    void eachFailureIsTold();
    void failureLeavesTheOpenDocument();
    void secondFileGetsItsOwnTab();
    void openDialogOpensSeveral();
    void tabsStandAsTheyWereWanted_data();
    void tabsStandAsTheyWereWanted();
    void goToOnOpening_data();
    void goToOnOpening();
    void readOnlyOnOpening();
    void drops_data();
    void drops();
    void dropOfANameThatIsNoText();
    void recentFiles();
    void stuckDiskLeavesTheWindowAlive();
    void reloadKeepsWhatWasDoneMeanwhile_data();
    void reloadKeepsWhatWasDoneMeanwhile();
};

void OpeningTest::names_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("plain") << QByteArray("plain.bin");
    QTest::newRow("newline") << QByteArray("two\nlines");
    QTest::newRow("like an option") << QByteArray("--shot");
    QTest::newRow("colon") << QByteArray("file:12");
    QTest::newRow("markup") << QByteArray("<b>bold<br>");
    QTest::newRow("modified sign") << QByteArray("odd[*].bin");
    QTest::newRow("ampersand") << QByteArray("this & that");
    QTest::newRow("Cyrillic") << QByteArray("\xD0\xB6.bin");
    QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE.bin");
}

void OpeningTest::names() {
    QFETCH(QByteArray, name);
    WindowFixture fixture;
    // Written through the system, as Qt knows no names that are not text.
    const std::string path = fixture.folder.path("") + "/" + name.toStdString();
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    QVERIFY(file != nullptr);
    std::fputs("content", file);
    std::fclose(file);
    QVERIFY(fixture.open(path));
    QVERIFY2(fixture.window->document() != nullptr, qPrintable(fixture.window->openFault()));
    QCOMPARE(fixture.content(), QByteArray("content"));
    QVERIFY(!fixture.window->windowTitle().contains(QLatin1Char('\n')));
    fixture.type("00");
    QVERIFY(fixture.flush());
    std::FILE* const written = std::fopen(path.c_str(), "rb");
    QVERIFY(written != nullptr);
    QCOMPARE(std::fgetc(written), 0);
    std::fclose(written);
    // Not left to the folder, as Qt cannot remove names that are not text.
    QCOMPARE(std::remove(path.c_str()), 0);
}

void OpeningTest::failures_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing") << "missing"
                             << "no such file";
    QTest::newRow("folder") << "folder"
                            << "folder";
    QTest::newRow("FIFO") << "fifo"
                          << "FIFO";
    QTest::newRow("device") << "device"
                            << "device";
    QTest::newRow("below a file") << "below"
                                  << "no folder";
}

void OpeningTest::failures() {
    QFETCH(QString, kind);
    QFETCH(QString, reason);
    WindowFixture fixture;
    std::string path = fixture.folder.path("thing");
    if (kind == "folder")
        QCOMPARE(::mkdir(path.c_str(), 0700), 0);
    else if (kind == "fifo")
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    else if (kind == "device")
        path = "/dev/null";
    else if (kind == "below")
        path = fixture.folder.write("thing", "x") + "/more";
    QVERIFY(fixture.open(path));
    QVERIFY(fixture.window->document() == nullptr);
    const QString message = fixture.openMessages();
    QVERIFY2(message.contains(reason), qPrintable(message));
    QVERIFY2(message.contains(QString::fromStdString(path)), qPrintable(message));
    QCOMPARE(fixture.window->openFault(), message);
    QVERIFY(fixture.settings.recentFiles().empty());
}

void OpeningTest::unreadableFile() {
    WindowFixture fixture;
    const std::string path = fixture.folder.write("secret", "x");
    QCOMPARE(::chmod(fixture.folder.path("").c_str(), 0755), 0);
    QCOMPARE(::chmod(path.c_str(), 0), 0);
    const WithoutRoot nobody;
    QVERIFY(fixture.open(path));
    QVERIFY2(fixture.openMessages().contains("not permitted"), qPrintable(fixture.openMessages()));
}

void OpeningTest::eachFailureIsTold() {
    WindowFixture fixture;
    fixture.dialogs.openAnswer = {fixture.folder.path("one"), fixture.folder.path("two")};
    fixture.run(ActionId::Open);
    QTRY_VERIFY(fixture.window->isSettled());
    QVERIFY2(fixture.openMessages().contains("one"), qPrintable(fixture.openMessages()));
    QVERIFY2(fixture.openMessages().contains("two"), qPrintable(fixture.openMessages()));
    // What works the next time takes away its own.
    fixture.folder.write("one", "0123");
    QVERIFY(fixture.open(fixture.folder.path("one")));
    QVERIFY(!fixture.openMessages().contains("one"));
    QVERIFY(fixture.openMessages().contains("two"));
}

void OpeningTest::failureLeavesTheOpenDocument() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    QVERIFY(fixture.open(fixture.folder.path("missing")));
    QVERIFY(!fixture.openMessages().isEmpty());
    QCOMPARE(fixture.content(), QByteArray("0123"));
    QCOMPARE(WindowFixture::windows().size(), std::size_t{1});
}

void OpeningTest::secondFileGetsItsOwnTab() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    QVERIFY(fixture.open(fixture.folder.write("b.bin", "4567")));
    QCOMPARE(WindowFixture::windows().size(), std::size_t{1});
    QCOMPARE(fixture.window->tabs().all().size(), std::size_t{2});
    QCOMPARE(fixture.content(), QByteArray("4567"));
}

void OpeningTest::openDialogOpensSeveral() {
    WindowFixture fixture;
    fixture.dialogs.openAnswer = {fixture.folder.write("a.bin", "0123"),
                                  fixture.folder.write("b.bin", "4567"),
                                  fixture.folder.write("c.bin", "89")};
    fixture.key(Qt::Key_O, Qt::ControlModifier);
    QTRY_COMPARE(fixture.window->tabs().all().size(), std::size_t{3});
    QCOMPARE(WindowFixture::windows().size(), std::size_t{1});
}

void OpeningTest::tabsStandAsTheyWereWanted_data() {
    QTest::addColumn<std::string>("slow");
    QTest::addColumn<QString>("currentBefore");
    QTest::newRow("the first") << std::string("one") << "three";
    QTest::newRow("in the middle") << std::string("two") << "three";
    QTest::newRow("the last") << std::string("three") << "two";
}

/// However fast each of them opens.
void OpeningTest::tabsStandAsTheyWereWanted() {
    QFETCH(std::string, slow);
    QFETCH(QString, currentBefore);
    const auto gate = std::make_shared<Gate>();
    StuckOpening disk(gate, "/" + slow);
    WindowFixture fixture(disk);
    gate->close();
    for (const char* const name : {"one", "two", "three"})
        fixture.window->open({fixture.folder.write(name, name), "1", false});
    QTRY_COMPARE(fixture.window->tabs().all().size(), std::size_t{2});
    const auto current = [&] {
        return QString(fixture.window->windowTitle()).section("[*]", 0, 0);
    };
    QCOMPARE(current(), currentBefore);
    gate->open();
    QTRY_COMPARE(fixture.window->tabs().all().size(), std::size_t{3});
    QStringList names;
    for (app::OpenDocument* const document : fixture.window->tabs().all()) {
        names << QString::fromStdString(document->document().path()).section('/', -1);
        QCOMPARE(document->view().caret(), core::Offset{1});
    }
    QCOMPARE(names, (QStringList{"one", "two", "three"}));
    QCOMPARE(current(), QString("three"));
}

void OpeningTest::goToOnOpening_data() {
    QTest::addColumn<QString>("goTo");
    QTest::addColumn<core::Offset>("caret");
    QTest::addColumn<bool>("told");
    QTest::newRow("hexadecimal") << "0x10" << core::Offset{16} << false;
    QTest::newRow("percent") << "50%" << core::Offset{500} << false;
    QTest::newRow("end") << "end" << core::Offset{1000} << false;
    QTest::newRow("beyond") << "5000" << core::Offset{0} << true;
    QTest::newRow("nonsense") << "here" << core::Offset{0} << true;
}

void OpeningTest::goToOnOpening() {
    QFETCH(QString, goTo);
    QFETCH(core::Offset, caret);
    QFETCH(bool, told);
    WindowFixture fixture;
    fixture.window->open({fixture.folder.write("a.bin", test::someBytes(1000)), goTo, false});
    QTRY_VERIFY(fixture.window->document() != nullptr);
    QCOMPARE(fixture.view().caret(), caret);
    QCOMPARE(!fixture.message("go to").isEmpty(), told);
}

void OpeningTest::readOnlyOnOpening() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123", true);
    QVERIFY(fixture.status().contains("Read-only"));
    QVERIFY(fixture.window->action(ActionId::ReadOnly)->isChecked());
    fixture.type("FF");
    QCOMPARE(fixture.content(), QByteArray("0123"));
    QVERIFY2(fixture.message("refused").contains("read-only"),
             qPrintable(fixture.message("refused")));
    QVERIFY(fixture.follow("Switch to Preview"));
    QVERIFY(fixture.message("refused").isEmpty());
    QVERIFY(fixture.view().hasFocus());
    fixture.type("FF");
    QCOMPARE(fixture.content(), QByteArray("\xFF\x31\x32\x33"));

    // Back is not possible before the change is written or reverted.
    fixture.run(ActionId::ReadOnly);
    QVERIFY(fixture.window->action(ActionId::Preview)->isChecked());
    QVERIFY(fixture.status().contains("Preview"));
    QVERIFY(fixture.follow("Write them"));
    QTRY_COMPARE(test::TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    fixture.run(ActionId::ReadOnly);
    QVERIFY(fixture.status().contains("Read-only"));
}

void OpeningTest::drops_data() {
    QTest::addColumn<int>("files");
    QTest::addColumn<bool>("withWebAddress");
    QTest::newRow("one") << 1 << false;
    QTest::newRow("three") << 3 << false;
    QTest::newRow("one beside a web address") << 1 << true;
    QTest::newRow("only a web address") << 0 << true;
}

void OpeningTest::drops() {
    QFETCH(int, files);
    QFETCH(bool, withWebAddress);
    WindowFixture fixture;
    QList<QUrl> urls;
    for (int i = 0; i < files; ++i) {
        const QByteArray name = "dropped " + QByteArray::number(i) + " %#?.bin";
        urls << QUrl::fromLocalFile(
            QString::fromStdString(fixture.folder.write(name.constData(), "x")));
    }
    if (withWebAddress)
        urls << QUrl("https://example.org/x.bin");
    drop(fixture.window, urls);
    QTRY_COMPARE(fixture.settings.recentFiles().size(), static_cast<std::size_t>(files));
    QTRY_COMPARE(fixture.window->tabs().all().size(), static_cast<std::size_t>(files));
    QCOMPARE(fixture.window->document() != nullptr, files > 0);
}

void OpeningTest::dropOfANameThatIsNoText() {
    WindowFixture fixture;
    const std::string path = fixture.folder.write("odd \xFF\xC3%41.bin", "0123");
    drop(fixture.window,
         {QUrl::fromEncoded("file://" + QByteArray::fromStdString(path).toPercentEncoding("/"))});
    QTRY_VERIFY(fixture.window->isSettled());
    QVERIFY2(fixture.window->document() != nullptr, qPrintable(fixture.openMessages()));
    QCOMPARE(fixture.document().document().path(), path);
}

void OpeningTest::recentFiles() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a & b.bin", "0123");
    fixture.window->close();
    QTRY_VERIFY(!fixture.window);
    fixture.window = fixture.showWindow();

    QMenu* recent = nullptr;
    for (QMenu* const menu : fixture.window->findChildren<QMenu*>())
        if (menu->title().contains("recent"))
            recent = menu;
    QVERIFY(recent != nullptr);
    emit recent->aboutToShow();
    QCOMPARE(recent->actions().size(), 3);
    QVERIFY(recent->actions().at(0)->text().contains("a && b.bin"));
    recent->actions().at(0)->trigger();
    QTRY_VERIFY(fixture.window->document() != nullptr);
    QCOMPARE(fixture.document().document().path(), path);

    fixture.run(ActionId::ClearRecent);
    emit recent->aboutToShow();
    QVERIFY(fixture.settings.recentFiles().empty());
    QVERIFY(!recent->actions().at(0)->isEnabled());
}

void OpeningTest::stuckDiskLeavesTheWindowAlive() {
    auto gate = std::make_shared<Gate>();
    StuckOpening disk(gate);
    WindowFixture fixture(disk);
    const std::string path = fixture.folder.write("a.bin", "0123");
    gate->close();
    fixture.window->open({path, {}, false});
    // After a while the window says what it waits for, and offers to give up.
    auto* const indicator = fixture.window->findChild<ui::JobIndicator*>();
    QTRY_VERIFY(indicator->isVisible());
    QVERIFY(!fixture.window->isSettled());
    QTest::mouseClick(indicator->findChild<QAbstractButton*>(), Qt::LeftButton);
    QVERIFY(fixture.window->isSettled());
    QVERIFY(fixture.window->findChild<ui::EmptyState*>()->isVisible());
    QVERIFY(fixture.openMessages().isEmpty());

    // The stuck one holds nobody up: not the next file, not the end.
    gate->open();
    QVERIFY(fixture.open(path));
    QCOMPARE(fixture.content(), QByteArray("0123"));
    gate->close();
    fixture.window->open({path, {}, false});
    fixture.window->close();
    QTRY_VERIFY(!fixture.window);
    gate->open();
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

void OpeningTest::reloadKeepsWhatWasDoneMeanwhile_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << "" << QByteArray("4567");
    QTest::newRow("a byte") << "FF" << QByteArray("\xFF\x31\x32\x33");
}

void OpeningTest::reloadKeepsWhatWasDoneMeanwhile() {
    QFETCH(QString, typed);
    QFETCH(QByteArray, content);
    auto gate = std::make_shared<Gate>();
    StuckOpening disk(gate);
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.folder.write("a.bin.new", "4567");
    QCOMPARE(std::rename((path + ".new").c_str(), path.c_str()), 0);
    gate->close();
    emit fixture.document().reloadWanted();
    QVERIFY(!fixture.window->isSettled());
    fixture.type(typed);
    const QPointer<app::OpenDocument> before(&fixture.document());
    gate->open();
    QTRY_VERIFY(fixture.window->isSettled());
    QCOMPARE(fixture.content(), content);
    QCOMPARE(&fixture.document() == before, !typed.isEmpty());
    if (typed.isEmpty())
        return;
    QVERIFY2(fixture.message("outside").contains("changed here meanwhile"),
             qPrintable(fixture.message("outside")));
    // Asked once more, the user agrees to lose it.
    fixture.dialogs.discardAnswer = true;
    QVERIFY(fixture.follow("Reload"));
    QTRY_COMPARE(fixture.content(), QByteArray("4567"));
}

QTEST_MAIN(OpeningTest)
#include "opening_test.moc"
