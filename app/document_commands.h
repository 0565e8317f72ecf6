// The commands of menus and keys that are about the document that is shown: each action runs what
// the document, or a bar below it, does.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/bottom_bars.h"
#include "app/open_document.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace octavo::app {

class DocumentCommands final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    DocumentCommands(const Actions& actions, BottomBars& bars, QObject* parent);

    /// Nothing where no document is open: no command does anything then.
    void setDocument(OpenDocument* document);

private:
    void connectSaving();
    void connectClipboard();
    void connectEditing();
    void connectFinding();
    void connectMoving();
    void connectViews();
    void connectPanels();
    void connectModes();
    void onDocument(ActionId id, std::function<void(OpenDocument&)> act);
    /// As onDocument(), but not while the original has the keyboard, which is said.
    void onEdit(ActionId id, std::function<void(OpenDocument&)> act);

    const Actions& actions_;
    BottomBars& bars_;
    QPointer<OpenDocument> document_;
};

}  // namespace octavo::app
