#include "tests/support/include_rules.h"

#include <QTemporaryDir>
#include <QtTest>

using octavo::test::includeViolations;
using octavo::test::readSources;
using octavo::test::SourceTree;

/// The layers hold: first the rules on invented trees, then on this one.
class LayeringTest : public QObject {
    Q_OBJECT

private slots:
    void rule_data();
    void rule();
    void namesFileAndLine();
    void readsEveryLayer();
    void thisTree();
};

void LayeringTest::rule_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("reason");  // a part of it; empty when the include is right

    const auto row = [](const char* name, const char* file, const char* line, const char* reason) {
        QTest::newRow(name) << QString(file) << QString(line) << QString(reason);
    };
    const char* noQt = "without Qt";
    const char* noneAbove = "nothing above";
    const char* notSeen = "may not see";

    row("ui to core", "ui/hex/a.h", "#include \"core/file/b.h\"", "");
    row("ui to ui", "ui/hex/a.h", "#include \"ui/style/b.h\"", "");
    row("app to ui", "app/a.h", "#include \"ui/hex/b.h\"", "");
    row("app to core", "app/a.h", "#include \"core/document/b.h\"", "");
    row("core to ui", "core/file/a.h", "#include \"ui/hex/b.h\"", noneAbove);
    row("core to app", "core/file/a.cpp", "#include \"app/b.h\"", noneAbove);
    row("core to app/cli", "core/file/a.cpp", "#include \"app/cli/b.h\"", noneAbove);
    row("ui to app", "ui/hex/a.h", "#include \"app/b.h\"", noneAbove);
    row("ui to app in brackets", "ui/hex/a.h", "#include <app/b.h>", noneAbove);
    row("ui to app with blanks", "ui/hex/a.h", "  #  include  \"app/b.h\" // why", noneAbove);

    row("same folder", "core/file/a.cpp", "#include \"core/file/a.h\"", "");
    row("file to base", "core/file/a.h", "#include \"core/base/b.h\"", "");
    row("content to file", "core/content/a.h", "#include \"core/file/b.h\"", "");
    row("document to content", "core/document/a.h", "#include \"core/content/b.h\"", "");
    row("document to save", "core/document/a.h", "#include \"core/save/b.h\"", "");
    row("base to file", "core/base/a.h", "#include \"core/file/b.h\"", notSeen);
    row("file to content", "core/file/a.h", "#include \"core/content/b.h\"", notSeen);
    row("content to document", "core/content/a.h", "#include \"core/document/b.h\"", notSeen);
    row("document to search", "core/document/a.h", "#include \"core/search/b.h\"", notSeen);
    row("save to document", "core/save/a.h", "#include \"core/document/b.h\"", notSeen);
    row("save to search", "core/save/a.h", "#include \"core/search/b.h\"", notSeen);
    row("search to document", "core/search/a.h", "#include \"core/document/b.h\"", notSeen);
    row("search to save", "core/search/a.h", "#include \"core/save/b.h\"", notSeen);
    row("analysis to search", "core/analysis/a.h", "#include \"core/search/b.h\"", notSeen);
    row("from unknown core folder", "core/misc/a.h", "#include <vector>", "no known folder");
    row("to unknown core folder", "core/save/a.h", "#include \"core/misc/b.h\"", "not a known");

    row("Qt in ui", "ui/hex/a.h", "#include <QWidget>", "");
    row("Qt in app", "app/a.cpp", "#include <QtWidgets/QApplication>", "");
    row("Qt class in core", "core/file/a.h", "#include <QString>", noQt);
    row("Qt module in core", "core/file/a.h", "#include <QtCore/qglobal.h>", noQt);
    row("Qt all in core", "core/file/a.h", "#include <QtCore>", noQt);
    row("Qt lower case in core", "core/file/a.h", "#include <qglobal.h>", noQt);
    row("Qt quoted in core", "core/file/a.h", "#include \"QObject\"", noQt);
    row("Qt in cli", "app/cli/main.cpp", "#include <QCoreApplication>", noQt);
    const char* onlyPosix = "only core/file/posix";
    row("system in its folder", "core/file/posix/a.cpp", "#include <sys/mman.h>", "");
    row("system elsewhere", "core/file/a.cpp", "#include <sys/mman.h>", onlyPosix);
    row("unistd elsewhere", "core/content/a.cpp", "#include <unistd.h>", onlyPosix);
    row("signals elsewhere", "core/base/a.cpp", "#include <csignal>", onlyPosix);
    row("errno anywhere", "core/base/a.cpp", "#include <cerrno>", "");

    row("cli to core", "app/cli/a.cpp", "#include \"core/search/b.h\"", "");
    row("cli to cli", "app/cli/a.cpp", "#include \"app/cli/b.h\"", "");
    row("cli to ui", "app/cli/a.cpp", "#include \"ui/hex/b.h\"", "core alone");
    row("cli to app", "app/cli/a.cpp", "#include \"app/b.h\"", "core alone");
    row("app to cli", "app/a.cpp", "#include \"app/cli/b.h\"", "only octavo-cli");

    row("not from the root", "core/file/a.cpp", "#include \"a.h\"", "from the root");
    row("relative", "ui/hex/a.cpp", "#include \"../style/b.h\"", "from the root");
    row("tests from ui", "ui/hex/a.cpp", "#include \"tests/support/b.h\"", "from the root");
    row("moc output", "ui/hex/a.cpp", "#include \"a.moc\"", "");
    row("commented out", "core/file/a.cpp", "// #include \"ui/hex/b.h\"", "");
}

void LayeringTest::rule() {
    QFETCH(QString, file);
    QFETCH(QString, line);
    QFETCH(QString, reason);

    const QStringList found = includeViolations(SourceTree{{file, line}});
    if (reason.isEmpty()) {
        QCOMPARE(found, QStringList());
        return;
    }
    QCOMPARE(found.size(), 1);
    QVERIFY2(found.first().contains(reason), qPrintable(found.first()));
}

void LayeringTest::namesFileAndLine() {
    const SourceTree tree{
        {"core/base/good.h", "#pragma once\n#include <vector>\n"},
        {"ui/bad.cpp", "#include \"ui/bad.h\"\n\n#include \"app/x.h\"\n#include \"app/y.h\"\n"},
    };
    QCOMPARE(includeViolations(tree),
             QStringList({"ui/bad.cpp:3: includes app/x.h: ui knows nothing above it",
                          "ui/bad.cpp:4: includes app/y.h: ui knows nothing above it"}));
}

void LayeringTest::readsEveryLayer() {
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const QStringList sources{"app/cli/d.cpp", "core/base/a.h", "ui/c.cpp"};
    for (const QString& path : sources + QStringList{"tests/core/t.cpp", "core/README.md"}) {
        const QString full = folder.filePath(path);
        QVERIFY(QDir().mkpath(QFileInfo(full).path()));
        QFile file(full);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write("text"), 4);
    }
    const SourceTree tree = readSources(folder.path());
    QCOMPARE(tree.keys(), sources);
    QCOMPARE(tree.value("ui/c.cpp"), QString("text"));
}

void LayeringTest::thisTree() {
    const SourceTree tree = readSources(OCTAVO_SOURCE_DIR);
    QVERIFY(tree.size() > 3);
    const QStringList violations = includeViolations(tree);
    QVERIFY2(violations.isEmpty(), qPrintable("\n" + violations.join('\n')));
}

QTEST_GUILESS_MAIN(LayeringTest)
#include "layering_test.moc"
