// A story on a real X display: a file dragged from another program on to the window of the real
// one, edited with keys that come from outside, looked at in the list of changes, and flushed.
//
// The other program is this test itself, started with kSourceMode.
#include "tests/app/own_desktop.h"
#include "tests/support/patience.h"

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTest>
#include <QUrl>
#include <QWidget>

#include <cstdio>

using octavo::test::OwnDesktop;
using octavo::test::ProcessGroup;
using octavo::test::TestFolder;

namespace {

const char* const kSourceMode = "--drag-source";
// Beside the first window of Octavo, which stands in the upper left corner.
constexpr QRect kSourcePlace(1100, 100, 150, 150);
constexpr QPoint kDropPlace(500, 400);
constexpr int kMomentMs = 500;

// ---- What a file is dragged from

void say(const QByteArray& line) {
    std::puts(line.constData());
    std::fflush(stdout);
}

/// Drags the file when the mouse moves with its button held, and tells what it sees of that.
class DragSource final : public QWidget {
public:
    explicit DragSource(QString file) : file_(std::move(file)) {
        setWindowFlag(Qt::FramelessWindowHint);
        setGeometry(kSourcePlace);
    }

protected:
    void mousePressEvent(QMouseEvent*) override { say("pressed"); }
    void mouseMoveEvent(QMouseEvent* event) override {
        if ((event->buttons() & Qt::LeftButton) == 0)
            return;
        auto* const content = new QMimeData;
        content->setUrls({QUrl::fromLocalFile(file_)});
        auto* const drag = new QDrag(this);
        drag->setMimeData(content);
        connect(drag, &QDrag::actionChanged, this, [](Qt::DropAction action) {
            say(action == Qt::IgnoreAction ? "refused" : "accepted");
        });
        say("dragging");
        say(drag->exec(Qt::CopyAction) == Qt::CopyAction ? "dropped" : "lost");
    }

private:
    QString file_;
};

int dragFrom(int argc, char** argv) {
    const QApplication application(argc, argv);
    DragSource source(QFile::decodeName(argv[2]));
    source.setWindowTitle(QStringLiteral("Drag source"));
    source.show();
    return QApplication::exec();
}

// ---- What is done from outside

/// What is missing here for the test; empty where nothing is.
QString missing() {
    for (const char* program : {"Xvfb", "xdotool"})
        if (QStandardPaths::findExecutable(program).isEmpty())
            return QString("there is no ") + program;
    return {};
}

/// The hands and eyes of a user: what xdotool does and sees.
class User {
public:
    explicit User(OwnDesktop& desktop) : desktop_(desktop) {}

    bool moveTo(const QPoint& place) const {
        return desktop_.does("xdotool", {"mousemove", "--sync", QString::number(place.x()),
                                         QString::number(place.y())});
    }
    bool press() const { return desktop_.does("xdotool", {"mousedown", "1"}); }
    bool release() const { return desktop_.does("xdotool", {"mouseup", "1"}); }
    bool keys(const QStringList& keys) const {
        return desktop_.does("xdotool", QStringList{"key"} + keys);
    }

    /// Waits until a window with that title is seen.
    QString window(const QString& title) const {
        return desktop_.answer("xdotool",
                               {"search", "--sync", "--onlyvisible", "--name", "^" + title + "$"});
    }
    QString title(const QString& window) const {
        return QString::fromUtf8(desktop_.answer("xdotool", {"getwindowname", window}));
    }
    bool giveKeyboard(const QString& window) const {
        return desktop_.does("xdotool", {"windowfocus", "--sync", window});
    }

private:
    OwnDesktop& desktop_;
};

}  // namespace

class XcbStoryTest : public QObject {
    Q_OBJECT

private slots:
    void droppedEditedRevertedFlushed();
};

void XcbStoryTest::droppedEditedRevertedFlushed() {
    const QString reason = missing();
    if (!reason.isEmpty())
        QSKIP(qPrintable(reason));
    OwnDesktop desktop;
    const QString failure = desktop.start();
    if (!failure.isEmpty())
        QSKIP(qPrintable(failure));
    const User user(desktop);

    // A name that does not travel in an address as it is.
    const QByteArray original = octavo::test::someBytes(100'000);
    const std::string file = desktop.folder().write("Säge 100%25.bin", original);
    const QString unchanged = "Säge 100%25.bin - Octavo";
    const QString changed = "Säge 100%25.bin* - Octavo";
    ProcessGroup& program = desktop.run(OCTAVO_PROGRAM, {});
    ProcessGroup& source = desktop.run(QCoreApplication::applicationFilePath(),
                                       {kSourceMode, QString::fromStdString(file)});
    const QString window = user.window("Octavo");
    QVERIFY2(!window.isEmpty(), program.errors());
    QVERIFY2(!user.window("Drag source").isEmpty(), source.errors());

    // Drag: the source tells when the window under the mouse would take the file.
    QVERIFY(user.moveTo(kSourcePlace.center()));
    QVERIFY(user.press());
    QCOMPARE(source.line(), QByteArray("pressed"));
    QVERIFY(user.moveTo(kSourcePlace.center() + QPoint(30, 30)));
    QCOMPARE(source.line(), QByteArray("dragging"));
    QByteArray told;
    for (int step = 0; told != "accepted" && step < 100; ++step) {
        QVERIFY(user.moveTo(kDropPlace + QPoint(step % 2, 0)));
        while (told != "accepted" && source.hasLine())
            told = source.line();
    }
    QCOMPARE(told, QByteArray("accepted"));
    QVERIFY(user.release());
    QCOMPARE(source.line(), QByteArray("dropped"));
    QTRY_COMPARE(user.title(window), unchanged);

    // Edit: two bytes at the start, a change that the file does not know of.
    QVERIFY(user.giveKeyboard(window));
    QVERIFY(user.keys({"4", "a", "4", "b"}));
    QTRY_COMPARE(user.title(window), changed);
    QCOMPARE(TestFolder::read(file), original);

    // The list of changes: the only one is reverted there as soon as its row has come, and undone.
    QVERIFY(user.keys({"ctrl+shift+d"}));
    const auto isReverted = [&] { return user.title(window) == unchanged; };
    for (int tries = 0; tries < 20; ++tries) {
        QVERIFY(user.keys({"Down", "Delete"}));
        if (QTest::qWaitFor(isReverted, kMomentMs))
            break;
    }
    QVERIFY(isReverted());
    QVERIFY(user.keys({"Escape", "ctrl+z"}));
    QTRY_COMPARE(user.title(window), changed);
    QCOMPARE(TestFolder::read(file), original);

    // Flush.
    QVERIFY(user.keys({"ctrl+s"}));
    QTRY_COMPARE(user.title(window), unchanged);
    QByteArray edited = original;
    edited.replace(0, 2, QByteArray::fromHex("4a4b"));
    QVERIFY(TestFolder::read(file) == edited);

    QVERIFY(user.keys({"ctrl+q"}));
    QVERIFY2(program.endsWell(), program.errors());
}

int main(int argc, char** argv) {
    if (argc == 3 && qstrcmp(argv[1], kSourceMode) == 0)
        return dragFrom(argc, argv);
    const QCoreApplication application(argc, argv);
    XcbStoryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "xcb_story_test.moc"
