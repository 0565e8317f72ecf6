// What a screen reader learns of the grid: its name, and the cell at the caret as its focused
// child, named by its byte with offset and state as description.
//
// Thread rule: GUI thread. Qt owns the interfaces.
#pragma once

#include <QAccessibleInterface>
#include <QAccessibleWidget>

namespace octavo::ui {

class HexView;

/// The cell the caret stands on, whichever that is at the time of asking.
class CaretCellAccessible final : public QAccessibleInterface {
public:
    explicit CaretCellAccessible(HexView& view) : view_(view) {}

    bool isValid() const override { return true; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    int childCount() const override { return 0; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override;

private:
    HexView& view_;
};

class HexAccessible final : public QAccessibleWidget {
public:
    explicit HexAccessible(HexView& view);

    /// Makes Qt use this class for every HexView; may be called again.
    static void install();
    /// To be called when the caret stands on another cell.
    static void announceCaret(HexView& view);

    int childCount() const override { return 1; }
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* focusChild() const override;
    QAccessibleInterface* childAt(int x, int y) const override;

private:
    QAccessible::Id cellId_;
};

}  // namespace octavo::ui
