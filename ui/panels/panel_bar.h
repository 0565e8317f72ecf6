// What the bars below the grid share: a line above, one row of controls, Esc gives the keyboard
// back, Return presses a button that has it.
//
// Thread rule: GUI thread.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace octavo::ui {

class PanelBar : public QWidget {
    Q_OBJECT

public:
    explicit PanelBar(QWidget* parent = nullptr);

    /// As Esc in it does.
    void leave();

signals:
    /// Esc or the close button: the bar is hidden, the grid wants the keyboard.
    void closed();

protected:
    QHBoxLayout* row() const { return row_; }
    /// Adds a flat button that Tab comes to at the right end.
    QToolButton* addButton(const QString& text, const QString& toolTip);
    /// Adds the close button at the right end; last.
    void addCloseButton();

    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QHBoxLayout* row_;
};

}  // namespace octavo::ui
