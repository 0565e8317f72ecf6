// The bytes at the caret as numbers, characters and times, in a list that follows the caret; a
// value is edited in its row, over the bytes it was read from.
//
// Keys in the list: F2 or Return edits, Ctrl+C copies the value, Esc gives the keyboard back.
// Thread rule: GUI thread. What is refused is said in the foot or by EditorDocument::refuse().
#pragma once

#include "core/base/byte_order.h"
#include "core/document/edit_options.h"
#include "ui/inspector/caret_bytes.h"
#include "ui/inspector/inspector_model.h"

#include <QWidget>

class QTableView;

namespace octavo::ui {

class InspectorDelegate;
class NoteLabel;
class SegmentedControl;

class InspectorPanel final : public QWidget {
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    /// The grid whose caret is followed, with its document; or nothing.
    void setView(HexView* view);
    /// Little-endian at first.
    void setOrder(core::ByteOrder order);
    core::ByteOrder order() const { return model_.order(); }

    /// Lets the current row's value be written, or says why it cannot be.
    void editCurrent();

    QTableView& table() { return *table_; }
    QSize sizeHint() const override;

signals:
    void orderChosen(octavo::core::ByteOrder order);
    void closeWanted();
    /// Esc: the grid is to have the keyboard.
    void leaveWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHead();
    void buildTable();
    void setRowHeight();
    void refresh();
    void describeCurrent();
    void write(core::Offset offset, const core::Bytes& bytes, core::IfSwitchedOff answer);
    void copyCurrent();
    void showMenu(const QPoint& position);
    EditorDocument* document() const;

    CaretBytes bytes_;
    InspectorModel model_;
    SegmentedControl* orderSwitch_ = nullptr;
    QTableView* table_ = nullptr;
    InspectorDelegate* delegate_ = nullptr;
    NoteLabel* note_ = nullptr;
};

}  // namespace octavo::ui
