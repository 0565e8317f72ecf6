#include "app/replace_run.h"

#include <QProgressDialog>

#include <algorithm>
#include <vector>

namespace octavo::app {

using core::Document;
using core::Status;

namespace {

constexpr std::size_t kTogether = 256;
constexpr int kProgressSteps = 1000;

}  // namespace

void ReplaceRun::start(ui::EditorDocument& editor, std::shared_ptr<const core::ReplaceAll> found,
                       const QString& stepName, QWidget* window, Done done) {
    const std::size_t count = found->size();
    // A child of the document: where that goes, so does the run.
    auto* const run = new ReplaceRun(editor, std::move(found), window, std::move(done));
    editor.document().beginTransaction(stepName.toStdString());
    if (count > kAtOnce)
        return run->timer_.start(0);
    const Status status = run->replaceSome(count);
    run->finish(status);
}

ReplaceRun::ReplaceRun(ui::EditorDocument& editor, std::shared_ptr<const core::ReplaceAll> found,
                       QWidget* window, Done done)
    : QObject(&editor)
    , editor_(editor)
    , found_(std::move(found))
    , left_(found_->size())
    , before_(editor.document().history().current())
    , done_(std::move(done)) {
    connect(&timer_, &QTimer::timeout, this, &ReplaceRun::turn);
    if (left_ <= kAtOnce)
        return;
    dialog_ = new QProgressDialog(tr("Replacing…"), tr("Cancel"), 0, kProgressSteps, window);
    dialog_->setWindowTitle(tr("Replace all"));
    dialog_->setWindowModality(Qt::WindowModal);
    dialog_->setAutoClose(false);
    dialog_->setAutoReset(false);
    dialog_->setMinimumDuration(0);
    dialog_->setValue(0);
    connect(dialog_, &QProgressDialog::canceled, this, [this] {
        finish(core::Error{core::ErrorCode::Cancelled, "replace", {}, 0, "cancelled"});
    });
}

ReplaceRun::~ReplaceRun() {
    delete dialog_;
}

/// From the end, so that the offsets in front keep their meaning.
Status ReplaceRun::replaceSome(std::size_t most) {
    const std::size_t first = left_ - std::min(left_, most);
    std::vector<Document::Replacement> some;
    some.reserve(left_ - first);
    for (std::size_t i = first; i < left_; ++i)
        some.push_back({found_->extent(i), found_->bytes(i)});
    left_ = first;
    return editor_.document().replaceMany(some);
}

void ReplaceRun::turn() {
    const auto until = std::chrono::steady_clock::now() + kSlice;
    while (left_ > 0 && std::chrono::steady_clock::now() < until) {
        if (const Status status = replaceSome(kTogether); !status)
            return finish(status);
    }
    if (left_ == 0)
        return finish({});
    const double share = static_cast<double>(left_) / static_cast<double>(found_->size());
    dialog_->setValue(static_cast<int>((1.0 - share) * kProgressSteps));
}

void ReplaceRun::finish(const Status& status) {
    if (isOver_)
        return;
    isOver_ = true;
    timer_.stop();
    delete dialog_;
    editor_.document().endTransaction();
    // Where nothing was replaced there is no step of it.
    if (!status && editor_.document().history().current() != before_)
        (void)editor_.document().undo();
    editor_.noteStateChanged();
    const Done done = std::move(done_);
    deleteLater();
    done(status);
}

}  // namespace octavo::app
