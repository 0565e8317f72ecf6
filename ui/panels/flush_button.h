// The tool bar's button for Flush: carries the number of pending changes, filled with the accent
// while there are some, quiet while there are none. Its place does not change with the number.
//
// Thread rule: GUI thread.
#pragma once

#include <QToolButton>

#include <cstddef>

namespace octavo::ui {

class FlushButton final : public QToolButton {
    Q_OBJECT

public:
    explicit FlushButton(QWidget* parent = nullptr);

    void setPendingCount(std::size_t count);

    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QString label() const;

    std::size_t count_ = 0;
    /// Layouts ask dozens of times; invalid where it has to be measured.
    mutable QSize hint_;
};

}  // namespace octavo::ui
