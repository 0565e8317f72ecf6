// An empty window but for one word: the least that a program can be that shows any text at all.
// Most of what it takes beyond an empty one is the system's list of fonts, which the first letter
// reads.
#include "tests/benchmarks/ui/start/told_when_settled.h"

#include <QApplication>
#include <QLabel>
#include <QMainWindow>

bool octavo::test::isSettled(const QWidget&) {
    return true;
}

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    QMainWindow window;
    window.setCentralWidget(new QLabel(QStringLiteral("Text")));
    window.resize(1040, 720);  // as large as the first window of Octavo
    window.show();
    return QApplication::exec();
}
