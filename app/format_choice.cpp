#include "app/format_choice.h"

namespace octavo::app {

FormatChoice::FormatChoice(Settings& settings, QObject* parent)
    : QObject(parent), settings_(settings) {
    connect(&settings, &Settings::gridFormatChanged, this, &FormatChoice::changed);
}

void FormatChoice::change(const std::function<void(ui::HexFormat&)>& change) {
    ui::HexFormat format = settings_.gridFormat(grid_);
    change(format);
    settings_.setGridFormat(format, grid_);
}

void FormatChoice::setGrid(Grid grid) {
    if (grid == grid_)
        return;
    grid_ = grid;
    emit changed();
}

}  // namespace octavo::app
