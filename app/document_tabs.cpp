#include "app/document_tabs.h"

#include "app/document_text.h"
#include "app/file_name.h"

#include <QMouseEvent>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace octavo::app {

DocumentTabs::DocumentTabs(QWidget* parent)
    : QWidget(parent), bar_(new QTabBar(this)), pages_(new QStackedWidget(this)) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addWidget(pages_, 1);
    bar_->setAccessibleName(tr("Open documents"));
    bar_->setDocumentMode(true);
    bar_->setDrawBase(false);
    bar_->setExpanding(false);
    bar_->setMovable(true);
    bar_->setTabsClosable(true);
    bar_->setElideMode(Qt::ElideMiddle);
    // The keyboard is the grid's; Ctrl+Tab changes tabs.
    bar_->setFocusPolicy(Qt::NoFocus);
    bar_->hide();
    bar_->installEventFilter(this);
    connect(bar_, &QTabBar::currentChanged, this, &DocumentTabs::showCurrent);
    connect(bar_, &QTabBar::tabCloseRequested, this,
            [this](int index) { emit closeWanted(at(index)); });
}

OpenDocument* DocumentTabs::at(int index) const {
    return bar_->tabData(index).value<OpenDocument*>();
}

int DocumentTabs::indexOf(const OpenDocument* document) const {
    for (int index = 0; index < bar_->count(); ++index)
        if (at(index) == document)
            return index;
    return -1;
}

OpenDocument* DocumentTabs::current() const {
    return at(bar_->currentIndex());
}

std::vector<OpenDocument*> DocumentTabs::all() const {
    std::vector<OpenDocument*> documents;
    for (int index = 0; index < bar_->count(); ++index)
        documents.push_back(at(index));
    return documents;
}

void DocumentTabs::add(OpenDocument* document, int place) {
    pages_->addWidget(document);
    const auto isLater = [this, place](const OpenDocument* other) {
        return places_.at(other) > place;
    };
    const std::vector<OpenDocument*> others = all();
    const auto before = std::ranges::find_if(others, isLater);
    places_.emplace(document, place);
    {
        // The first tab is current before it knows its document.
        const QSignalBlocker silence(bar_);
        const int index = bar_->insertTab(static_cast<int>(before - others.begin()), {});
        bar_->setTabData(index, QVariant::fromValue(document));
        if (before == others.end())
            bar_->setCurrentIndex(index);
    }
    refreshTab(document);
    showCurrent();
}

void DocumentTabs::setCurrent(OpenDocument* document) {
    bar_->setCurrentIndex(indexOf(document));
}

void DocumentTabs::replace(OpenDocument* before, OpenDocument* after) {
    const int index = indexOf(before);
    pages_->addWidget(after);
    bar_->setTabData(index, QVariant::fromValue(after));
    refreshTab(after);
    if (index == bar_->currentIndex())
        showCurrent();
    places_.emplace(after, places_.at(before));
    places_.erase(before);
    pages_->removeWidget(before);
    before->deleteLater();
}

void DocumentTabs::remove(OpenDocument* document) {
    {
        const QSignalBlocker silence(bar_);
        bar_->removeTab(indexOf(document));
    }
    bar_->setVisible(bar_->count() > 1);
    showCurrent();
    places_.erase(document);
    pages_->removeWidget(document);
    document->deleteLater();
}

void DocumentTabs::step(bool forward) {
    const int count = bar_->count();
    if (count > 1)
        bar_->setCurrentIndex((bar_->currentIndex() + (forward ? 1 : count - 1)) % count);
}

void DocumentTabs::showCurrent() {
    OpenDocument* const document = current();
    if (document != nullptr)
        pages_->setCurrentWidget(document);
    emit currentChanged(document);
}

void DocumentTabs::refreshTab(OpenDocument* document) {
    const int index = indexOf(document);
    if (index < 0)
        return;
    const core::Document& content = document->document();
    QString name = nameOf(content);
    // A tab would take it for a mnemonic.
    name.replace(QLatin1Char('&'), QLatin1String("&&"));
    bar_->setTabText(index, content.isModified() ? name + QStringLiteral(" *") : name);
    // Qt's own button for it has no name.
    if (QWidget* const close = bar_->tabButton(index, QTabBar::RightSide))
        close->setAccessibleName(tr("Close %1").arg(nameOf(content)));
    bar_->setTabToolTip(index,
                        content.isUntitled() ? nameOf(content) : displayPath(content.path()));
    bar_->setVisible(bar_->count() > 1);
}

bool DocumentTabs::eventFilter(QObject* watched, QEvent* event) {
    if (watched == bar_ && event->type() == QEvent::MouseButtonRelease) {
        const auto& mouse = static_cast<const QMouseEvent&>(*event);
        const int index = bar_->tabAt(mouse.position().toPoint());
        if (mouse.button() == Qt::MiddleButton && index >= 0) {
            emit closeWanted(at(index));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace octavo::app
