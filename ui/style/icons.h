// The icons of the window: line drawings that take their colour from the palette at the moment
// they are painted, sharp at every scale.
//
// Thread rule: GUI thread.
#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>

class QPainter;

namespace octavo::ui {

enum class Icon {
    Open,
    New,
    Flush,
    Undo,
    Redo,
    Find,
    GoTo,
    Previous,
    Next,
    Close,
    Notice,
    Warning,
    Done,
    More,
};

/// For actions and buttons: follows palette and mode (disabled, selected).
QIcon icon(Icon which);
/// For widgets that paint themselves.
void paintIcon(QPainter& painter, Icon which, const QRectF& rect, const QColor& color);

/// The program's own sign, in colours of its own.
QIcon programIcon();

}  // namespace octavo::ui
