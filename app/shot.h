// Takes the picture of a window for --shot: the real one, once its rows have arrived.
//
// Thread rule: GUI thread.
#pragma once

#include "app/main_window.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

namespace octavo::app {

class Shot final : public QObject {
    Q_OBJECT

public:
    /// Waits at most this long for the window to settle.
    static constexpr int kPatienceMs = 10'000;

    /// Begins to wait at once.
    Shot(MainWindow& window, QString file, QObject* parent = nullptr);

signals:
    /// Empty where the picture was written, else one line that says why not.
    void ended(const QString& fault);

private:
    void look();
    QString take() const;
    void end(const QString& fault);

    QPointer<MainWindow> window_;
    QString file_;
    QTimer timer_;
    QElapsedTimer waited_;
    int calmLooks_ = 0;
};

}  // namespace octavo::app
