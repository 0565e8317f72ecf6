#include "app/main_window.h"

#include "app/about_dialog.h"
#include "app/document_text.h"
#include "app/error_text.h"
#include "app/file_name.h"
#include "app/keys_dialog.h"
#include "app/menus.h"
#include "app/status_clicks.h"
#include "app/view_commands.h"
#include "app/window_list.h"
#include "ui/bridge/background_free.h"
#include "ui/panels/go_to_expression.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace octavo::app {

namespace {

const QString kGoToMessage = QStringLiteral("go to");
constexpr QSize kFirstSize(1040, 720);
constexpr QSize kSmallestSize(480, 320);

/// Of each file that cannot be opened its own.
QString openMessage(const std::string& path) {
    return QStringLiteral("open:") + textFromPath(path);
}

/// Byte for byte, as names need not be UTF-8.
std::vector<std::string> localFiles(const QMimeData& data) {
    std::vector<std::string> paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths.push_back(QByteArray::fromPercentEncoding(url.path(QUrl::FullyEncoded).toUtf8())
                                .toStdString());
    return paths;
}

ActionId actionOf(core::AccessMode mode) {
    switch (mode) {
    case core::AccessMode::ReadOnly:
        return ActionId::ReadOnly;
    case core::AccessMode::WriteThrough:
        return ActionId::WriteThrough;
    case core::AccessMode::Preview:
        break;
    }
    return ActionId::Preview;
}

}  // namespace

MainWindow::MainWindow(Environment& environment)
    : environment_(environment)
    , actions_(new Actions(this))
    , status_(new ui::StatusLine(this))
    , jobs_(new ui::JobIndicator(this))
    , formats_(new FormatChoice(environment.settings, this))
    , opener_(new Opener(environment.fileSystem, *jobs_, this))
    , closing_(new Closing(*this, *opener_, environment))
    , reloader_(new Reloader(
          *opener_, environment, this,
          [this](OpenDocument& before, std::unique_ptr<core::Document> now) {
              replaceDocument(&before, std::move(now));
          },
          [this](const std::string& path, const core::Error& error) {
              tellOpenFailed(path, error);
          }))
    , toolBar_(new MainToolBar(*actions_, this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    setMinimumSize(kSmallestSize);
    resize(kFirstSize);
    const auto* const formatMenus = new FormatMenus(*formats_, this);
    QMenu* const recent = buildMenus(*menuBar(), *actions_, *formatMenus);
    connectClicks(*status_, *actions_, *formatMenus);
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        fillRecentMenu(*recent, *actions_, environment_.settings, [this](const std::string& path) {
            open({path, {}, false});
        });
    });
    addToolBar(toolBar_);
    status_->addBackgroundWidget(jobs_);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(status_, 1);
    buildCentre();
    commands_ = new DocumentCommands(*actions_, *bars_, this);
    inspector_ = new InspectorDock(*actions_, environment.settings, *this);

    viewCommands_ = new ViewCommands(*actions_, environment, *formats_, *toolBar_, this, [this] {
        return document_
                   ? document_->view().gridFont()
                   : environment_.settings.gridFont().value_or(ui::HexView::defaultGridFont());
    });
    connectActions();
    if (!environment.settings.geometry().isEmpty())
        restoreGeometry(environment.settings.geometry());
    connect(&environment.settings, &Settings::recentFilesChanged, this,
            &MainWindow::refreshRecentFiles);
    refreshRecentFiles();
    refresh();
    empty_->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre() {
    auto* const centre = new QWidget(this);
    auto* const column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    messages_ = new ui::MessageArea(centre);
    stack_ = new QStackedWidget(centre);
    empty_ = new ui::EmptyState(stack_);
    opening_ = new ui::OpeningPage(stack_);
    stack_->addWidget(empty_);
    stack_->addWidget(opening_);
    tabs_ = new DocumentTabs(stack_);
    stack_->addWidget(tabs_);
    actions_->keepEditKeysIn(*stack_);
    bars_ = new BottomBars(environment_.settings, centre);
    column->addWidget(messages_);
    column->addWidget(stack_, 1);
    column->addWidget(bars_);
    setCentralWidget(centre);
    connect(bars_, &BottomBars::closed, this, [this] {
        (document_ ? static_cast<QWidget*>(document_) : stack_->currentWidget())->setFocus();
    });
    connect(tabs_, &DocumentTabs::currentChanged, this, &MainWindow::showCurrent);
    connect(tabs_, &DocumentTabs::closeWanted, this, &MainWindow::closeDocument);
    connect(closing_, &Closing::closeWanted, this, &MainWindow::closeDocument);
    connect(empty_, &ui::EmptyState::openWanted, action(ActionId::Open), &QAction::trigger);
    connect(empty_, &ui::EmptyState::newWanted, action(ActionId::New), &QAction::trigger);
    connect(empty_, &ui::EmptyState::recentWanted, this, [this](int place) {
        open({environment_.settings.recentFiles()[static_cast<std::size_t>(place)], {}, false});
    });
}

// ---- Actions

void MainWindow::on(ActionId id, std::function<void()> act) {
    connect(action(id), &QAction::triggered, this, std::move(act));
}

void MainWindow::connectActions() {
    on(ActionId::New, [this] { newDocument(); });
    on(ActionId::Open, [this] {
        const QPointer<MainWindow> self(this);
        const std::vector<std::string> paths = environment_.dialogs.filesToOpen(this);
        for (const std::string& path : paths)
            if (self)
                open({path, {}, false});
    });
    on(ActionId::ClearRecent, [this] { environment_.settings.clearRecentFiles(); });
    on(ActionId::Reload, [this] {
        if (document_)
            reloader_->reload(*document_);
    });
    // The last document takes the window along.
    on(ActionId::Close,
       [this] { tabs_->all().size() > 1 ? closeDocument(document_) : void(close()); });
    on(ActionId::NextTab, [this] { tabs_->step(true); });
    on(ActionId::PreviousTab, [this] { tabs_->step(false); });
    on(ActionId::Quit, [this] { closeAllWindows(environment_); });
    connect(toolBar_, &MainToolBar::modeChosen, this, [this](core::AccessMode mode) {
        if (document_)
            document_->setMode(mode);
    });
    on(ActionId::Keys, [this] { showKeys(this, *menuBar()); });
    on(ActionId::About, [this] { showAbout(this); });
}

// ---- Opening

void MainWindow::open(const OpenRequest& request) {
    openFault_.clear();
    messages_->dismiss(openMessage(request.path));
    messages_->dismiss(kGoToMessage);
    if (!document_) {
        opening_->begin(displayName(request.path));
        stack_->setCurrentWidget(opening_);
    }
    opener_->open(request, [this, request, place = tabs_->reservePlace()](Opener::Opened result) {
        opened(request, place, std::move(result));
    });
}

void MainWindow::opened(const OpenRequest& request, int place, Opener::Opened result) {
    if (result) {
        environment_.settings.addRecentFile(request.path);
        if (showOpen(**result, request.goTo)) {
            ui::freeInBackground(std::shared_ptr<core::Document>(std::move(*result)));
            return;
        }
        return adopt(*std::move(result), place, request.goTo);
    }
    if (!document_ && !opener_->isBusy())
        stack_->setCurrentWidget(empty_);
    if (result.error().code != core::ErrorCode::Cancelled)
        tellOpenFailed(request.path, result.error());
}

/// True where a tab of any window has the same file, whatever its name: it is shown.
bool MainWindow::showOpen(const core::Document& opened, const QString& goTo) {
    if (!opened.file())
        return false;
    const core::FileIdentity identity = opened.file()->openedInfo().identity;
    for (QWidget* const widget : QApplication::topLevelWidgets()) {
        auto* const window = qobject_cast<MainWindow*>(widget);
        if (window == nullptr)
            continue;
        for (OpenDocument* const document : window->tabs_->all()) {
            const std::shared_ptr<const core::MappedFile> file = document->document().file();
            if (!file || file->openedInfo().identity != identity)
                continue;
            window->tabs_->setCurrent(document);
            window->activateWindow();
            if (!document_)
                stack_->setCurrentWidget(empty_);
            if (!goTo.isEmpty())
                window->goToExpression(*document, goTo);
            window->status_->showNote(tr("%1 is open already").arg(nameOf(document->document())));
            return true;
        }
    }
    return false;
}

void MainWindow::adopt(std::unique_ptr<core::Document> core, int place, const QString& goTo) {
    OpenDocument* const document = makeDocument(std::move(core));
    tabs_->add(document, place);
    if (!goTo.isEmpty())
        goToExpression(*document, goTo);
}

OpenDocument* MainWindow::makeDocument(std::unique_ptr<core::Document> core) {
    auto* const document = new OpenDocument(std::move(core), environment_, *jobs_, this);
    connect(document, &OpenDocument::changed, this, [this, document] {
        tabs_->refreshTab(document);
        if (document == document_)
            refresh();
    });
    connect(document, &OpenDocument::noted, status_, &ui::StatusLine::showNote);
    connect(document, &OpenDocument::reloadWanted, this,
            [this, document] { reloader_->reload(*document); });
    connect(&document->saver(), &Saver::finished, this, &MainWindow::refreshRecentFiles);
    connect(&document->saver(), &Saver::finished, closing_,
            [this, document](bool succeeded) { closing_->saveEnded(document, succeeded); });
    connect(&document->views(), &DocumentViews::zoomWanted, viewCommands_, &ViewCommands::zoomBy);
    connect(&document->views(), &DocumentViews::contextMenuWanted, this, [this](const QPoint& at) {
        QMenu menu(this);
        fillContextMenu(menu, *actions_);
        menu.exec(at);
    });
    return document;
}

void MainWindow::showCurrent(OpenDocument* document) {
    document_ = document;
    stack_->setCurrentWidget(document != nullptr ? static_cast<QWidget*>(tabs_) : empty_);
    bars_->setDocument(document);
    commands_->setDocument(document);
    inspector_->setDocument(document);
    if (document != nullptr)
        document->view().setFocus();
    refresh();
}

void MainWindow::closeDocument(OpenDocument* document) {
    document->views().finishTyping();
    if (tabs_->all().size() == 1)
        close();
    else if (const QPointer<OpenDocument> asked(document);
             closing_->mayClose(*document) && asked && tabs_->all().size() > 1)
        tabs_->remove(document);
}

void MainWindow::newDocument() {
    adopt(core::Document::untitled(), tabs_->reservePlace(), {});
}

void MainWindow::offerUnsaved() {
    if (startOffers_ == nullptr) {
        startOffers_ = new StartOffers(environment_, *messages_, this);
        connect(startOffers_, &StartOffers::openWanted, this, [this](const std::string& path) {
            open({path, {}, false});
        });
        connect(startOffers_, &StartOffers::restoreWanted, this,
                [this](const std::shared_ptr<const LeftBehind>& left) {
                    newDocument();
                    document_->recovery().restoreInto(left);
                });
    }
    startOffers_->look();
}

void MainWindow::goToExpression(OpenDocument& document, const QString& text) {
    const ui::GoToTarget target = ui::parseGoTo(
        text, {document.view().caret(), document.document().length(), document.view().selection()});
    if (target.offset)
        return document.goTo(*target.offset);
    messages_->tell(kGoToMessage,
                    {ui::Message::Kind::Notice,
                     tr("Cannot go to \"%1\". %2.")
                         .arg(text, ui::goToFaultText(target, document.document().length())),
                     {}});
}

void MainWindow::tellOpenFailed(const std::string& path, const core::Error& error) {
    openFault_ = tr("%1 could not be opened: %2.").arg(displayPath(path), reasonText(error));
    messages_->tell(openMessage(path), {ui::Message::Kind::Warning, openFault_, {}});
}

void MainWindow::replaceDocument(OpenDocument* before, std::unique_ptr<core::Document> document) {
    const core::Offset caret = before->view().caret();
    const core::Offset topRow = before->view().topRow();
    OpenDocument* const after = makeDocument(std::move(document));
    tabs_->replace(before, after);
    after->goTo(caret);
    after->view().setTopRow(topRow);
}

bool MainWindow::isSettled() const {
    return !opener_->isBusy() && (!document_ || document_->views().isFullyLoaded());
}

// ---- Closing

void MainWindow::closeEvent(QCloseEvent* event) {
    // The one that is seen is asked about first.
    std::vector<OpenDocument*> documents = tabs_->all();
    if (const auto current = std::ranges::find(documents, document_.data());
        current != documents.end())
        std::iter_swap(documents.begin(), current);
    for (OpenDocument* const document : documents)
        document->views().finishTyping();
    if (!closing_->mayCloseAll(documents))
        return event->ignore();
    environment_.settings.setGeometry(saveGeometry());
    event->accept();
}

// ---- Keys and drops

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape || event->modifiers() != Qt::NoModifier)
        return QMainWindow::keyPressEvent(event);
    if (bars_->closeOne() || messages_->closeTop() || !document_)
        return;
    if (!document_->closePanel())
        document_->messages().closeTop();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!localFiles(*event->mimeData()).empty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    for (const std::string& path : localFiles(*event->mimeData()))
        open({path, {}, false});
}

// ---- What is shown

void MainWindow::refresh() {
    actions_->enableFor(document_ ? document_->actionState() : ActionState());
    toolBar_->setModeEnabled(document_ != nullptr);
    if (!document_) {
        setWindowTitle(tr("Octavo"));
        toolBar_->setMode(core::AccessMode::Preview);
        return status_->showValues(std::nullopt);
    }
    formats_->setGrid(document_->views().activeGrid());
    const ui::StatusValues values = document_->statusValues();
    status_->showValues(values);
    toolBar_->setPendingCount(values.changes);
    toolBar_->setMode(values.mode);
    action(actionOf(values.mode))->setChecked(true);
    action(ActionId::InsertMode)->setChecked(values.insertMode);
    // The name may hold the sign that stands for "modified".
    QString name = nameOf(document_->document());
    name.replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
    setWindowTitle(tr("%1[*] - Octavo").arg(name));
    setWindowModified(values.changes > 0);
}

void MainWindow::refreshRecentFiles() {
    std::vector<ui::EmptyState::RecentFile> files;
    for (const std::string& path : environment_.settings.recentFiles())
        files.push_back({displayName(path), displayFolder(path)});
    empty_->setRecentFiles(files);
}

}  // namespace octavo::app
