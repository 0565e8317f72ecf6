#include "ui/hex/offset_text.h"

namespace octavo::ui {

using core::Offset;

namespace {

void appendNumber(OffsetText& text, Offset number, int base, int digits) {
    for (int index = text.size + digits - 1; index >= text.size; --index) {
        text.characters[static_cast<std::size_t>(index)] = "0123456789ABCDEF"[number % base];
        number /= base;
    }
    text.size += digits;
}

}  // namespace

OffsetText rowText(const HexLayout& layout, Offset row, Offset caret) {
    OffsetText text;
    Offset number = row * layout.bytesPerRow();
    if (layout.format().relativeOffsets) {
        const Offset distance = number - caret;
        text.characters[0] = distance < 0 ? '-' : '+';
        text.size = 1;
        number = distance < 0 ? -distance : distance;
    }
    appendNumber(text, number, layout.format().base(), layout.offsetDigits());
    return text;
}

OffsetText columnText(const HexLayout& layout, int column) {
    const int base = layout.format().base();
    OffsetText text;
    appendNumber(text, column, base, layout.bytesPerRow() > base * base ? 3 : 2);
    return text;
}

}  // namespace octavo::ui
