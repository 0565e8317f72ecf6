// Opens files in jobs, as the first look at a file may wait for its disk. The window stays alive
// and can give up.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"
#include "core/file/file_system.h"
#include "ui/bridge/job.h"
#include "ui/panels/job_indicator.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <string>

namespace octavo::app {

struct OpenRequest {
    std::string path;  ///< any bytes
    QString goTo;      ///< an expression, or empty
    bool readOnly = false;
};

class Opener final : public QObject {
    Q_OBJECT

public:
    using Opened = core::Result<std::unique_ptr<core::Document>>;
    using Done = std::function<void(Opened)>;

    /// Both must outlive it.
    Opener(core::FileSystem& fileSystem, ui::JobIndicator& jobs, QObject* parent = nullptr);

    /// `done` gets the document, the error, or Cancelled at once when the user gives up.
    void open(const OpenRequest& request, Done done);
    bool isBusy() const { return running_ > 0; }

private:
    core::FileSystem& fileSystem_;
    ui::JobIndicator& jobs_;
    int running_ = 0;
};

}  // namespace octavo::app
