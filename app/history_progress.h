// Shows how far a long way through the history is, and keeps the window from editing meanwhile;
// who gives up is taken back to where it began.
//
// Thread rule: GUI thread.
#pragma once

#include "app/progress_dialog.h"
#include "ui/bridge/history_keeper.h"

#include <QObject>
#include <QPointer>

namespace octavo::app {

class HistoryProgress final : public QObject {
    Q_OBJECT

public:
    /// `keeper` must outlive it; the dialog stands on `window`.
    HistoryProgress(ui::HistoryKeeper& keeper, QWidget* window, QObject* parent);
    ~HistoryProgress() override;

private:
    void begin();
    void end();

    ui::HistoryKeeper& keeper_;
    QWidget* window_;
    QPointer<ProgressDialog> dialog_;
};

}  // namespace octavo::app
