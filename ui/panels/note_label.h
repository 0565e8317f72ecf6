// The sentence of a bar: what came of something, dim, or what is wrong, in the colour of warnings.
// Gives way where room is short; the whole of it is in the tool tip.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/panels/elided_label.h"

namespace octavo::ui {

class NoteLabel final : public ElidedLabel {
public:
    explicit NoteLabel(QWidget* parent = nullptr);

    void tell(const QString& note) { set(note, false); }
    void tellFault(const QString& fault) { set(fault, true); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void set(const QString& text, bool isFault);
    void paintInk();

    bool isFault_ = false;
};

}  // namespace octavo::ui
