#include "app/document_commands.h"

#include <QAction>

#include <utility>

namespace octavo::app {

DocumentCommands::DocumentCommands(const Actions& actions, BottomBars& bars, QObject* parent)
    : QObject(parent), actions_(actions), bars_(bars) {
    connectSaving();
    connectClipboard();
    connectEditing();
    connectFinding();
    connectMoving();
    connectViews();
    connectPanels();
    connectModes();
}

void DocumentCommands::setDocument(OpenDocument* document) {
    document_ = document;
}

void DocumentCommands::onDocument(ActionId id, std::function<void(OpenDocument&)> act) {
    connect(actions_[id], &QAction::triggered, this, [this, act = std::move(act)] {
        if (!document_)
            return;
        // What is typed over a cell is a part of what the command is about.
        document_->views().finishTyping();
        act(*document_);
    });
}

void DocumentCommands::onEdit(ActionId id, std::function<void(OpenDocument&)> act) {
    onDocument(id, [act = std::move(act)](OpenDocument& document) {
        if (document.mayEditHere())
            act(document);
    });
}

void DocumentCommands::connectSaving() {
    onDocument(ActionId::Flush, [](OpenDocument& document) { document.saver().flush(); });
    onDocument(ActionId::FlushWith, [](OpenDocument& document) { document.saver().flushWith(); });
    onDocument(ActionId::SaveAs, [](OpenDocument& document) { document.saver().saveAs(); });
    onDocument(ActionId::SaveCopy, [](OpenDocument& document) { document.saver().saveCopy(); });
    onDocument(ActionId::SaveSelection, [](OpenDocument& document) {
        document.saver().saveSelection(document.view().selection());
    });
    onDocument(ActionId::Revert, [](OpenDocument& document) { document.revert(); });
}

void DocumentCommands::connectClipboard() {
    using Form = ClipboardCommands::Form;
    const auto copies = [this](ActionId id, Form form) {
        onDocument(id, [form](OpenDocument& document) { document.clipboard().copy(form); });
    };
    const auto pastes = [this](ActionId id, Form form) {
        onEdit(id, [form](OpenDocument& document) { document.clipboard().paste(form); });
    };
    copies(ActionId::Copy, Form::OfPane);
    copies(ActionId::CopyHex, Form::Hex);
    copies(ActionId::CopyText, Form::Text);
    copies(ActionId::CopyC, Form::CArray);
    copies(ActionId::CopyPython, Form::Python);
    copies(ActionId::CopyBase64, Form::Base64);
    copies(ActionId::CopyDump, Form::Dump);
    pastes(ActionId::PasteBase64, Form::Base64);
    pastes(ActionId::Paste, Form::OfPane);
    pastes(ActionId::PasteHex, Form::Hex);
    pastes(ActionId::PasteText, Form::Text);
    onEdit(ActionId::Cut, [](OpenDocument& document) { document.clipboard().cut(); });
}

void DocumentCommands::connectEditing() {
    onDocument(ActionId::Undo, [](OpenDocument& document) { document.history().undo(); });
    onDocument(ActionId::Redo, [](OpenDocument& document) { document.history().redo(); });
    onEdit(ActionId::Delete, [](OpenDocument& document) { document.view().eraseSelection(); });
    onEdit(ActionId::DeleteToEnd, [](OpenDocument& document) { document.view().eraseToEnd(); });
    onDocument(ActionId::SelectAll,
               [](OpenDocument& document) { document.views().focused().selectAll(); });
    const auto edit = [this](ActionId id, ui::EditBar::Operation operation) {
        onEdit(id, [this, operation](OpenDocument&) { bars_.editBar().activate(operation); });
    };
    onDocument(ActionId::SelectBlock, [this](OpenDocument& document) {
        bars_.selectBar().activate(document.view().selection());
    });
    edit(ActionId::EditSelection, ui::EditBar::Operation::Fill);
    edit(ActionId::InsertBytes, ui::EditBar::Operation::Insert);
    edit(ActionId::SetSize, ui::EditBar::Operation::SetSize);
    onDocument(ActionId::InsertMode, [](OpenDocument& document) {
        document.view().setInsertMode(!document.view().insertMode());
    });
}

void DocumentCommands::connectFinding() {
    onDocument(ActionId::Find, [this](OpenDocument&) { bars_.finder().showBar(); });
    onDocument(ActionId::FindAll, [this](OpenDocument&) { bars_.finder().findAll(); });
    onDocument(ActionId::FindSelection, [this](OpenDocument&) { bars_.finder().findSelection(); });
    onEdit(ActionId::Replace, [this](OpenDocument&) { bars_.replacer().showBar(); });
    onDocument(ActionId::FindNext, [this](OpenDocument&) { bars_.finder().find(false); });
    onDocument(ActionId::FindPrevious, [this](OpenDocument&) { bars_.finder().find(true); });
}

void DocumentCommands::connectMoving() {
    onDocument(ActionId::GoTo, [this](OpenDocument&) { bars_.goToBar().activate(); });
    onDocument(ActionId::GoToValue, [](OpenDocument& document) { document.goToValue(); });
    onDocument(ActionId::NextChange, [](OpenDocument& document) { document.goToChange(true); });
    onDocument(ActionId::PreviousChange,
               [](OpenDocument& document) { document.goToChange(false); });
    onDocument(ActionId::Back, [](OpenDocument& document) { document.view().goBack(); });
    onDocument(ActionId::Forward, [](OpenDocument& document) { document.view().goForward(); });
}

void DocumentCommands::connectViews() {
    onDocument(ActionId::Original, [](OpenDocument& document) {
        document.views().setFlipped(!document.views().isFlipped());
    });
    onDocument(ActionId::Compare, [](OpenDocument& document) {
        document.views().setComparing(!document.views().isComparing());
    });
    onDocument(ActionId::OnlyDifferences, [](OpenDocument& document) {
        document.views().setOnlyDifferences(!document.views().onlyDifferences());
    });
    onDocument(ActionId::Split, [](OpenDocument& document) {
        document.views().setSplit(!document.views().isSplit());
    });
    onDocument(ActionId::OtherView, [](OpenDocument& document) { document.views().switchView(); });
}

void DocumentCommands::connectPanels() {
    onDocument(ActionId::ToggleBookmark,
               [](OpenDocument& document) { document.bookmarks().toggle(); });
    onDocument(ActionId::NextBookmark,
               [](OpenDocument& document) { document.bookmarks().goToNext(); });
    onDocument(ActionId::PreviousBookmark,
               [](OpenDocument& document) { document.bookmarks().goToPrevious(); });
    onDocument(ActionId::ListBookmarks,
               [](OpenDocument& document) { document.bookmarks().showList(); });
    onDocument(ActionId::History, [](OpenDocument& document) {
        DocumentHistory& history = document.history();
        history.isShown() ? history.close() : history.show();
    });
    onDocument(ActionId::Changes, [](OpenDocument& document) {
        DocumentChanges& changes = document.changes();
        changes.isShown() ? changes.close() : changes.show();
    });
}

void DocumentCommands::connectModes() {
    onDocument(ActionId::ReadOnly,
               [](OpenDocument& document) { document.setMode(core::AccessMode::ReadOnly); });
    onDocument(ActionId::Preview,
               [](OpenDocument& document) { document.setMode(core::AccessMode::Preview); });
    onDocument(ActionId::WriteThrough,
               [](OpenDocument& document) { document.setMode(core::AccessMode::WriteThrough); });
}

}  // namespace octavo::app
