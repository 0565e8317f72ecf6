#include "ui/panels/opening_page.h"

#include "ui/panels/job_indicator.h"
#include "ui/style/theme.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace octavo::ui {

OpeningPage::OpeningPage(QWidget* parent) : QWidget(parent), label_(new QLabel(this)) {
    label_->setTextFormat(Qt::PlainText);
    label_->setAlignment(Qt::AlignCenter);
    label_->setWordWrap(true);
    label_->setForegroundRole(QPalette::PlaceholderText);
    label_->hide();
    auto* const column = new QVBoxLayout(this);
    column->addWidget(label_);
    patience_.setSingleShot(true);
    patience_.setInterval(JobIndicator::kPatienceMs);
    connect(&patience_, &QTimer::timeout, label_, &QLabel::show);
}

void OpeningPage::begin(const QString& name) {
    label_->hide();
    label_->setText(tr("Waiting for %1…").arg(name));
    patience_.start();
}

void OpeningPage::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), Theme::of(palette()).base);
}

}  // namespace octavo::ui
