// What an empty window shows while a file is being opened: nothing at first, as most files are
// there at once; later the name, so that a slow disk is no riddle.
//
// Thread rule: GUI thread.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;

namespace octavo::ui {

class OpeningPage final : public QWidget {
    Q_OBJECT

public:
    explicit OpeningPage(QWidget* parent = nullptr);

    void begin(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* label_;
    QTimer patience_;
};

}  // namespace octavo::ui
