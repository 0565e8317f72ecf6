// The bars below the grid, made when they are first wanted: find, replace, go to,
// select and edit.
//
// Thread rule: GUI thread.
#pragma once

#include "app/edit_bytes.h"
#include "app/find_controller.h"
#include "app/open_document.h"
#include "app/replace_controller.h"
#include "app/settings.h"
#include "ui/panels/edit_bar.h"
#include "ui/panels/find_bar.h"
#include "ui/panels/go_to_bar.h"
#include "ui/panels/replace_bar.h"
#include "ui/panels/select_bar.h"

#include <QPointer>
#include <QWidget>

namespace octavo::app {

class BottomBars final : public QWidget {
    Q_OBJECT

public:
    /// `settings` must outlive it.
    explicit BottomBars(Settings& settings, QWidget* parent = nullptr);

    /// Nothing where no document is open.
    void setDocument(OpenDocument* document);

    ui::FindBar& findBar();
    FindController& finder();
    ui::ReplaceBar& replaceBar();
    ReplaceController& replacer();
    ui::GoToBar& goToBar();
    ui::SelectBar& selectBar();
    ui::EditBar& editBar();
    /// Closes the edit bar, else the select bar, else the go-to bar, else the replace bar, else the
    /// find bar; false where neither is shown.
    bool closeOne();

signals:
    /// The keyboard wants to be back in the document.
    void closed();

private:
    void refreshPlace();

    Settings& settings_;
    QPointer<OpenDocument> document_;
    ui::FindBar* findBar_ = nullptr;
    FindController* finder_ = nullptr;
    ui::ReplaceBar* replaceBar_ = nullptr;
    ReplaceController* replacer_ = nullptr;
    ui::GoToBar* goToBar_ = nullptr;
    ui::SelectBar* selectBar_ = nullptr;
    ui::EditBar* editBar_ = nullptr;
    EditBytes* editBytes_ = nullptr;
};

}  // namespace octavo::app
