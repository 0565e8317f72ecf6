#include "ui/hex/hex_accessible.h"

#include "ui/hex/hex_view.h"

namespace octavo::ui {

namespace {

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    auto* const view = qobject_cast<HexView*>(object);
    const bool wanted = view != nullptr && className == QLatin1String("octavo::ui::HexView");
    return wanted ? new HexAccessible(*view) : nullptr;
}

}  // namespace

// ---- The cell

QWindow* CaretCellAccessible::window() const {
    return view_.window() != nullptr ? view_.window()->windowHandle() : nullptr;
}

QAccessibleInterface* CaretCellAccessible::parent() const {
    return QAccessible::queryAccessibleInterface(&view_);
}

QString CaretCellAccessible::text(QAccessible::Text kind) const {
    const QModelIndex index = view_.currentIndex();
    switch (kind) {
    case QAccessible::Name:
        return index.data(Qt::AccessibleTextRole).toString();
    case QAccessible::Description:
        return index.data(Qt::AccessibleDescriptionRole).toString();
    default:
        return {};
    }
}

QRect CaretCellAccessible::rect() const {
    const QRect cell = view_.caretRect();
    return {view_.viewport()->mapToGlobal(cell.topLeft()), cell.size()};
}

QAccessible::State CaretCellAccessible::state() const {
    QAccessible::State state;
    state.focusable = true;
    state.focused = view_.hasFocus();
    state.selectable = true;
    state.selected = view_.selection().contains(view_.caret());
    state.invisible = view_.caretRect().isEmpty();
    return state;
}

// ---- The grid

HexAccessible::HexAccessible(HexView& view)
    : QAccessibleWidget(&view, QAccessible::Table)
    // Qt owns the cell from here on, which the analyzer does not see.
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
    , cellId_(QAccessible::registerAccessibleInterface(new CaretCellAccessible(view))) {}

void HexAccessible::install() {
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

void HexAccessible::announceCaret(HexView& view) {
    if (QAccessible::isActive() && view.hasFocus()) {
        QAccessibleEvent event(&view, QAccessible::Focus);
        event.setChild(0);
        QAccessible::updateAccessibility(&event);
    }
}

QAccessibleInterface* HexAccessible::child(int index) const {
    return index == 0 ? QAccessible::accessibleInterface(cellId_) : nullptr;
}

int HexAccessible::indexOfChild(const QAccessibleInterface* child) const {
    return child != nullptr && child == this->child(0) ? 0 : -1;
}

QAccessibleInterface* HexAccessible::focusChild() const {
    return child(0);
}

QAccessibleInterface* HexAccessible::childAt(int x, int y) const {
    QAccessibleInterface* const cell = child(0);
    return cell->rect().contains(x, y) ? cell : nullptr;
}

}  // namespace octavo::ui
