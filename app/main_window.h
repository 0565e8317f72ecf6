// The main window: connects the parts and owns none of their work. Each open document has a tab;
// what one owns is OpenDocument.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/bottom_bars.h"
#include "app/closing.h"
#include "app/document_commands.h"
#include "app/document_tabs.h"
#include "app/environment.h"
#include "app/format_choice.h"
#include "app/inspector_dock.h"
#include "app/main_tool_bar.h"
#include "app/open_document.h"
#include "app/opener.h"
#include "app/reloader.h"
#include "app/start_offers.h"
#include "ui/panels/empty_state.h"
#include "ui/panels/job_indicator.h"
#include "ui/panels/message_bar.h"
#include "ui/panels/opening_page.h"
#include "ui/panels/status_line.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <memory>
#include <string>
#include <vector>

class QStackedWidget;

namespace octavo::app {

class ViewCommands;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// `environment` must outlive it. The window deletes itself when it is closed.
    explicit MainWindow(Environment& environment);
    ~MainWindow() override;

    /// Opens a file in a tab of its own; one that is open already is shown.
    void open(const OpenRequest& request);
    void newDocument();
    /// Offers what runs that ended without saving have left behind: for a start without a file.
    void offerUnsaved();
    /// The one that is shown; nothing while no file is open.
    OpenDocument* document() const { return document_; }
    DocumentTabs& tabs() { return *tabs_; }

    /// True where nothing is being opened and every row that is seen has its bytes.
    bool isSettled() const;
    /// Why the last file could not be opened; empty where it could.
    const QString& openFault() const { return openFault_; }

    QAction* action(ActionId id) const { return (*actions_)[id]; }
    ui::StatusLine& statusLine() { return *status_; }
    ui::MessageArea& messages() { return *messages_; }
    BottomBars& bars() { return *bars_; }
    InspectorDock& inspector() { return *inspector_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    /// Esc closes what stands above and below the grid, one after the other.
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildCentre();
    void connectActions();
    void on(ActionId id, std::function<void()> act);

    void opened(const OpenRequest& request, int place, Opener::Opened result);
    void adopt(std::unique_ptr<core::Document> core, int place, const QString& goTo);
    bool showOpen(const core::Document& opened, const QString& goTo);
    void replaceDocument(OpenDocument* before, std::unique_ptr<core::Document> document);
    OpenDocument* makeDocument(std::unique_ptr<core::Document> document);
    void showCurrent(OpenDocument* document);
    void closeDocument(OpenDocument* document);
    void goToExpression(OpenDocument& document, const QString& text);
    void tellOpenFailed(const std::string& path, const core::Error& error);

    void refresh();
    void refreshRecentFiles();

    Environment& environment_;
    Actions* actions_;
    ui::StatusLine* status_;
    ui::JobIndicator* jobs_;
    FormatChoice* formats_;
    Opener* opener_;
    Closing* closing_;
    Reloader* reloader_;
    MainToolBar* toolBar_;
    ui::MessageArea* messages_ = nullptr;
    ViewCommands* viewCommands_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    DocumentTabs* tabs_ = nullptr;
    ui::EmptyState* empty_ = nullptr;
    ui::OpeningPage* opening_ = nullptr;
    StartOffers* startOffers_ = nullptr;
    QPointer<OpenDocument> document_;
    BottomBars* bars_ = nullptr;
    DocumentCommands* commands_ = nullptr;
    InspectorDock* inspector_ = nullptr;
    QString openFault_;
};

}  // namespace octavo::app
