// Sits in the program and does what the test outside says: types, presses keys, clicks links.
//
// What is to be done stands in the environment, step for step: see kTypistSteps. Each step is tried
// until it can be done; "say" writes a line to the standard output, so that the test outside knows
// how far it is.
// Thread rule: GUI thread.
#pragma once

#include "app/main_window.h"
#include "ui/bridge/job.h"
#include "ui/panels/message_bar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QList>
#include <QStringList>
#include <QTest>
#include <QTimer>

#include <cstdio>

namespace octavo::test {

/// The variable with the steps, one a line:
///   loaded         wait until a document is shown
///   type DIGITS    type them; "_" steps over a byte
///   press KEYS     as "Ctrl+S"
///   follow TEXT    click the link of a message
///   restore?       click what restores most, where that is offered when all is quiet
///   clean          wait until nothing is pending and nothing is written
///   say TEXT
///   quit
inline constexpr const char* kTypistSteps = "OCTAVO_TYPIST_STEPS";

class Typist final : public QObject {
public:
    explicit Typist(QObject* parent)
        : QObject(parent)
        , steps_(QString::fromUtf8(qgetenv(kTypistSteps)).split('\n', Qt::SkipEmptyParts)) {
        auto* const timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [this, timer] {
            while (!steps_.isEmpty() && doStep(steps_.front()))
                steps_.removeFirst();
            if (steps_.isEmpty())
                timer->stop();
        });
        timer->start(10);
    }

private:
    static app::MainWindow* window() {
        for (QWidget* const widget : QApplication::topLevelWidgets())
            if (auto* const found = qobject_cast<app::MainWindow*>(widget))
                return found;
        return nullptr;
    }
    static app::OpenDocument* document() { return window() ? window()->document() : nullptr; }
    /// The links of messages that are seen, from the left.
    static QList<QAbstractButton*> links() {
        QList<QAbstractButton*> found;
        for (const ui::MessageBar* const bar : window()->findChildren<ui::MessageBar*>())
            for (QAbstractButton* const button : bar->findChildren<QAbstractButton*>())
                if (button->isVisible())
                    found << button;
        return found;
    }
    static QAbstractButton* restoresMost() {
        QAbstractButton* last = nullptr;
        for (QAbstractButton* const button : links())
            if (button->text().startsWith("Restore"))
                last = button;
        return last;
    }
    static bool click(QAbstractButton* button) {
        QTest::mouseClick(button, Qt::LeftButton);
        return true;
    }
    static bool follow(const QString& text) {
        for (QAbstractButton* const button : links())
            if (button->text() == text)
                return click(button);
        return false;
    }
    static void type(const QString& digits) {
        ui::HexView& view = document()->view();
        for (const QChar digit : digits) {
            if (digit == '_')
                QTest::keyClick(&view, Qt::Key_Right);
            else
                QTest::keyClicks(&view, digit);
        }
    }
    /// True where no job runs and none has a result to deliver.
    bool isQuiet() {
        quiet_ = ui::Job::waitAllIdle(std::chrono::milliseconds{0}) ? quiet_ + 1 : 0;
        return quiet_ > 5;
    }

    bool doStep(const QString& step) {
        const QString verb = step.section(' ', 0, 0);
        const QString what = step.section(' ', 1);
        if (verb == "loaded")
            return document() != nullptr && window()->isSettled();
        if (verb == "follow")
            return follow(what);
        if (verb == "restore?")
            return isQuiet() && (restoresMost() == nullptr || click(restoresMost()));
        if (verb == "clean")
            return !document()->document().hasChanges() && !document()->saver().isRunning() &&
                   isQuiet();
        quiet_ = 0;
        if (verb == "type") {
            type(what);
        } else if (verb == "press") {
            const QKeyCombination keys = QKeySequence(what)[0];
            QTest::keyClick(document() ? static_cast<QWidget*>(&document()->view()) : window(),
                            keys.key(), keys.keyboardModifiers());
        } else if (verb == "say") {
            std::printf("%s\n", qPrintable(what));
            std::fflush(stdout);
        } else if (verb == "quit") {
            window()->close();
        } else {
            qFatal("no such step: %s", qPrintable(step));
        }
        return true;
    }

    QStringList steps_;
    int quiet_ = 0;
};

}  // namespace octavo::test
