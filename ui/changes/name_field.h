// A field over a row of a list in which its name is edited.
//
// Return and leaving it take the name, Esc does not; either way it goes. It belongs to a change and
// not to a row, so that it may outlast the row. Thread rule: GUI thread.
#pragma once

#include "core/content/change_id.h"

#include <QLineEdit>

namespace octavo::ui {

class NameField final : public QLineEdit {
    Q_OBJECT

public:
    explicit NameField(QWidget* parent);

    void begin(core::ChangeId change, const QString& name, const QRect& place);
    /// kNoChange while none is named.
    core::ChangeId change() const { return change_; }
    /// Takes what was written so far.
    void finish();

signals:
    void named(octavo::core::ChangeId change, const QString& name);
    /// It has gone, and had the keyboard.
    void ended();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void end(bool takesName);

    core::ChangeId change_ = core::kNoChange;
    QString before_;
};

}  // namespace octavo::ui
