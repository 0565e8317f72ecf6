// The open documents of one window, one page each, with a bar of tabs above them where there are
// several. Owns the pages.
//
// Thread rule: GUI thread.
#pragma once

#include "app/open_document.h"

#include <QWidget>

#include <unordered_map>
#include <vector>

class QStackedWidget;
class QTabBar;

namespace octavo::app {

class DocumentTabs final : public QWidget {
    Q_OBJECT

public:
    explicit DocumentTabs(QWidget* parent = nullptr);

    /// Nothing where there is no document.
    OpenDocument* current() const;
    /// In the order of their tabs.
    std::vector<OpenDocument*> all() const;

    /// A place behind all tabs that there are and those that are to come.
    int reservePlace() { return nextPlace_++; }
    /// Adds a page. Where several files are opened at once, the tabs stand in the order in which
    /// they were wanted, however fast each of them opens, and the last of them is current.
    void add(OpenDocument* document, int place);
    void setCurrent(OpenDocument* document);
    /// Puts another document in the place of one, which goes.
    void replace(OpenDocument* before, OpenDocument* after);
    /// The page goes; the one beside it is current.
    void remove(OpenDocument* document);
    /// To the next tab, or the one before, round the ends.
    void step(bool forward);
    /// To be called when a name or what is pending is another.
    void refreshTab(OpenDocument* document);

signals:
    /// Nothing where none is left.
    void currentChanged(octavo::app::OpenDocument* document);
    void closeWanted(octavo::app::OpenDocument* document);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    OpenDocument* at(int index) const;
    int indexOf(const OpenDocument* document) const;
    void showCurrent();

    QTabBar* bar_;
    QStackedWidget* pages_;
    std::unordered_map<const OpenDocument*, int> places_;
    int nextPlace_ = 0;
};

}  // namespace octavo::app
