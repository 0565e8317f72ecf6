// Shows the job that runs, with progress and Cancel, once it has lasted half a second. The one
// place where background work is seen.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/bridge/job.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QToolButton;

namespace octavo::ui {

class ThinProgressBar;

class JobIndicator final : public QWidget {
    Q_OBJECT

public:
    /// Work that is over sooner is never seen.
    static constexpr int kPatienceMs = 500;

    explicit JobIndicator(QWidget* parent = nullptr);

    /// Several may run at once; the latest is shown.
    void watch(Job* job);

private:
    void showLatest();
    void refresh();

    std::vector<QPointer<Job>> jobs_;
    QTimer patience_;
    QLabel* title_;
    ThinProgressBar* progress_;
    QLabel* figures_;
    QToolButton* cancel_;
};

}  // namespace octavo::ui
