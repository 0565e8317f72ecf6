// The look of the whole program: style, palette, which theme is on.
//
// Thread rule: GUI thread.
#pragma once

#include "app/settings.h"

namespace octavo::app {

class Appearance {
public:
    /// Puts our style on and remembers whether the desktop is dark, which it cannot tell later.
    Appearance();

    /// Every widget gets to know by a change of its palette.
    void apply(ThemeChoice choice);

private:
    bool desktopIsDark_;
};

}  // namespace octavo::app
