// The field over a cell whose value is typed as a whole: a decimal number or a float.
//
// It opens with the first character that is typed and is left with the value by Return, Tab, up,
// down or a click elsewhere, without it by Escape.
//
// Thread rule: GUI thread.
#pragma once

#include <QLineEdit>

namespace octavo::ui {

class CellEditor final : public QLineEdit {
    Q_OBJECT

public:
    /// Where the caret is to go.
    enum class Leave { Stay, Next, Previous, Up, Down };
    Q_ENUM(Leave)

    explicit CellEditor(QWidget* parent);

    /// Says below the field why its text is no value.
    void tellFault(const QString& reason);

signals:
    void committed(octavo::ui::CellEditor::Leave leave);
    void cancelled();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
};

}  // namespace octavo::ui
