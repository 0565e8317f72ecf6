// Where one writes an offset to go to; says while one types what it means. Up and Down bring back
// where one went before.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "ui/panels/field_history.h"
#include "ui/panels/go_to_expression.h"
#include "ui/panels/panel_bar.h"

class QLineEdit;
class QToolButton;

namespace octavo::ui {

class NoteLabel;

/// Why `target` leads nowhere, for a document of `length` bytes.
QString goToFaultText(const GoToTarget& target, core::Offset length);

class GoToBar final : public PanelBar {
    Q_OBJECT

public:
    explicit GoToBar(QWidget* parent = nullptr);

    void activate();
    /// What relative offsets and percents refer to.
    void setPlace(const GoToPlace& place);
    FieldHistory& history() { return *history_; }

signals:
    void goToWanted(octavo::core::Offset offset);
    /// Shift+Return: the selection is to reach there.
    void selectToWanted(octavo::core::Offset offset);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void explain(bool insistently);
    void go(bool selects);

    GoToPlace place_;
    QLineEdit* field_;
    FieldHistory* history_;
    NoteLabel* note_;
    QToolButton* go_;
};

}  // namespace octavo::ui
