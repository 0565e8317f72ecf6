#include "ui/panels/note_label.h"

#include "ui/style/theme.h"

#include <QEvent>

namespace octavo::ui {

NoteLabel::NoteLabel(QWidget* parent) : ElidedLabel(Qt::ElideRight, 0, parent) {
    setTextFormat(Qt::PlainText);
    setMinimumWidth(0);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    paintInk();
}

void NoteLabel::set(const QString& text, bool isFault) {
    isFault_ = isFault;
    paintInk();
    setText(text);
    setToolTip(text);
}

void NoteLabel::paintInk() {
    const Theme& theme = Theme::of(palette());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, isFault_ ? theme.warning : theme.dimText);
    if (colours != palette())
        setPalette(colours);
}

void NoteLabel::changeEvent(QEvent* event) {
    ElidedLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintInk();
}

}  // namespace octavo::ui
