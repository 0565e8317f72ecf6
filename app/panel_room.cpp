#include "app/panel_room.h"

#include <QSplitter>

namespace octavo::app {

void addPanel(QSplitter& splitter, QWidget& panel) {
    QList<int> sizes = splitter.sizes();
    splitter.addWidget(&panel);
    splitter.setCollapsible(splitter.indexOf(&panel), false);
    const int given = sizes.front() * 2 / 5;
    sizes.front() -= given;
    splitter.setSizes(sizes << given);
}

}  // namespace octavo::app
