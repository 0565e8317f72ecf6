#include "app/closing.h"

#include "app/document_text.h"
#include "app/window_list.h"

#include <QApplication>
#include <QPointer>

#include <chrono>
#include <utility>

namespace octavo::app {

namespace {

/// A window must not be deleted under what stands on it: dialogs and menus run event loops inside
/// its own functions.
constexpr std::chrono::milliseconds kAgain{50};

bool somethingStandsOnAWindow() {
    return QApplication::activeModalWidget() != nullptr ||
           QApplication::activePopupWidget() != nullptr;
}

}  // namespace

Closing::Closing(QWidget& window, const Opener& opener, Environment& environment)
    : QObject(&window), window_(window), opener_(opener), environment_(environment) {
    due_.setInterval(kAgain);
    connect(&due_, &QTimer::timeout, this, &Closing::closeWhenFree);
}

bool Closing::mayClose(OpenDocument* document) {
    const bool may = document == nullptr || mayLose(*document);
    if (may)
        due_.stop();
    // A window that is being saved, or is about to go, lets the quitting go on.
    if (!may && !afterSave_ && !due_.isActive())
        environment_.quitting = false;
    return may;
}

bool Closing::mayLose(OpenDocument& document) {
    // Each question runs an event loop, in which the document may be replaced.
    const QPointer<OpenDocument> asked(&document);
    if (document.saver().isRunning() && !mayLeave(document))
        return false;
    if (!asked || document.saver().isRunning() || !document.document().hasChanges())
        return asked != nullptr;
    switch (environment_.dialogs.beforeClosing(&window_, nameOf(document.document()),
                                               pendingText(document.document()))) {
    case CloseAnswer::Discard:
        return asked != nullptr;
    case CloseAnswer::Save:
        if (asked && !asked->saver().isRunning()) {
            afterSave_ = true;
            asked->saver().flush();
        }
        break;
    case CloseAnswer::Cancel:
        due_.stop();
        break;
    }
    return false;
}

/// True also where there is nothing left to wait for.
bool Closing::mayLeave(OpenDocument& document) {
    const QPointer<OpenDocument> asked(&document);
    const bool leaves = environment_.dialogs.mayLeaveWriting(&window_, nameOf(document.document()));
    return leaves || (asked && !asked->saver().isRunning());
}

void Closing::saveEnded(bool succeeded) {
    if (!std::exchange(afterSave_, false))
        return;
    if (!succeeded) {
        environment_.quitting = false;
        return;
    }
    due_.start();
    // Queued, as this comes from within what would be closed.
    QMetaObject::invokeMethod(this, &Closing::closeWhenFree, Qt::QueuedConnection);
}

void Closing::closeWhenFree() {
    if (!due_.isActive() || somethingStandsOnAWindow() || opener_.isBusy())
        return;
    due_.stop();
    Environment& environment = environment_;
    window_.close();
    if (environment.quitting)
        closeAllWindows(environment);
}

}  // namespace octavo::app
