#include "app/opener.h"

#include "app/file_name.h"

#include <utility>

namespace octavo::app {

Opener::Opener(core::FileSystem& fileSystem, ui::JobIndicator& jobs, QObject* parent)
    : QObject(parent), fileSystem_(fileSystem), jobs_(jobs) {}

void Opener::open(const OpenRequest& request, Done done) {
    ++running_;
    const auto mode = request.readOnly ? core::AccessMode::ReadOnly : core::AccessMode::Preview;
    ui::Job* const job = ui::Job::start(
        tr("Opening %1").arg(displayName(request.path)),
        [&fileSystem = fileSystem_, path = request.path, mode](core::Progress& progress) {
            return core::Document::open(fileSystem, path, mode, &progress);
        },
        this,
        [this, done](Opened opened) {
            --running_;
            done(std::move(opened));
        });
    // The system cannot be told to stop opening: whoever gives up leaves it behind.
    connect(job, &ui::Job::cancelWanted, this, [this, job, done, path = request.path] {
        job->deleteLater();
        if (!job->isRunning())
            return;
        --running_;
        done(core::Error{core::ErrorCode::Cancelled, "open", path, 0, "cancelled"});
    });
    jobs_.watch(job);
}

}  // namespace octavo::app
