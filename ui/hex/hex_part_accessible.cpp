#include "ui/hex/hex_part_accessible.h"

#include "ui/hex/hex_accessible.h"

namespace octavo::ui {

HexView& HexPartAccessible::view() const {
    return table_.view();
}

ShownCells HexPartAccessible::cells() const {
    return ShownCells(view());
}

bool HexPartAccessible::isValid() const {
    return table_.isValid() && cells().has(place_);
}

QWindow* HexPartAccessible::window() const {
    return table_.window();
}

QAccessibleInterface* HexPartAccessible::parent() const {
    return &table_;
}

QString HexPartAccessible::text(QAccessible::Text kind) const {
    switch (kind) {
    case QAccessible::Name:
        return cells().name(place_);
    case QAccessible::Description:
        return cells().description(place_);
    default:
        return {};
    }
}

QRect HexPartAccessible::rect() const {
    const QRect place = cells().rect(place_);
    return {view().viewport()->mapToGlobal(place.topLeft()), place.size()};
}

}  // namespace octavo::ui
