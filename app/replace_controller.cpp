#include "app/replace_controller.h"

#include "app/error_text.h"
#include "app/replace_run.h"
#include "core/search/hit_text.h"
#include "ui/panels/find_options.h"
#include "ui/panels/number_text.h"

namespace octavo::app {

using core::Extent;
using core::ReplaceAll;

namespace {

constexpr std::size_t kShownBytes = 16;

QString shownBytes(core::ByteSpan bytes) {
    if (bytes.empty())
        return QStringLiteral("∅");
    const QString hex =
        QString::fromStdString(core::hexText(bytes.first(std::min(bytes.size(), kShownBytes))));
    return bytes.size() > kShownBytes ? hex + QStringLiteral(" …") : hex;
}

}  // namespace

ReplaceController::ReplaceController(ui::ReplaceBar& bar, ui::FindBar& findBar,
                                     FindController& finder, QObject* parent)
    : QObject(parent), bar_(bar), findBar_(findBar), finder_(finder) {
    connect(&bar_, &ui::ReplaceBar::replaceWanted, this, &ReplaceController::replaceOne);
    connect(&bar_, &ui::ReplaceBar::replaceAllWanted, this, &ReplaceController::replaceAll);
    connect(&bar_, &ui::ReplaceBar::replacementEdited, this, [this] {
        replaced_ = 0;
        stop();
        preview();
    });
    connect(&findBar_, &ui::FindBar::patternEdited, this, [this] {
        replaced_ = 0;
        stop();
        bar_.setQuery(findBar_.query());
    });
    connect(&findBar_, &ui::FindBar::closed, this, [this] {
        stop();
        bar_.hide();
    });
    connect(&bar_, &ui::ReplaceBar::closed, this, &ReplaceController::stop);
    connect(&finder_, &FindController::found, this, &ReplaceController::preview);
    bar_.setQuery(findBar_.query());
}

void ReplaceController::setDocument(OpenDocument* document) {
    stop();
    document_ = document;
    bar_.setEnabled(document != nullptr);
}

void ReplaceController::stop() {
    if (job_)
        findBar_.setRunning(false);
    delete job_.data();
    delete preview_.data();
    bar_.setBusy(false);
}

void ReplaceController::showBar() {
    findBar_.show();
    bar_.activate();
    if (!findBar_.hasPattern())
        findBar_.activate();
    preview();
}

ReplaceController::Replacing
ReplaceController::prepare(Extent range, const core::FindOptions& options, std::uint64_t most) {
    const core::Result<core::Replacement> replacement = bar_.replacement();
    if (!replacement) {
        bar_.showFault(QString::fromStdString(replacement.error().reason));
        return nullptr;
    }
    return std::make_shared<ReplaceAll>(
        document_->document().snapshot(), findBar_.query(), range, *replacement,
        ReplaceAll::Options{
            .find = options, .most = most, .firstNumber = most == 1 ? replaced_ + 1 : 1});
}

// ---- What it would become

void ReplaceController::preview() {
    delete preview_.data();
    if (!document_ || !bar_.isVisible() || job_)
        return;
    const std::optional<Extent> match = finder_.currentMatch();
    const core::Result<core::Replacement> replacement = bar_.replacement();
    if (!match || !replacement)
        return;
    const Replacing replacing = prepare(*match, {}, 1);
    preview_ = ui::Job::start(
        tr("Looking at the match"),
        [replacing, snapshot = document_->document().snapshot(),
         match = *match](core::Progress& progress) {
            const core::Status status = replacing->run(progress);
            core::Bytes before(
                static_cast<std::size_t>(std::min<core::Offset>(match.length, kShownBytes + 1)));
            snapshot.read(match.offset, before);
            return status && replacing->size() == 1
                       ? std::optional(std::pair(std::move(before), replacing))
                       : std::nullopt;
        },
        this,
        [this](const auto& looked) {
            preview_ = nullptr;
            if (looked)
                bar_.showNote(tr("%1 → %2").arg(shownBytes(looked->first),
                                                shownBytes(looked->second->bytes(0))));
        });
}

// ---- One after the other

bool ReplaceController::mayEdit() {
    if (document_->document().accessMode() != core::AccessMode::ReadOnly)
        return true;
    bar_.showFault(tr("The document is open read-only; switch to Preview to replace"));
    return false;
}

void ReplaceController::replaceOne() {
    if (!document_ || job_ || finder_.isRunning() || !mayEdit())
        return;
    if (const std::optional<Extent> match = finder_.currentMatch())
        return replaceMatch(*match);
    finder_.find(false);
}

void ReplaceController::replaceMatch(Extent match) {
    delete preview_.data();
    const Replacing replacing = prepare(match, {}, 1);
    if (!replacing)
        return;
    job_ = ui::Job::start(
        tr("Replacing"), [replacing](core::Progress& progress) { return replacing->run(progress); },
        this,
        [this, replacing, match,
         revision = document_->document().revision()](const core::Status& status) {
            job_ = nullptr;
            if (!document_)
                return;
            if (!status)
                return bar_.showFault(reasonText(status.error()));
            if (replacing->size() != 1 || replacing->extent(0) != match ||
                document_->document().revision() != revision)
                return bar_.showFault(tr("What was found is no longer there; find it again"));
            putInPlace(match, replacing, core::IfSwitchedOff::Ask);
        });
}

void ReplaceController::putInPlace(Extent match, const Replacing& replacing,
                                   core::IfSwitchedOff answer) {
    const core::ByteSpan bytes = replacing->bytes(0);
    if (const core::Status done = document_->document().replace(match, bytes, answer); !done) {
        if (answer != core::IfSwitchedOff::Ask ||
            !asksSwitchedOff(done.error(), [this, match, replacing](core::IfSwitchedOff given) {
                putInPlace(match, replacing, given);
            }))
            bar_.showFault(reasonText(done.error()));
        return;
    }
    ++replaced_;
    // What was put in is not searched.
    const core::Offset behind = match.offset + static_cast<core::Offset>(bytes.size());
    document_->view().setCaret(behind);
    if (match.isEmpty())
        finder_.passEmptyMatch(behind);
    finder_.find(false);
}

bool ReplaceController::asksSwitchedOff(const core::Error& error,
                                        std::function<void(core::IfSwitchedOff)> again) {
    if (error.code != core::ErrorCode::SwitchedOff)
        return false;
    document_->editor().askSwitchedOff([self = QPointer(this), document = document_,
                                        again = std::move(again)](core::IfSwitchedOff answer) {
        if (self && document && document == self->document_)
            again(answer);
    });
    return true;
}

// ---- All of them

void ReplaceController::replaceAll() {
    if (!document_ || job_ || !mayEdit())
        return;
    if (!findBar_.hasPattern())
        return findBar_.activate();
    if (const auto finder = findBar_.finder(); !finder)
        return findBar_.showFault(QString::fromStdString(finder.error().reason));
    const std::optional<Extent> range = finder_.range();
    if (!range)
        return;
    delete preview_.data();
    core::FindOptions options;
    options.threads = 0;
    options.alignment = findBar_.options().alignment();
    const Replacing replacing = prepare(*range, options, ReplaceAll::Options::kAll);
    if (!replacing)
        return;
    bar_.setBusy(true);
    bar_.showNote(tr("Searching…"));
    job_ = ui::Job::start(
        tr("Replacing"), [replacing](core::Progress& progress) { return replacing->run(progress); },
        this,
        [this, replacing, revision = document_->document().revision()](const core::Status& status) {
            job_ = nullptr;
            bar_.setBusy(false);
            findBar_.setRunning(false);
            if (!document_)
                return;
            if (status)
                return found(replacing, revision);
            if (status.error().code == core::ErrorCode::Cancelled)
                bar_.showNote(tr("Stopped; nothing was replaced"));
            else
                bar_.showFault(tr("Nothing was replaced: %1").arg(reasonText(status.error())));
        });
    connect(job_, &ui::Job::progressed, this, [this] {
        findBar_.setRunning(true);
        findBar_.setProgress(job_->done(), job_->total());
    });
    connect(&findBar_, &ui::FindBar::stopWanted, job_, &ui::Job::cancel);
}

void ReplaceController::found(const Replacing& replacing, std::uint64_t revision) {
    if (document_->document().revision() != revision)
        return bar_.showFault(
            tr("Nothing was replaced: the document was edited meanwhile; do it again"));
    if (replacing->size() == 0)
        return bar_.showFault(tr("Not found"));
    replaceFound(replacing, core::IfSwitchedOff::Ask);
}

void ReplaceController::replaceFound(const Replacing& replacing, core::IfSwitchedOff answer) {
    bar_.setBusy(true);
    bar_.showNote(tr("Replacing…"));
    ReplaceRun::start(
        document_->editor(), replacing, answer, document_->window(),
        [self = QPointer(this), replacing, answer](const core::Status& status) {
            if (!self || !self->document_)
                return;
            self->bar_.setBusy(false);
            if (status)
                return self->tellReplaced(replacing);
            if (status.error().code == core::ErrorCode::Cancelled)
                return self->bar_.showNote(tr("Cancelled; nothing was replaced"));
            self->bar_.showFault(tr("Not replaced: %1").arg(reasonText(status.error())));
            if (answer == core::IfSwitchedOff::Ask)
                self->asksSwitchedOff(status.error(), [controller = self.data(),
                                                       replacing](core::IfSwitchedOff given) {
                    controller->replaceFound(replacing, given);
                });
        });
}

void ReplaceController::tellReplaced(const Replacing& replacing) {
    const auto count = static_cast<core::Offset>(replacing->size());
    QString note = count == 1 ? tr("1 match replaced")
                              : tr("%1 matches replaced", nullptr, ui::pluralNumber(count))
                                    .arg(ui::groupedNumber(count));
    const core::Offset notSearched = replacing->notSearched().total();
    if (notSearched == 0)
        return bar_.showNote(note);
    bar_.showFault(
        tr("%1; not searched, as unreadable: %2").arg(note, ui::byteCountText(notSearched)));
}

}  // namespace octavo::app
