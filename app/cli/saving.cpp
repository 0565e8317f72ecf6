#include "app/cli/saving.h"

#include "app/cli/change_list.h"
#include "app/cli/json_stream.h"
#include "core/save/copy_save.h"

#include <csignal>
#include <memory>

namespace octavo::cli {

using core::Change;
using core::Document;
using core::Error;
using core::Result;
using core::Snapshot;
using core::Status;

namespace {

// What the signal handler reaches.
constinit core::Progress gFlushProgress;

/// Turns the signals that ask a program to end into a cancelled flush, which puts the old bytes
/// back, as long as it lives.
class CancelOnSignal {
public:
    CancelOnSignal() {
        struct sigaction action {};
        action.sa_handler = [](int) { gFlushProgress.cancel(); };
        action.sa_flags = SA_RESTART;
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            struct sigaction before {};
            // What nohup and its like have switched off stays off.
            if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) {
                ::sigaction(signal, &action, nullptr);
            }
        }
    }
};

/// What a save has done, for scripts.
void tellSaved(core::SaveStrategy strategy, const std::string& path, core::Offset bytesWritten,
               Output& output) {
    JsonStream json(output);
    json.beginObject();
    json.key("path");
    json.value(path);
    json.key("strategy");
    json.value(nameOf(strategy));
    json.key("bytesWritten");
    json.value(bytesWritten);
    json.end();
}

}  // namespace

int listChanges(const Snapshot& before, const Snapshot& now, bool asJson, Output& output) {
    ChangeList list(output, asJson);
    now.changesFrom({}, [&](const Change& change) {
        return list.add({change.before.offset,
                         change.now.offset,
                         {before, {change.before.offset.value, change.before.length}},
                         {now, change.now},
                         {}});
    });
    list.finish();
    return kDone;
}

Status dropWhatEqualsTheFile(Document& document, core::Progress& progress) {
    std::vector<core::ChangeId> ids;
    for (const Change& change : document.changes()) {
        ids.push_back(change.id);
    }
    const std::shared_ptr<core::ChangeReview> review =
        document.prepareReview(ids, {.fingerprint = false});
    if (const Status reviewed = review->run(progress); !reviewed) {
        return reviewed;
    }
    document.finishReview(*review);
    return {};
}

int saveInto(Document& document, const core::SaveOptions& options, bool asJson, Output& output) {
    const Result<std::shared_ptr<core::Save>> save = document.prepareFlush(options);
    if (!save) {
        return output.fail(save.error());
    }
    const CancelOnSignal guard;
    const Status written = (*save)->run(gFlushProgress);
    document.finishFlush(**save);
    if (!written) {
        return output.fail(written.error());
    }
    if (asJson) {
        tellSaved((*save)->strategy(), document.path(), (*save)->bytesWritten(), output);
    }
    return kDone;
}

int saveAs(const Document& document, std::string target, bool asJson, Output& output) {
    core::CopySave copy(core::systemFileSystem(), std::move(target), document.snapshot(),
                        document.file()->openedInfo().identity);
    copy.checkSources(document.version());
    const CancelOnSignal guard;
    if (const Status written = copy.run(gFlushProgress); !written) {
        return output.fail(written.error());
    }
    if (asJson) {
        tellSaved(core::SaveStrategy::Copy, copy.target(), copy.snapshot().length(), output);
    }
    return kDone;
}

Status checkDevice(const Document& document, const Arguments& arguments) {
    if (document.file()->openedInfo().kind == core::FileKind::BlockDevice &&
        !arguments.has("--device")) {
        return Error::invalid(
            "write", "it is a device, and what lies on it may be in use: --device writes to it");
    }
    return {};
}

}  // namespace octavo::cli
