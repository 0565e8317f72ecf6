#include "ui/hex/preedit.h"

#include <QInputMethodEvent>
#include <QTextFormat>

#include <algorithm>

namespace octavo::ui {

Preedit Preedit::of(const QInputMethodEvent& event) {
    Preedit preedit{.text = event.preeditString()};
    const auto length = static_cast<int>(preedit.text.size());
    preedit.cursor = length;
    for (const QInputMethodEvent::Attribute& attribute : event.attributes()) {
        const int start = std::clamp(attribute.start, 0, length);
        if (attribute.type == QInputMethodEvent::Cursor) {
            // Of no length: it is not to be seen.
            preedit.cursor = attribute.length > 0 ? start : -1;
        } else if (attribute.type == QInputMethodEvent::TextFormat) {
            // Methods give the part a ground of its own. Which one is the theme's business.
            const QTextFormat format = attribute.value.value<QTextFormat>();
            if (format.hasProperty(QTextFormat::BackgroundBrush)) {
                preedit.clauseStart = start;
                preedit.clauseLength = std::clamp(attribute.length, 0, length - start);
            }
        }
    }
    return preedit;
}

}  // namespace octavo::ui
