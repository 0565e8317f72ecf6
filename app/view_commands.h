// The View menu: theme, font, format of the grids and tool bar, which are the same for all windows.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/environment.h"
#include "app/format_choice.h"

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
    ViewCommands(const Actions& actions, Environment& environment, FormatChoice& formats,
                 QToolBar& toolBar, QWidget* window, std::function<QFont()> currentFont);

    /// Makes the grid's font larger, or smaller where negative.
    void zoomBy(int pixels);

private:
    void connectThemes();
    void connectChoice(ActionId id, const std::function<bool(const ui::HexFormat&)>& isChosen,
                       const std::function<void(ui::HexFormat&)>& choose);
    void connectFormat();
    void chooseFont();

    const Actions& actions_;
    Environment& environment_;
    FormatChoice& formats_;
    QWidget* window_;
    std::function<QFont()> currentFont_;
};

}  // namespace octavo::app
