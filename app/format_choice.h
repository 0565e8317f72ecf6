// The format that the View menu shows and changes: that of the grid which has the keyboard, the
// first of a document or the second beside it. Kept in the settings, which all windows share.
//
// Thread rule: GUI thread.
#pragma once

#include "app/settings.h"

#include <QObject>

#include <functional>

namespace octavo::app {

class FormatChoice final : public QObject {
    Q_OBJECT

public:
    /// `settings` must outlive it.
    explicit FormatChoice(Settings& settings, QObject* parent = nullptr);

    const ui::HexFormat& format() const { return settings_.gridFormat(grid_); }
    void change(const std::function<void(ui::HexFormat&)>& change);
    /// From here on it is about this grid.
    void setGrid(Grid grid);

signals:
    /// The format, or whose it is.
    void changed();

private:
    Settings& settings_;
    Grid grid_ = Grid::First;
};

}  // namespace octavo::app
