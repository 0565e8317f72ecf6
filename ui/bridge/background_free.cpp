#include "ui/bridge/background_free.h"

#include "core/base/worker.h"
#include "ui/bridge/running_work.h"

namespace octavo::ui {

void freeInBackground(std::shared_ptr<void> object) {
    // Never destroyed: it may be waiting for a stopped disk when the program ends.
    static auto* const worker = new core::Worker("octavo closing");
    worker->post([object = std::move(object), running = std::make_shared<RunningWork>()]() mutable {
        object.reset();
    });
}

}  // namespace octavo::ui
