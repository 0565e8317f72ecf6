// The edit log of a run that ended without closing its document.
#pragma once

#include "core/document/document.h"
#include "core/document/edit_log_feed.h"
#include "core/document/edit_log_writer.h"

#include <QtGlobal>

#include <functional>
#include <memory>
#include <string>

namespace octavo::test {

/// Edits the file at `path` (empty: a new document) as `edit` does and leaves it like that. The
/// changes were looked at by a worker where `reviewed`. Returns the log's path.
inline std::string leaveBehind(const std::string& folder, const std::string& path,
                               const std::function<void(core::Document&)>& edit,
                               bool reviewed = true) {
    core::FileSystem& disk = core::systemFileSystem();
    const std::unique_ptr<core::Document> document =
        path.empty() ? core::Document::untitled() : core::Document::open(disk, path).value();
    core::EditLogFeed feed;
    document->setEditLog(&feed);
    edit(*document);
    if (const auto review = reviewed ? document->prepareReview() : nullptr) {
        core::Progress progress;
        (void)review->run(progress);
        document->finishReview(*review);
    }
    core::EditLogWriter writer(disk, folder);
    if (!writer.write(*feed.take(document->snapshot())))
        qFatal("the edit log could not be written");
    document->setEditLog(nullptr);
    return writer.path();
}

}  // namespace octavo::test
