#include "app/window_list.h"

#include "app/main_window.h"

#include <QApplication>
#include <QPointer>

#include <vector>

namespace octavo::app {

void closeAllWindows(Environment& environment) {
    environment.quitting = true;
    // A window may go while another one asks.
    std::vector<QPointer<MainWindow>> windows;
    for (QWidget* const widget : QApplication::topLevelWidgets())
        if (auto* const window = qobject_cast<MainWindow*>(widget))
            windows.emplace_back(window);
    for (const QPointer<MainWindow>& window : windows)
        if (window && window->isVisible() && !window->close())
            return;
    environment.quitting = false;
}

}  // namespace octavo::app
