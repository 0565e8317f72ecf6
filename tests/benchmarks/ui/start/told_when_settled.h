// What a program of the start-up comparison does instead of waiting for its user: as soon as its
// window stands there painted it says so on its standard output, stands still until its standard
// input ends, and is gone without tearing anything down. Whoever started it measures meanwhile.
//
// Thread rule: GUI thread.
#pragma once

#include <QWidget>

namespace octavo::test {

/// Each program says itself when one of its windows shows all that it is going to show.
bool isSettled(const QWidget& window);

}  // namespace octavo::test
