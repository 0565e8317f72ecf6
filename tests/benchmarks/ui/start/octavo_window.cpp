// Octavo itself, from its command line to the rows of its file on the screen.
#include "app/main_window.h"
#include "app/program.h"
#include "tests/benchmarks/ui/start/told_when_settled.h"

bool octavo::test::isSettled(const QWidget& window) {
    const auto* const main = qobject_cast<const octavo::app::MainWindow*>(&window);
    return main != nullptr && main->document() != nullptr && main->isSettled();
}

int main(int argc, char** argv) {
    return octavo::app::runProgram(argc, argv);
}
