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

bool Closing::mayCloseAll(const std::vector<OpenDocument*>& documents) {
    wholeWindow_ = true;
    bool may = true;
    // A question runs an event loop, in which documents may go.
    const std::vector<QPointer<OpenDocument>> asked(documents.begin(), documents.end());
    for (const QPointer<OpenDocument>& document : asked) {
        if (!document)
            continue;
        const auto agreed = agreed_.find(document);
        const bool isAgreed = agreed != agreed_.end() &&
                              agreed->second == document->document().revision() &&
                              !document->saver().isRunning();
        may = isAgreed || mayLose(*document);
        if (!may)
            break;
        if (document)
            agreed_[document] = document->document().revision();
    }
    const bool goesOn = may || saving_ || due_.isActive();
    if (may)
        due_.stop();
    // A window that is being saved, or is about to go, lets the quitting go on.
    if (!goesOn)
        environment_.quitting = false;
    // Only one who goes on has agreed to anything.
    if (may || !goesOn)
        agreed_.clear();
    return may;
}

bool Closing::mayClose(OpenDocument& document) {
    wholeWindow_ = false;
    closing_ = &document;
    const bool may = mayLose(document);
    if (may)
        due_.stop();
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
            saving_ = asked;
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

void Closing::saveEnded(OpenDocument* document, bool succeeded) {
    if (saving_ != document)
        return;
    saving_ = nullptr;
    if (!succeeded) {
        agreed_.clear();
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
    if (!wholeWindow_) {
        if (closing_)
            emit closeWanted(closing_);
        return;
    }
    Environment& environment = environment_;
    window_.close();
    if (environment.quitting)
        closeAllWindows(environment);
}

}  // namespace octavo::app
