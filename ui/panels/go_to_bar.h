// Where one writes an offset to go to; says while one types what it means.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "ui/panels/go_to_expression.h"
#include "ui/panels/panel_bar.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace octavo::ui {

/// Why `fault` leads nowhere, for a document of `length` bytes.
QString goToFaultText(GoToFault fault, core::Offset length);

class GoToBar final : public PanelBar {
    Q_OBJECT

public:
    explicit GoToBar(QWidget* parent = nullptr);

    void activate();
    /// What relative offsets and percents refer to.
    void setPlace(const GoToPlace& place);

signals:
    void goToWanted(octavo::core::Offset offset);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void explain(bool insistently);
    void go();

    GoToPlace place_;
    QLineEdit* field_;
    QLabel* note_;
    QToolButton* go_;
};

}  // namespace octavo::ui
