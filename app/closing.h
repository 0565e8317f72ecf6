// Whether a window may close: asks where something would be lost, and closes the window after the
// save that was asked for.
//
// Thread rule: GUI thread.
#pragma once

#include "app/environment.h"
#include "app/open_document.h"
#include "app/opener.h"

#include <QObject>
#include <QTimer>
#include <QWidget>

namespace octavo::app {

class Closing final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. `opener` is the window's: what it opens is not thrown away.
    Closing(QWidget& window, const Opener& opener, Environment& environment);

    /// For the window's closeEvent(). `document` may be null.
    bool mayClose(OpenDocument* document);
    /// To be told of each end of a save of the window's document.
    void saveEnded(bool succeeded);

private:
    bool mayLose(OpenDocument& document);
    bool mayLeave(OpenDocument& document);
    void closeWhenFree();

    QWidget& window_;
    const Opener& opener_;
    Environment& environment_;
    bool afterSave_ = false;  ///< a save runs after which the window closes
    QTimer due_;              ///< active while the window is to close as soon as it can
};

}  // namespace octavo::app
