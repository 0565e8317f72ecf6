// What the program is.
//
// Thread rule: GUI thread.
#pragma once

class QWidget;

namespace octavo::app {

/// Modal.
void showAbout(QWidget* parent);

}  // namespace octavo::app
