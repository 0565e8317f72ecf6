#include "app/window_list.h"

#include "app/main_window.h"

#include <QApplication>

namespace octavo::app {

void closeAllWindows(Environment& environment) {
    environment.quitting = true;
    for (QWidget* const widget : QApplication::topLevelWidgets()) {
        auto* const window = qobject_cast<MainWindow*>(widget);
        if (window == nullptr || !window->isVisible())
            continue;
        if (!window->close())
            return;
    }
    environment.quitting = false;
}

}  // namespace octavo::app
