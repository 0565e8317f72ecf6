// Small shapes that the style and widgets which paint themselves share.
//
// Thread rule: GUI thread. Units: logical pixels.
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace octavo::ui {

inline constexpr double kCornerRadius = 4.0;

/// A filled rounded rectangle with a line around it, all of it within `rect`; an invalid colour
/// leaves that part out.
void paintPanel(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border,
                double borderWidth = 1.0, double radius = kCornerRadius);

/// `a` with `share` (0 to 1) of `b` mixed in.
QColor mixed(const QColor& a, const QColor& b, double share);

}  // namespace octavo::ui
