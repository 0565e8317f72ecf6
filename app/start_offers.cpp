#include "app/start_offers.h"

#include "app/document_text.h"
#include "app/error_text.h"
#include "app/file_name.h"
#include "ui/bridge/background_free.h"
#include "ui/bridge/job.h"
#include "ui/panels/number_text.h"

#include <utility>

namespace octavo::app {

namespace {

QString messageOf(const core::FoundLog& log) {
    return QStringLiteral("unsaved:") + textFromPath(log.path);
}

/// Claims it again.
std::optional<core::FoundLog> findAgain(core::FileSystem& fileSystem, const std::string& folder,
                                        const std::string& path) {
    std::vector<core::FoundLog> found = findLeftBehind(
        fileSystem, folder, [&](const core::FoundLog& log) { return log.path == path; });
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace

StartOffers::StartOffers(Environment& environment, ui::MessageArea& messages, QObject* parent)
    : QObject(parent), environment_(environment), messages_(messages) {
    connect(&messages, &ui::MessageArea::closed, this, &StartOffers::showMore);
}

void StartOffers::look() {
    if (environment_.recoveryFolder.empty())
        return;
    ui::Job::start(
        tr("Looking for unsaved changes"),
        [&fileSystem = environment_.fileSystem,
         folder = environment_.recoveryFolder](core::Progress&) {
            return findLeftBehind(fileSystem, folder, [](const core::FoundLog&) { return true; });
        },
        this,
        [this](const std::vector<core::FoundLog>& logs) {
            for (const core::FoundLog& log : logs)
                read(log);
        });
}

/// Each in a job of its own: the file of one may lie on a dead disk.
void StartOffers::read(const core::FoundLog& log) {
    ui::Job::start(
        tr("Looking for unsaved changes"),
        [&fileSystem = environment_.fileSystem, log](core::Progress&) {
            return summarise(fileSystem, log);
        },
        this,
        [this](const std::optional<Offer>& offer) {
            if (offer)
                waiting_.push_back(*offer);
            showMore();
        });
}

std::optional<StartOffers::Offer> StartOffers::summarise(core::FileSystem& fileSystem,
                                                         core::FoundLog log) {
    const std::optional<LeftBehind> left = readLeftBehind(fileSystem, log, nullptr);
    if (!left)
        return std::nullopt;
    Offer offer{log, left->fits.size(), left->edits ? left->edits->snapshot().length() : 0,
                left->error ? reasonText(*left->error) : QString()};
    offer.log.claim.reset();
    return offer;
}

void StartOffers::showMore() {
    std::erase_if(shown_, [this](const QString& key) { return messages_.bar(key) == nullptr; });
    while (!waiting_.empty() && shown_.size() < kMostBars) {
        const Offer offer = std::move(waiting_.front());
        waiting_.pop_front();
        shown_.insert(messageOf(offer.log));
        tell(offer);
    }
}

void StartOffers::tell(const Offer& offer) {
    const core::LoggedFile& file = offer.log.base.file;
    ui::Message message;
    if (offer.log.base.isUntitled() && !offer.fault.isEmpty()) {
        message.text = tr("Octavo ended without saving a new document, and what it kept of it "
                          "cannot be read: %1.")
                           .arg(offer.fault);
    } else if (offer.log.base.isUntitled()) {
        message.text = tr("Octavo ended without saving a new document of %1.")
                           .arg(ui::byteCountText(offer.length));
        message.links.push_back({tr("Restore"), [this, log = offer.log] { restore(log); }});
    } else {
        const QString what = offer.changes == 0 ? tr("changes") : changeCountText(offer.changes);
        message.text = tr("Octavo ended without saving %1 to %2 in %3.")
                           .arg(what, displayName(file.path), displayFolder(file.path));
        message.links.push_back({tr("Open %1").arg(displayName(file.path)),
                                 [this, path = file.path] { emit openWanted(path); }});
    }
    message.links.push_back({tr("Discard"), [this, log = offer.log] { discard(log); }});
    message.links.push_back({tr("Later"), [] {}});
    messages_.tell(messageOf(offer.log), message);
}

void StartOffers::restore(const core::FoundLog& log) {
    using Read = std::shared_ptr<const LeftBehind>;
    ui::Job::start(
        tr("Reading unsaved changes"),
        [&fileSystem = environment_.fileSystem, folder = environment_.recoveryFolder,
         path = log.path](core::Progress&) -> Read {
            const std::optional<core::FoundLog> found = findAgain(fileSystem, folder, path);
            std::optional<LeftBehind> left =
                found ? readLeftBehind(fileSystem, *found, nullptr) : std::nullopt;
            return left && left->edits ? ui::freedInBackground(*std::move(left)) : nullptr;
        },
        this,
        [this](const Read& left) {
            if (left)
                emit restoreWanted(left);
        });
}

void StartOffers::discard(const core::FoundLog& log) {
    ui::Job::start(
        tr("Removing an edit log"),
        [&fileSystem = environment_.fileSystem, folder = environment_.recoveryFolder,
         path = log.path](core::Progress&) {
            return findAgain(fileSystem, folder, path) ? fileSystem.remove(path) : core::Status();
        },
        this,
        [this, log](const core::Status& removed) {
            if (!removed && !removed.error().isMissing())
                messages_.tell(messageOf(log),
                               {ui::Message::Kind::Warning,
                                tr("The unsaved changes could not be discarded: %1.")
                                    .arg(reasonText(removed.error())),
                                {}});
        });
}

}  // namespace octavo::app
