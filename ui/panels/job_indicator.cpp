#include "ui/panels/job_indicator.h"

#include "ui/panels/elided_label.h"
#include "ui/panels/number_text.h"
#include "ui/panels/thin_progress_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kProgressWidth = 140;
constexpr int kLeastTitle = 60;
constexpr int kMinute = 60;

using core::Offset;

/// "1.2 GiB of 4.0 GiB, 8 s left"; the time once there is something to judge it by.
QString figuresText(const Job& job) {
    const Offset done = job.done();
    const Offset total = job.total();
    if (total <= 0 || done > total)
        return {};
    const QString bytes = JobIndicator::tr("%1 of %2").arg(sizeText(done), sizeText(total));
    const std::optional<std::chrono::seconds> left = job.remaining();
    if (!left)
        return bytes;
    const auto seconds = left->count();
    if (seconds < kMinute)
        return JobIndicator::tr("%1, %2 s left").arg(bytes, QLocale().toString(seconds));
    return JobIndicator::tr("%1, %2 min left")
        .arg(bytes, QLocale().toString((seconds + kMinute / 2) / kMinute));
}

}  // namespace

JobIndicator::JobIndicator(QWidget* parent)
    : QWidget(parent)
    , title_(new ElidedLabel(Qt::ElideMiddle, kLeastTitle, this))
    , progress_(new ThinProgressBar(this))
    , figures_(new ElidedLabel(Qt::ElideMiddle, kLeastTitle, this))
    , cancel_(new QToolButton(this)) {
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    title_->setTextFormat(Qt::PlainText);
    progress_->setFixedWidth(kProgressWidth);
    cancel_->setText(tr("Cancel"));
    cancel_->setAutoRaise(true);
    cancel_->setMaximumHeight(25);
    cancel_->setFocusPolicy(Qt::TabFocus);
    row->addWidget(title_);
    row->addWidget(progress_);
    row->addWidget(figures_);
    row->addWidget(cancel_);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    hide();

    patience_.setSingleShot(true);
    patience_.setInterval(kPatienceMs);
    connect(&patience_, &QTimer::timeout, this, &JobIndicator::showLatest);
    connect(cancel_, &QToolButton::clicked, this, [this] {
        if (!jobs_.empty() && jobs_.back() != nullptr)
            jobs_.back()->cancel();
        cancel_->setEnabled(false);
    });
}

void JobIndicator::watch(Job* job) {
    const auto forget = [this, job] {
        std::erase_if(jobs_,
                      [job](const QPointer<Job>& one) { return one == nullptr || one == job; });
        showLatest();
    };
    jobs_.emplace_back(job);
    connect(job, &Job::finished, this, forget);
    connect(job, &QObject::destroyed, this, forget);
    connect(job, &Job::progressed, this, &JobIndicator::refresh);
    if (!isVisible())
        patience_.start();
}

void JobIndicator::showLatest() {
    const bool any = !jobs_.empty() && jobs_.back() != nullptr;
    // What is not shown yet waits for its half second.
    setVisible(any && !patience_.isActive());
    if (!any)
        return patience_.stop();
    title_->setText(jobs_.back()->title());
    title_->setToolTip(jobs_.back()->title());
    progress_->setAccessibleName(jobs_.back()->title());
    cancel_->setEnabled(!jobs_.back()->isCancelled());
    refresh();
}

void JobIndicator::refresh() {
    if (jobs_.empty() || jobs_.back() == nullptr)
        return;
    figures_->setText(figuresText(*jobs_.back()));
    figures_->setVisible(!figures_->text().isEmpty());
    progress_->setProgress(jobs_.back()->done(), jobs_.back()->total());
}

}  // namespace octavo::ui
