#include "app/original_grid.h"

#include <QScopedValueRollback>

namespace octavo::app {

OriginalGrid::OriginalGrid(ui::EditorDocument& edited, ui::HexView& partner, QWidget* parent)
    : QObject(parent), partner_(partner), original_(edited), view_(new ui::HexView(parent)) {
    view_->setAccessibleName(tr("Bytes of the original"));
    view_->setTag(tr("Original"));
    view_->setDocument(&original_.shown());
    connect(&original_, &ui::OriginalDocument::replaced, this, [this] {
        view_->setDocument(&original_.shown());
        followPartner();
    });
    connect(&partner, &ui::HexView::scrolled, this, &OriginalGrid::followPartner);
    connect(&partner, &ui::HexView::caretMoved, this, &OriginalGrid::followCaret);
    connect(view_, &ui::HexView::scrolled, this, &OriginalGrid::leadPartner);
    followCaret();
    followPartner();
}

OriginalGrid::~OriginalGrid() {
    // It goes before what it shows.
    delete view_.data();
}

void OriginalGrid::followPartner() {
    if (moving_)
        return;
    const QScopedValueRollback<bool> moving(moving_, true);
    view_->setTopOffset(original_.toOriginal(partner_.topOffset()));
}

void OriginalGrid::followCaret() {
    const QScopedValueRollback<bool> moving(moving_, true);
    const core::Offset top = view_->topOffset();
    view_->setSelection({original_.toOriginal(partner_.caret()), 0});
    view_->setTopOffset(top);
}

void OriginalGrid::leadPartner() {
    if (moving_)
        return;
    const QScopedValueRollback<bool> moving(moving_, true);
    partner_.setTopOffset(original_.toEdited(view_->topOffset()));
}

}  // namespace octavo::app
