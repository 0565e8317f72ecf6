// The colours of the window by role: light, dark, and one of high contrast.
//
// Every text colour reads at 4.5:1 or better on what it stands on, zeros and lines at 3:1; a test
// computes it. Dim text and zeros stand on surfaces only (window, base, alternate, caret row): on a
// tint (selection, match, changed, inserted) use `text`.
// Thread rule: plain value, GUI thread.
#pragma once

#include <QColor>
#include <QPalette>

namespace octavo::ui {

struct Theme {
    bool isDark = false;
    QColor window, base, alternate, line, button;
    QColor text, dimText;
    QColor accent, onAccent;
    QColor selection, caretRow;
    QColor match, matchLine;
    QColor changed, changedLine;
    QColor inserted, insertedLine;
    QColor deleted;
    QColor warning, behindWarning;
    QColor pendingBadge;
    QColor zeroByte, printableByte, controlByte, highByte, ffByte;

    static const Theme& light();
    static const Theme& dark();
    /// On black; all text at 7:1 or better, zeros and lines at 4.5:1.
    static const Theme& highContrast();
    /// The one a palette made here belongs to; for any other palette the one that is nearer.
    static const Theme& of(const QPalette& palette);

    /// A palette for the Fusion style made of these colours.
    QPalette palette() const;
};

}  // namespace octavo::ui
