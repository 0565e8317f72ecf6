#include "app/history_progress.h"

namespace octavo::app {

HistoryProgress::HistoryProgress(ui::HistoryKeeper& keeper, QWidget* window, QObject* parent)
    : QObject(parent), keeper_(keeper), window_(window) {
    connect(&keeper, &ui::HistoryKeeper::walkBegan, this, &HistoryProgress::begin);
    connect(&keeper, &ui::HistoryKeeper::walkEnded, this, &HistoryProgress::end);
    connect(&keeper, &ui::HistoryKeeper::walked, this, [this](quint64 done, quint64 all) {
        if (dialog_)
            dialog_->setProgress(static_cast<core::Offset>(done), static_cast<core::Offset>(all));
    });
}

HistoryProgress::~HistoryProgress() {
    end();
}

void HistoryProgress::begin() {
    dialog_ = new ProgressDialog(tr("Octavo"), tr("Going through the history…"), window_);
    connect(dialog_, &ProgressDialog::cancelled, &keeper_, &ui::HistoryKeeper::turnBack);
    dialog_->show();
}

void HistoryProgress::end() {
    if (!dialog_)
        return;
    dialog_->disconnect();  // the keeper may be gone
    dialog_->hide();
    dialog_->deleteLater();
    dialog_.clear();
}

}  // namespace octavo::app
