// What an input method is composing at the caret: not in the document before it is committed.
// Thread rule: plain value. Units: UTF-16 code units of `text`.
#pragma once

#include <QString>

class QInputMethodEvent;

namespace octavo::ui {

struct Preedit {
    QString text = {};
    /// Where the method's own cursor stands; nothing where it is below 0.
    int cursor = -1;
    /// The part that is being converted.
    int clauseStart = 0;
    int clauseLength = 0;

    static Preedit of(const QInputMethodEvent& event);
    bool isEmpty() const { return text.isEmpty(); }
    friend bool operator==(const Preedit&, const Preedit&) = default;
};

}  // namespace octavo::ui
