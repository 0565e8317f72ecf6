#include "ui/hex/device_pixels.h"

#include <QTransform>

#include <cmath>

namespace octavo::ui {

QRegion useDevicePixels(QPainter& painter, const QRegion& region, double scale) {
    // At 125 % a widget 13 logical pixels from the left begins in the middle of a device pixel.
    const QTransform toDevice = painter.deviceTransform();
    const QTransform belowWorld = painter.worldTransform().inverted() * toDevice;
    const QTransform wanted =
        QTransform::fromTranslate(std::round(toDevice.dx()), std::round(toDevice.dy()));
    painter.setWorldTransform(wanted * belowWorld.inverted());

    QRegion touched;
    for (const QRect& rect : region) {
        const QRectF exact(rect.x() * scale, rect.y() * scale, rect.width() * scale,
                           rect.height() * scale);
        touched += exact.toAlignedRect();
    }
    return touched;
}

}  // namespace octavo::ui
