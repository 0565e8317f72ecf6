#include "ui/bridge/write_through.h"

#include "ui/bridge/job.h"

#include <QMetaObject>

namespace octavo::ui {

WriteThrough::WriteThrough(core::Document& document, QObject* parent)
    : QObject(parent), document_(document) {}

void WriteThrough::noteEdit() {
    if (isAsked_ || !document_.needsWriteThrough()) {
        return;
    }
    // The edit that is told of may not be over yet.
    isAsked_ = true;
    QMetaObject::invokeMethod(this, &WriteThrough::write, Qt::QueuedConnection);
}

void WriteThrough::write() {
    isAsked_ = false;
    if (!document_.needsWriteThrough()) {
        return;
    }
    const auto prepared = document_.prepareFlush({.withoutSync = true});
    if (!prepared) {
        emit failed(prepared.error());
        return;
    }
    isRunning_ = true;
    emit stateChanged();
    Job::start(
        tr("Writing through"),
        [save = *prepared](core::Progress& progress) { return save->run(progress); }, this,
        [this, save = *prepared](const core::Status& status) {
            isRunning_ = false;
            document_.finishFlush(*save);
            emit stateChanged();
            if (!status) {
                emit failed(status.error());
            }
        });
}

}  // namespace octavo::ui
