// The real main window with settings, files and answers to its questions of the test's own.
//
// Thread rule: GUI thread.
#pragma once

#include "app/dialogs.h"
#include "app/environment.h"
#include "app/main_window.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "ui/bridge/job.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octavo::test {

/// Answers as the test said beforehand, and counts the questions.
class AnsweredDialogs final : public app::Dialogs {
public:
    std::vector<std::string> filesToOpen(QWidget* parent) override {
        ask(parent);
        return std::exchange(openAnswer, {});
    }
    std::optional<std::string> fileToSave(QWidget* parent, const std::string& suggested) override {
        ask(parent);
        lastSuggestion = suggested;
        return std::exchange(saveAnswer, std::nullopt);
    }
    app::PlanAnswer howToSave(QWidget* parent, const QString&,
                              const std::vector<core::SavePlan>& plans, bool,
                              core::SaveOptions& options) override {
        ask(parent);
        lastPlans = plans;
        options.strategy = planStrategy;
        options.evenIfDetached = true;
        return planAnswer;
    }
    app::CloseAnswer beforeClosing(QWidget* parent, const QString&,
                                   const QString& pending) override {
        ask(parent);
        lastPending = pending;
        if (!closeAnswers.empty()) {
            const app::CloseAnswer next = closeAnswers.front();
            closeAnswers.pop_front();
            return next;
        }
        return closeAnswer;
    }
    bool mayDiscard(QWidget* parent, const QString&, const QString&) override {
        ask(parent);
        return discardAnswer;
    }
    bool mayLeaveWriting(QWidget* parent, const QString&) override {
        ask(parent);
        return leaveAnswer;
    }

    /// Once, at the next question: a real one stands on the window until this is true, with the
    /// event loop running.
    std::function<bool()> holdUntil;
    int asked = 0;
    std::vector<std::string> openAnswer;
    std::optional<std::string> saveAnswer;
    app::CloseAnswer closeAnswer = app::CloseAnswer::Cancel;
    /// One after the other, before closeAnswer counts.
    std::deque<app::CloseAnswer> closeAnswers;
    bool discardAnswer = false;
    app::PlanAnswer planAnswer = app::PlanAnswer::Cancel;
    core::SaveStrategy planStrategy = core::SaveStrategy::Replace;
    std::vector<core::SavePlan> lastPlans;
    bool leaveAnswer = false;
    std::string lastSuggestion;
    QString lastPending;

private:
    void ask(QWidget* parent) {
        ++asked;
        if (const auto isOver = std::exchange(holdUntil, nullptr)) {
            QDialog dialog(parent);
            dialog.setModal(true);
            dialog.show();
            if (!QTest::qWaitFor(isOver, octavo::test::kPatienceMs)) {
                qFatal("the question was held for ever");
            }
            // What was queued gets its turn while the question still stands.
            QTest::qWait(20);
        }
    }
};

class WindowFixture {
public:
    explicit WindowFixture(core::FileSystem& fileSystem = core::systemFileSystem())
        : settings(std::make_unique<QSettings>(QString::fromStdString(folder.path("octavo.conf")),
                                               QSettings::IniFormat))
        , environment{settings, dialogs, appearance, fileSystem, state.path("edits")} {
        appearance.apply(app::ThemeChoice::Light);
        window = showWindow();
    }
    ~WindowFixture() {
        for (app::MainWindow* const one : windows()) {
            delete one;
        }
        // Edit logs go behind the windows, and their file system may be the test's.
        ui::Job::waitAllIdle(std::chrono::seconds{2});
    }

    /// Another window on the same settings.
    app::MainWindow* showWindow() {
        auto* const shown = new app::MainWindow(environment);
        shown->show();
        shown->activateWindow();
        if (!QTest::qWaitForWindowActive(shown)) {
            qFatal("the window did not become active");
        }
        return shown;
    }

    static std::vector<app::MainWindow*> windows() {
        std::vector<app::MainWindow*> found;
        for (QWidget* const widget : QApplication::topLevelWidgets()) {
            if (auto* const one = qobject_cast<app::MainWindow*>(widget)) {
                found.push_back(one);
            }
        }
        return found;
    }

    /// Opens `path` and waits until the window shows it or says why not.
    bool open(const std::string& path, bool readOnly = false) {
        window->open({path, {}, readOnly});
        return QTest::qWaitFor([this] { return window->isSettled(); }, octavo::test::kPatienceMs);
    }
    /// Writes a file and opens it.
    std::string openNew(const char* name, const QByteArray& content, bool readOnly = false) {
        const std::string path = folder.write(name, content);
        if (!open(path, readOnly) || window->document() == nullptr) {
            qFatal("cannot open %s", path.c_str());
        }
        return path;
    }

    app::OpenDocument& document() { return *window->document(); }
    ui::HexView& view() { return document().view(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void type(const QString& text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    void run(app::ActionId id) { window->action(id)->trigger(); }

    /// Presses Ctrl+S and waits for the end of the flush.
    bool flush() {
        QSignalSpy finished(&document().saver(), &app::Saver::finished);
        key(Qt::Key_S, Qt::ControlModifier);
        return QTest::qWaitFor([&] { return !finished.isEmpty(); }, octavo::test::kPatienceMs) &&
               finished[0][0].toBool();
    }

    /// What the document holds, with its pending edits.
    QByteArray content() {
        core::Bytes bytes(static_cast<std::size_t>(document().document().length()));
        document().document().snapshot().read(0, bytes);
        return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
    }

    /// The text of a message with that key, the window's or the document's; empty where none.
    QString message(const QString& messageKey) {
        ui::MessageBar* bar = window->messages().bar(messageKey);
        if (bar == nullptr && window->document() != nullptr) {
            bar = document().messages().bar(messageKey);
        }
        return bar == nullptr ? QString() : bar->text();
    }
    /// Why a file could not be opened, all of them, one a line.
    QString openMessages() {
        QStringList texts;
        for (const ui::MessageBar* const bar : window->messages().findChildren<ui::MessageBar*>()) {
            if (bar->key().startsWith("open:") && bar->isVisible()) {
                texts << bar->text();
            }
        }
        return texts.join(QLatin1Char('\n'));
    }
    /// Clicks the link that says `text`, wherever it stands in the window.
    bool follow(const QString& text) {
        for (QAbstractButton* const button : window->findChildren<QAbstractButton*>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
        return false;
    }
    QString status() { return window->statusLine().text(); }

    TestFolder folder;
    TestFolder state;  ///< of the user: edit logs
    AnsweredDialogs dialogs;
    app::Settings settings;
    app::Appearance appearance;
    app::Environment environment;
    QPointer<app::MainWindow> window;
};

}  // namespace octavo::test
