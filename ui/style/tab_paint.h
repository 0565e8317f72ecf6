// How tabs look: the chosen one is a piece of the page below it, under a line of the accent.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/style/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace octavo::ui {

void drawTabShape(const Theme& theme, const QStyleOptionTab& option, QPainter& painter);
/// The cross that closes a tab.
void drawTabClose(const Theme& theme, const QStyleOption& option, QPainter& painter);

}  // namespace octavo::ui
