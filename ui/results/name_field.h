// A field over a row of a list in which its name is edited.
//
// Return and leaving it take the name, Esc does not; either way it goes. It belongs to what is
// named and not to a row, so that it may outlast the row. Thread rule: GUI thread.
#pragma once

#include <QLineEdit>

#include <cstdint>

namespace octavo::ui {

class NameField final : public QLineEdit {
    Q_OBJECT

public:
    /// The number of what is named; 0 is nobody's.
    using Id = std::uint32_t;

    explicit NameField(QWidget* parent);

    void begin(Id id, const QString& name, const QRect& place);
    /// 0 while nothing is named.
    Id id() const { return id_; }
    /// Takes what was written so far.
    void finish();

signals:
    void named(quint32 id, const QString& name);
    /// It has gone, and had the keyboard.
    void ended();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void end(bool takesName);

    Id id_ = 0;
    QString before_;
};

}  // namespace octavo::ui
