// Where one writes which bytes to select: from an offset to another one, or so many of them.
// Offsets are written as in GoToBar.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "ui/panels/go_to_expression.h"
#include "ui/panels/panel_bar.h"

#include <optional>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace octavo::ui {

class NoteLabel;

class SelectBar final : public PanelBar {
    Q_OBJECT

public:
    explicit SelectBar(QWidget* parent = nullptr);

    /// Shows the bar with what is selected now, or the caret, as the first field's text.
    void activate(core::Extent selection);
    /// What relative offsets and percents refer to.
    void setPlace(const GoToPlace& place);

signals:
    void selectWanted(octavo::core::Extent extent);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Reading {
        std::optional<core::Extent> extent;
        QString fault;
    };

    Reading read() const;
    void explain(bool insistently);
    void select();

    GoToPlace place_;
    QLineEdit* from_;
    QComboBox* form_;
    QLineEdit* to_;
    NoteLabel* note_;
    QToolButton* select_ = nullptr;
};

}  // namespace octavo::ui
