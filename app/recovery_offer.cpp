#include "app/recovery_offer.h"

#include "app/document_text.h"
#include "app/error_text.h"
#include "app/file_name.h"
#include "ui/bridge/background_free.h"
#include "ui/bridge/edit_log_keeper.h"
#include "ui/bridge/job.h"

#include <utility>

namespace octavo::app {

namespace {

/// Of each log its own.
QString messageOf(const LeftBehind& left) {
    return QStringLiteral("recovery:") + textFromPath(left.log.path);
}

using Found = std::vector<std::shared_ptr<const LeftBehind>>;

}  // namespace

RecoveryOffer::RecoveryOffer(ui::EditorDocument& editor, Environment& environment,
                             ui::MessageArea& messages, QObject* parent)
    : QObject(parent), editor_(editor), environment_(environment), messages_(messages) {}

void RecoveryOffer::look() {
    const core::Document& document = editor_.document();
    if (editor_.editLog() == nullptr || document.isUntitled())
        return;
    const auto version = document.version();
    ui::Job::start(
        tr("Looking for unsaved changes"),
        [&fileSystem = environment_.fileSystem, folder = environment_.recoveryFolder,
         version](core::Progress&) {
            Found found;
            for (LeftBehind& left : leftBehindOf(fileSystem, folder, *version))
                found.push_back(ui::freedInBackground(std::move(left)));
            return found;
        },
        this,
        [this, version, snapshot = document.snapshot()](const Found& found) {
            for (const std::shared_ptr<const LeftBehind>& left : found)
                tell({left, snapshot, version});
        });
}

void RecoveryOffer::restoreInto(std::shared_ptr<const LeftBehind> left) {
    restore({std::move(left), editor_.document().snapshot(), nullptr}, true);
}

void RecoveryOffer::tell(const Offer& offer) {
    messages_.tell(messageOf(*offer.left),
                   {ui::Message::Kind::Notice, text(*offer.left), links(offer)});
}

QString RecoveryOffer::text(const LeftBehind& left) const {
    const QString name = nameOf(editor_.document());
    if (left.error)
        return tr("Octavo ended without saving changes to %1, and what it kept of them cannot be "
                  "read: %2.")
            .arg(name, reasonText(*left.error));
    const std::size_t lost = left.count(core::Fit::DoesNotFit);
    const std::size_t doubtful = left.count(core::Fit::CannotTell);
    QStringList sentences{
        tr("Octavo ended without saving %1 to %2.").arg(changeCountText(left.fits.size()), name)};
    if (lost == left.fits.size())
        sentences << tr("The file is not what it was, and nothing of that fits any more.");
    else if (lost > 0)
        sentences << tr("%1 cannot be restored, as the file there is not what it was.")
                         .arg(changeCountText(lost));
    if (doubtful > 0)
        sentences << tr("Of %1 it cannot be told whether the file there is what it was.")
                         .arg(changeCountText(doubtful));
    if (left.edits->bytesLost() > 0)
        sentences << tr("The very last edits could not be kept.");
    return sentences.join(QLatin1Char(' '));
}

std::vector<ui::Message::Link> RecoveryOffer::links(const Offer& offer) {
    const LeftBehind& left = *offer.left;
    const std::size_t fitting = left.count(core::Fit::Fits);
    const std::size_t doubtful = left.count(core::Fit::CannotTell);
    std::vector<ui::Message::Link> links;
    if (fitting > 0) {
        const QString some = tr("Restore %1").arg(changeCountText(fitting));
        links.push_back({fitting == left.fits.size() ? tr("Restore") : some,
                         [this, offer] { restore(offer, false); }});
    }
    if (doubtful > 0)
        links.push_back({tr("Restore %1 all the same").arg(changeCountText(fitting + doubtful)),
                         [this, offer] { restore(offer, true); }});
    links.push_back({tr("Discard"), [this, left = offer.left] { discard(left); }});
    links.push_back({tr("Later"), [] {}});
    return links;
}

void RecoveryOffer::restore(const Offer& offer, bool withDoubtful) {
    core::Document& document = editor_.document();
    // The file may have become another one while the offer stood there.
    if (document.version() != offer.version || offer.document.isChangedOutside())
        return lookAgain(offer);
    if (document.accessMode() == core::AccessMode::ReadOnly)
        (void)document.setAccessMode(core::AccessMode::Preview);
    const std::vector<core::ChangeId> ids = offer.left->ids(withDoubtful);
    const core::Status recovered =
        editor_.editLog()->recover(*offer.left->edits, ids, offer.left->log);
    editor_.noteStateChanged();
    if (!recovered) {
        editor_.refuse(recovered.error());
        return tell(offer);
    }
    emit noted(tr("Restored: %1").arg(changeCountText(ids.size())));
    const std::vector<core::Change> changes = document.changes();
    if (!changes.empty())
        emit restored(changes.front().now.offset);
}

void RecoveryOffer::lookAgain(const Offer& offer) {
    const auto version = editor_.document().version();
    ui::Job::start(
        tr("Looking for unsaved changes"),
        [&fileSystem = environment_.fileSystem, log = offer.left->log, version](core::Progress&) {
            std::optional<LeftBehind> left = readLeftBehind(fileSystem, log, version.get());
            return left ? Found{ui::freedInBackground(*std::move(left))} : Found();
        },
        this,
        [this, version, snapshot = editor_.document().snapshot()](const Found& found) {
            for (const std::shared_ptr<const LeftBehind>& left : found)
                tell({left, snapshot, version});
        });
}

void RecoveryOffer::discard(const std::shared_ptr<const LeftBehind>& left) {
    ui::Job::start(
        tr("Removing an edit log"),
        [&fileSystem = environment_.fileSystem, left](core::Progress&) {
            return fileSystem.remove(left->log.path);
        },
        this,
        [this, left](const core::Status& removed) {
            if (!removed && !removed.error().isMissing())
                messages_.tell(messageOf(*left),
                               {ui::Message::Kind::Warning,
                                tr("The unsaved changes to %1 could not be discarded: %2.")
                                    .arg(nameOf(editor_.document()), reasonText(removed.error())),
                                {}});
        });
}

}  // namespace octavo::app
