#include "app/progress_dialog.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace octavo::app {

namespace {

constexpr int kLeastWidth = 320;

}  // namespace

ProgressDialog::ProgressDialog(const QString& title, const QString& text, QWidget* parent)
    : QDialog(parent), bar_(new ui::ThinProgressBar(this)) {
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(kLeastWidth);
    bar_->setAccessibleName(text);
    auto* const cancel = new QPushButton(tr("Cancel"), this);
    connect(cancel, &QPushButton::clicked, this, &ProgressDialog::cancelled);
    auto* const buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    auto* const column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(new QLabel(text, this));
    column->addWidget(bar_);
    column->addLayout(buttons);
}

void ProgressDialog::closeEvent(QCloseEvent* event) {
    event->ignore();
    emit cancelled();
}

}  // namespace octavo::app
