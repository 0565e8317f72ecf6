// Painting in whole device pixels on a widget at any scale.
// Thread rule: GUI thread.
#pragma once

#include <QPainter>
#include <QRegion>

namespace octavo::ui {

/// From here on `painter`, which was just begun on a widget, counts device pixels, and whole
/// numbers fall on whole pixels even where the widget itself stands between two. Returns `region`,
/// in logical pixels, as the device pixels it touches.
QRegion useDevicePixels(QPainter& painter, const QRegion& region, double scale);

}  // namespace octavo::ui
