#include "app/status_clicks.h"

#include <QAction>
#include <QMenu>

namespace octavo::app {

namespace {

/// The line stands at the lower end of the window: a menu opens upwards.
void openAbove(QMenu& menu, const QPoint& place) {
    menu.popup(place - QPoint(0, menu.sizeHint().height()));
}

void openModes(const Actions& actions, QWidget& line, const QPoint& place) {
    auto* const menu = new QMenu(&line);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ActionId mode : {ActionId::ReadOnly, ActionId::Preview, ActionId::WriteThrough})
        menu->addAction(actions[mode]);
    openAbove(*menu, place);
}

}  // namespace

void connectClicks(ui::StatusLine& line, const Actions& actions, const FormatMenus& formats) {
    QObject::connect(&line, &ui::StatusLine::clicked, &line,
                     [&line, &actions, &formats](ui::StatusPart part, const QPoint& place) {
                         switch (part) {
                         case ui::StatusPart::Offset:
                             return actions[ActionId::GoTo]->trigger();
                         case ui::StatusPart::Typing:
                             return actions[ActionId::InsertMode]->trigger();
                         case ui::StatusPart::Mode:
                             return openModes(actions, line, place);
                         case ui::StatusPart::Encoding:
                             return openAbove(*formats.encodings(), place);
                         case ui::StatusPart::Selection:
                             return actions[ActionId::SelectBlock]->trigger();
                         case ui::StatusPart::Pending:
                             return actions[ActionId::Changes]->trigger();
                         }
                     });
}

}  // namespace octavo::app
