// The View menu: theme, font, format of the grid and tool bar, which are the same for all windows.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/environment.h"

#include <QFont>
#include <QObject>

#include <functional>

class QToolBar;
class QWidget;

namespace octavo::app {

class ViewCommands final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. `currentFont` answers with the font of the grid that is shown.
    ViewCommands(const Actions& actions, Environment& environment, QToolBar& toolBar,
                 QWidget* window, std::function<QFont()> currentFont);

    /// Makes the grid's font larger, or smaller where negative.
    void zoomBy(int pixels);

private:
    void connectThemes();
    void connectFormat();
    void chooseFont();

    const Actions& actions_;
    Environment& environment_;
    QWidget* window_;
    std::function<QFont()> currentFont_;
};

}  // namespace octavo::app
