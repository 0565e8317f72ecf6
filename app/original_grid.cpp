#include "app/original_grid.h"

#include <QScopedValueRollback>

namespace octavo::app {

OriginalGrid::OriginalGrid(ui::EditorDocument& edited, ui::HexView& partner, QWidget* parent)
    : QObject(parent)
    , edited_(edited)
    , partner_(partner)
    , original_(edited)
    , view_(new ui::HexView(parent)) {
    view_->setAccessibleName(tr("Bytes of the original"));
    view_->setTag(tr("Original"));
    show();
    connect(&original_, &ui::OriginalDocument::replaced, this, &OriginalGrid::show);
    connect(&edited, &ui::EditorDocument::contentChanged, this, &OriginalGrid::followPartner);
    connect(&partner, &ui::HexView::scrolled, this, &OriginalGrid::followPartner);
    connect(&partner, &ui::HexView::caretMoved, this, &OriginalGrid::followCaret);
    connect(view_, &ui::HexView::scrolled, this, &OriginalGrid::leadPartner);
}

void OriginalGrid::show() {
    view_->setDocument(&original_.shown());
    // Why it is not edited is said where refusals of the edits are.
    connect(&original_.shown(), &ui::EditorDocument::editRefused, &edited_,
            [this](const QString& reason) { edited_.refuse(reason); });
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
