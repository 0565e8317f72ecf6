#include "ui/style/tab_paint.h"

#include "ui/style/icons.h"
#include "ui/style/paint.h"

#include <algorithm>

namespace octavo::ui {

void drawTabShape(const Theme& theme, const QStyleOptionTab& option, QPainter& painter) {
    const QRect& rect = option.rect;
    const bool isChosen = option.state & QStyle::State_Selected;
    const bool isHot = option.state & QStyle::State_MouseOver;
    painter.fillRect(rect, isChosen ? theme.base : isHot ? theme.alternate : theme.window);
    painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);
    if (isChosen) {
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.accent);
    } else {
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    }
}

void drawTabClose(const Theme& theme, const QStyleOption& option, QPainter& painter) {
    const bool isHot = option.state & QStyle::State_MouseOver;
    if (isHot) {
        const bool isDown = option.state & QStyle::State_Sunken;
        paintPanel(painter, option.rect, isDown ? theme.selection : theme.caretRow, theme.line);
    }
    const int side = std::min(option.rect.width(), option.rect.height());
    QRect place(0, 0, side, side);
    place.moveCenter(option.rect.center());
    paintIcon(painter, Icon::Close, place, isHot ? theme.text : theme.dimText);
}

}  // namespace octavo::ui
