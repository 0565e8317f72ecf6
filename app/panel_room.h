// How the panels below the grid get their room.
//
// Thread rule: GUI thread.
#pragma once

class QSplitter;
class QWidget;

namespace octavo::app {

/// Puts `panel` below all others. The grid, which stands first, gives two fifths of its height;
/// what the other panels have they keep.
void addPanel(QSplitter& splitter, QWidget& panel);

}  // namespace octavo::app
