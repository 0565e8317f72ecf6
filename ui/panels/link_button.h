// A button that looks like a link: what to do, in a bar beside the words that say why.
//
// Thread rule: GUI thread.
#pragma once

#include <QAbstractButton>

namespace octavo::ui {

class LinkButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit LinkButton(const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace octavo::ui
