#include "app/bottom_bars.h"

#include <QVBoxLayout>

namespace octavo::app {

BottomBars::BottomBars(Settings& settings, QWidget* parent) : QWidget(parent), settings_(settings) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void BottomBars::setDocument(OpenDocument* document) {
    if (document_)
        disconnect(document_, nullptr, this, nullptr);
    document_ = document;
    if (finder_ != nullptr)
        finder_->setDocument(document);
    if (replacer_ != nullptr)
        replacer_->setDocument(document);
    if (editBytes_ != nullptr)
        editBytes_->setDocument(document);
    if (document != nullptr)
        connect(document, &OpenDocument::changed, this, &BottomBars::refreshPlace);
    refreshPlace();
}

FindController& BottomBars::finder() {
    if (finder_ == nullptr) {
        findBar_ = new ui::FindBar(this);
        findBar_->hide();
        static_cast<QVBoxLayout*>(layout())->insertWidget(0, findBar_);
        finder_ = new FindController(*findBar_, this);
        finder_->setDocument(document_);
        connect(findBar_, &ui::FindBar::closed, this, &BottomBars::closed);
    }
    return *finder_;
}

ReplaceController& BottomBars::replacer() {
    if (replacer_ == nullptr) {
        finder();
        replaceBar_ = new ui::ReplaceBar(this);
        replaceBar_->hide();
        static_cast<QVBoxLayout*>(layout())->insertWidget(1, replaceBar_);
        replacer_ = new ReplaceController(*replaceBar_, *findBar_, *finder_, this);
        replacer_->setDocument(document_);
        connect(replaceBar_, &ui::ReplaceBar::closed, this, &BottomBars::closed);
    }
    return *replacer_;
}

ui::ReplaceBar& BottomBars::replaceBar() {
    replacer();
    return *replaceBar_;
}

ui::FindBar& BottomBars::findBar() {
    finder();
    return *findBar_;
}

ui::GoToBar& BottomBars::goToBar() {
    if (goToBar_ == nullptr) {
        goToBar_ = new ui::GoToBar(this);
        goToBar_->hide();
        layout()->addWidget(goToBar_);
        connect(goToBar_, &ui::GoToBar::closed, this, &BottomBars::closed);
        connect(goToBar_, &ui::GoToBar::selectToWanted, this, [this](core::Offset offset) {
            if (document_)
                document_->view().setCaret(offset, true);
        });
        connect(goToBar_, &ui::GoToBar::goToWanted, this, [this](core::Offset offset) {
            if (document_)
                document_->goTo(offset);
        });
        ui::FieldHistory* const history = &goToBar_->history();
        connect(history, &ui::FieldHistory::added, this,
                [this, history] { settings_.setGoToHistory(history->entries()); });
        refreshPlace();
    }
    // Other windows go to places too.
    goToBar_->history().setEntries(settings_.goToHistory());
    return *goToBar_;
}

ui::SelectBar& BottomBars::selectBar() {
    if (selectBar_ == nullptr) {
        selectBar_ = new ui::SelectBar(this);
        selectBar_->hide();
        layout()->addWidget(selectBar_);
        connect(selectBar_, &ui::SelectBar::closed, this, &BottomBars::closed);
        connect(selectBar_, &ui::SelectBar::selectWanted, this, [this](core::Extent extent) {
            if (document_)
                document_->view().jumpTo(extent);
        });
        refreshPlace();
    }
    return *selectBar_;
}

ui::EditBar& BottomBars::editBar() {
    if (editBar_ == nullptr) {
        editBar_ = new ui::EditBar(this);
        editBar_->hide();
        layout()->addWidget(editBar_);
        editBytes_ = new EditBytes(*editBar_, this);
        editBytes_->setDocument(document_);
        connect(editBar_, &ui::EditBar::closed, this, &BottomBars::closed);
    }
    return *editBar_;
}

bool BottomBars::closeOne() {
    for (ui::PanelBar* const bar : std::initializer_list<ui::PanelBar*>{
             editBar_, selectBar_, goToBar_, replaceBar_, findBar_}) {
        if (bar == nullptr || !bar->isVisible())
            continue;
        bar->leave();
        return true;
    }
    return false;
}

void BottomBars::refreshPlace() {
    if (document_ == nullptr)
        return;
    const ui::GoToPlace place{document_->view().caret(), document_->document().length(),
                              document_->view().selection()};
    if (goToBar_ != nullptr)
        goToBar_->setPlace(place);
    if (selectBar_ != nullptr)
        selectBar_->setPlace(place);
}

}  // namespace octavo::app
