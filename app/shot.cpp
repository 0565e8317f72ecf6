#include "app/shot.h"

#include <QImage>
#include <QImageWriter>
#include <QPixmap>
#include <QWindow>

#include <utility>

namespace octavo::app {

namespace {

constexpr int kLookMs = 20;
// Layouts settle in the event loop: what was calm twice in a row has been laid out and painted.
constexpr int kCalmLooks = 2;

}  // namespace

Shot::Shot(MainWindow& window, QString file, QObject* parent)
    : QObject(parent), window_(&window), file_(std::move(file)) {
    waited_.start();
    connect(&timer_, &QTimer::timeout, this, &Shot::look);
    timer_.start(kLookMs);
}

void Shot::look() {
    if (!window_)
        return end(tr("the window was closed"));
    if (!window_->openFault().isEmpty())
        return end(window_->openFault());
    const QWindow* const handle = window_->windowHandle();
    const bool calm = handle != nullptr && handle->isExposed() && window_->isSettled();
    calmLooks_ = calm ? calmLooks_ + 1 : 0;
    if (calmLooks_ >= kCalmLooks)
        return end(take());
    if (waited_.elapsed() > kPatienceMs)
        end(tr("a row was still loading after %1 seconds").arg(kPatienceMs / 1000));
}

QString Shot::take() const {
    const QImage image = window_->grab().toImage();
    QImageWriter writer(file_, "png");
    if (writer.write(image))
        return {};
    return tr("%1 could not be written: %2").arg(file_, writer.errorString());
}

void Shot::end(const QString& fault) {
    timer_.stop();
    emit ended(fault);
}

}  // namespace octavo::app
