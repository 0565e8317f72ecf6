// A small square button with one of our icons and a tool tip.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/style/icons.h"

#include <QToolButton>

namespace octavo::ui {

class IconButton final : public QToolButton {
    Q_OBJECT

public:
    /// `name` is the tool tip and what screen readers say.
    IconButton(Icon which, const QString& name, QWidget* parent = nullptr);
};

}  // namespace octavo::ui
