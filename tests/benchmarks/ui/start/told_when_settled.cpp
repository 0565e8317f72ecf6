#include "tests/benchmarks/ui/start/told_when_settled.h"

#include <QApplication>
#include <QTimer>
#include <QWindow>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace octavo::test {

namespace {

constexpr int kLookMs = 20;
// Layouts settle in the event loop: what was calm twice in a row has been laid out and painted.
constexpr int kCalmLooks = 2;

bool standsThere(const QWidget* widget) {
    const QWindow* const handle = widget->windowHandle();
    return handle != nullptr && handle->isExposed() && isSettled(*widget);
}

void tellAndEnd() {
    std::puts("settled");
    std::fflush(stdout);
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    std::_Exit(EXIT_SUCCESS);
}

/// Runs within the constructor of the application.
void watch() {
    auto* const timer = new QTimer(QCoreApplication::instance());
    QObject::connect(timer, &QTimer::timeout, timer, [calmLooks = 0]() mutable {
        const auto windows = QApplication::topLevelWidgets();
        calmLooks = std::ranges::any_of(windows, standsThere) ? calmLooks + 1 : 0;
        if (calmLooks >= kCalmLooks)
            tellAndEnd();
    });
    timer->start(kLookMs);
}

Q_COREAPP_STARTUP_FUNCTION(watch)

}  // namespace

}  // namespace octavo::test
