// A grid that shows the original of a document, in step with one that shows the edits: the same
// place at the top, the caret at the same place.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/bridge/original_document.h"
#include "ui/hex/hex_view.h"

#include <QObject>
#include <QPointer>

namespace octavo::app {

class OriginalGrid final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it; `parent` is to hold the grid.
    OriginalGrid(ui::EditorDocument& edited, ui::HexView& partner, QWidget* parent);
    ~OriginalGrid() override;

    ui::HexView& view() { return *view_; }

private:
    void show();
    void followPartner();
    void followCaret();
    void leadPartner();

    ui::EditorDocument& edited_;
    ui::HexView& partner_;
    ui::OriginalDocument original_;
    QPointer<ui::HexView> view_;
    bool moving_ = false;
};

}  // namespace octavo::app
