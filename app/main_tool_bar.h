// The tool bar: the few commands one wants at hand, and the access mode in words.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "core/document/access_mode.h"

#include <QToolBar>

#include <cstddef>

namespace octavo::ui {
class FlushButton;
class SegmentedControl;
}  // namespace octavo::ui

namespace octavo::app {

class MainToolBar final : public QToolBar {
    Q_OBJECT

public:
    MainToolBar(const Actions& actions, QWidget* parent);

    void setPendingCount(std::size_t count);
    void setMode(core::AccessMode mode);
    void setModeEnabled(bool enabled);

signals:
    void modeChosen(octavo::core::AccessMode mode);

private:
    void addSpace(int width);

    ui::FlushButton* flush_;
    ui::SegmentedControl* mode_;
};

}  // namespace octavo::app
