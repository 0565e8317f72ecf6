// Where and how a search looks, beside what it looks for: a button that opens the choices. The
// button tells how many of them are not the usual ones.
//
// Thread rule: GUI thread.
#pragma once

#include "core/search/find_options.h"

#include <QToolButton>

class QCheckBox;
class QFrame;
class QLineEdit;
class QSpinBox;

namespace octavo::ui {

class FindOptionsButton final : public QToolButton {
    Q_OBJECT

public:
    explicit FindOptionsButton(QWidget* parent = nullptr);

    bool inSelection() const;
    void setInSelection(bool on);
    /// Places where what is sought does not stand.
    bool isInverted() const;
    void setInverted(bool on);
    /// Of all matches: those too that overlap the one before.
    bool isOverlapping() const;
    core::Alignment alignment() const;
    void setAlignment(core::Alignment alignment);

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void open();
    void note();

    QFrame* popup_;
    QCheckBox* inSelection_;
    QCheckBox* inverted_;
    QCheckBox* overlapping_;
    QSpinBox* every_;
    QLineEdit* from_;
};

}  // namespace octavo::ui
