// The program as an assistive technology finds it: on an X display and buses of the test's own,
// asked from outside through AT-SPI.
#include "tests/app/own_desktop.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using octavo::test::OwnDesktop;
using octavo::test::ProcessGroup;

namespace {

const QString kPython = QStringLiteral("/usr/bin/python3");  // for which the packages are
const QString kProbe = QStringLiteral(OCTAVO_SOURCE_DIR "/tests/app/at_spi_probe.py");

/// The session's bus, and the bus of the assistive programs. Why they could not be started; empty
/// where they run.
QString startBuses(OwnDesktop& desktop) {
    ProcessGroup& bus = desktop.run("dbus-daemon", {"--session", "--nofork", "--print-address=1"});
    const QByteArray address = bus.line();
    if (address.isEmpty())
        return "dbus-daemon does not start: " + bus.errors();
    desktop.environment().insert("DBUS_SESSION_BUS_ADDRESS", address);
    // The bus starts at-spi-bus-launcher, which answers with the other bus.
    ProcessGroup& launcher =
        desktop.run("dbus-send", {"--session", "--print-reply=literal", "--dest=org.a11y.Bus",
                                  "/org/a11y/bus", "org.a11y.Bus.GetAddress"});
    if (launcher.line().isEmpty())
        return "at-spi-bus-launcher does not start: " + launcher.errors();
    return {};
}

/// What is missing here for the test; empty where nothing is.
QString missing() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return "the release build is asked: under a sanitizer the answers take too long";
#endif
    for (const char* program : {"Xvfb", "dbus-daemon", "dbus-send", "xdotool"})
        if (QStandardPaths::findExecutable(program).isEmpty())
            return QString("there is no ") + program;
    const QString needed = "import gi; gi.require_version('Atspi', '2.0')\n"
                           "from gi.repository import Atspi";
    if (QProcess::execute(kPython, {"-c", needed}) != 0)
        return "Python has no Atspi (python3-gi, gir1.2-atspi-2.0)";
    const QString service = "dbus-1/services/org.a11y.Bus.service";
    if (QStandardPaths::locate(QStandardPaths::GenericDataLocation, service).isEmpty())
        return "there is no at-spi-bus-launcher (at-spi2-core)";
    return {};
}

QJsonObject answer(ProcessGroup& probe) {
    return QJsonDocument::fromJson(probe.line()).object();
}

}  // namespace

class AtSpiTest : public QObject {
    Q_OBJECT

private slots:
    void gridIsSeenFromOutside();
};

void AtSpiTest::gridIsSeenFromOutside() {
    const QString reason = missing();
    if (!reason.isEmpty())
        QSKIP(qPrintable(reason));
    OwnDesktop desktop;
    desktop.environment().remove("AT_SPI_BUS_ADDRESS");
    desktop.environment().remove("NO_AT_BRIDGE");
    desktop.environment().insert("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");
    QString failure = desktop.start();
    if (failure.isEmpty())
        failure = startBuses(desktop);
    if (!failure.isEmpty())
        QSKIP(qPrintable(failure));
    const std::string file = desktop.folder().write("data.bin", QByteArray("Hello, screen rea\n"));
    ProcessGroup& program = desktop.run(OCTAVO_PROGRAM, {QString::fromStdString(file)});
    ProcessGroup& probe = desktop.run(kPython, {kProbe});
    // There is no window manager to do it.
    QVERIFY2(desktop.does("xdotool",
                          {"search", "--sync", "--onlyvisible", "--name", "Octavo", "windowfocus"}),
             program.errors());

    const QJsonObject table = answer(probe);
    QVERIFY2(!table.isEmpty(), probe.errors() + program.errors());
    QCOMPARE(table["rows"].toInt(), 2);
    QCOMPARE(table["columns"].toInt(), 16);
    QCOMPARE(table["rowNames"].toArray(), QJsonArray({"00000000", "00000010"}));
    QCOMPARE(table["columnName"].toString(), "0A");
    QCOMPARE(table["rowOf17"].toInt(), 1);
    const QJsonArray cells = table["cells"].toArray();
    QCOMPARE(cells[0]["name"].toString(), "48");
    QCOMPARE(cells[0]["description"].toString(), "offset 00000000, unchanged");
    QCOMPARE(cells[0]["role"].toString(), "table cell");
    QVERIFY(cells[0]["focused"].toBool());
    QCOMPARE(cells[1]["name"].toString(), "65");
    QCOMPARE(cells[1]["index"].toInt(), 1);
    QVERIFY(!cells[1]["focused"].toBool());
    QCOMPARE(table["last"]["name"].toString(), "0A");
    QCOMPARE(table["last"]["description"].toString(), "offset 00000011, unchanged");
    QCOMPARE(table["last"]["index"].toInt(), 17);

    QVERIFY(desktop.does("xdotool", {"key", "Right"}));
    QJsonObject focus = answer(probe)["focus"].toObject();
    QCOMPARE(focus["name"].toString(), "65");
    QCOMPARE(focus["index"].toInt(), 1);
    QVERIFY(focus["focused"].toBool());
    // In the text pane it is a character.
    QVERIFY(desktop.does("xdotool", {"key", "Tab"}));
    focus = answer(probe)["focus"].toObject();
    QCOMPARE(focus["name"].toString(), "e");
    QCOMPARE(focus["description"].toString(), "offset 00000001, unchanged");
    // What goes is told of while it goes.
    QVERIFY(desktop.does("xdotool", {"key", "ctrl+q"}));
    QVERIFY2(program.endsWell(), program.errors());
}

QTEST_GUILESS_MAIN(AtSpiTest)
#include "at_spi_test.moc"
