#include "app/replace_run.h"

#include "ui/bridge/history_keeper.h"

#include <algorithm>
#include <vector>

namespace octavo::app {

using core::Document;
using core::Status;

namespace {

constexpr std::size_t kTogether = 256;

}  // namespace

void ReplaceRun::start(ui::EditorDocument& editor, std::shared_ptr<const core::ReplaceAll> found,
                       core::IfSwitchedOff answer, QWidget* window, Done done) {
    const std::size_t count = found->size();
    // A child of the document: where that goes, so does the run.
    auto* const run = new ReplaceRun(editor, std::move(found), answer, window, std::move(done));
    editor.document().beginTransaction(tr("Replace all").toStdString());
    if (count > kAtOnce)
        return run->timer_.start(0);
    const Status status = run->replaceSome(count);
    run->finish(status);
}

ReplaceRun::ReplaceRun(ui::EditorDocument& editor, std::shared_ptr<const core::ReplaceAll> found,
                       core::IfSwitchedOff answer, QWidget* window, Done done)
    : QObject(&editor)
    , editor_(editor)
    , found_(std::move(found))
    , left_(found_->size())
    , answer_(answer)
    , before_(editor.document().history().current())
    , done_(std::move(done))
    , revision_(editor.document().revision()) {
    connect(&timer_, &QTimer::timeout, this, &ReplaceRun::turn);
    if (left_ <= kAtOnce)
        return;
    dialog_ = new ProgressDialog(tr("Replace all"), tr("Replacing…"), window);
    connect(dialog_, &ProgressDialog::cancelled, this, [this] {
        finish(core::Error{core::ErrorCode::Cancelled, "replace", {}, 0, "cancelled"});
    });
    dialog_->show();
}

ReplaceRun::~ReplaceRun() {
    closeDialog();
}

// It may be one of its own events that ends the run.
void ReplaceRun::closeDialog() {
    if (!dialog_)
        return;
    dialog_->disconnect(this);
    dialog_->hide();
    dialog_->deleteLater();
}

/// From the end, so that the offsets in front keep their meaning.
Status ReplaceRun::replaceSome(std::size_t most) {
    const std::size_t first = left_ - std::min(left_, most);
    std::vector<Document::Replacement> some;
    some.reserve(left_ - first);
    for (std::size_t i = first; i < left_; ++i)
        some.push_back({found_->extent(i), found_->bytes(i)});
    left_ = first;
    const Status status = editor_.document().replaceMany(some, answer_);
    revision_ = editor_.document().revision();
    return status;
}

void ReplaceRun::turn() {
    if (editor_.document().revision() != revision_)
        return finish(core::Error{core::ErrorCode::InvalidArgument,
                                  "replace",
                                  {},
                                  0,
                                  "the document was changed meanwhile"});
    const auto until = std::chrono::steady_clock::now() + kSlice;
    while (left_ > 0 && std::chrono::steady_clock::now() < until) {
        if (const Status status = replaceSome(kTogether); !status)
            return finish(status);
    }
    if (left_ == 0)
        return finish({});
    dialog_->setProgress(static_cast<core::Offset>(found_->size() - left_),
                         static_cast<core::Offset>(found_->size()));
}

void ReplaceRun::finish(const Status& status) {
    if (isOver_)
        return;
    isOver_ = true;
    timer_.stop();
    closeDialog();
    editor_.document().endTransaction();
    // Where nothing was replaced there is no step of it.
    if (!status && editor_.document().history().current() != before_)
        takeBack(status);
    else
        tell(status);
}

void ReplaceRun::takeBack(const Status& status) {
    const auto undone = [this, status](const ui::HistoryKeeper::Stepped& stepped) {
        if (stepped)
            return tell(status);
        tell(core::Error{stepped.error().code,
                         "replace",
                         {},
                         0,
                         "a part of it, which could not be taken back yet: " +
                             stepped.error().reason});
    };
    if (editor_.history().isBusy())
        undone(editor_.document().undo());
    else
        editor_.history().undo(undone);
}

void ReplaceRun::tell(const Status& status) {
    editor_.noteStateChanged();
    const Done done = std::move(done_);
    deleteLater();
    done(status);
}

}  // namespace octavo::app
