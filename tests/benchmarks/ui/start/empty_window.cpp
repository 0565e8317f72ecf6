// The least that a program with a window of Qt Widgets can be: what there is to compare with.
#include "tests/benchmarks/ui/start/told_when_settled.h"

#include <QApplication>
#include <QMainWindow>

bool octavo::test::isSettled(const QWidget&) {
    return true;
}

int main(int argc, char** argv) {
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1040, 720);  // as large as the first window of Octavo
    window.show();
    return QApplication::exec();
}
