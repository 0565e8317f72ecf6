#include "ui/style/theme.h"

namespace octavo::ui {

namespace {

Theme makeLight() {
    Theme theme;
    theme.isDark = false;
    theme.window = QColor(0xF3, 0xF4, 0xF6);
    theme.base = QColor(0xFF, 0xFF, 0xFF);
    theme.alternate = QColor(0xF8, 0xF9, 0xFB);
    theme.line = QColor(0xDC, 0xE0, 0xE6);
    theme.button = theme.base;
    theme.text = QColor(0x1B, 0x1F, 0x24);
    theme.dimText = QColor(0x5E, 0x68, 0x75);
    theme.accent = QColor(0x1F, 0x66, 0xD1);
    theme.onAccent = QColor(0xFF, 0xFF, 0xFF);
    theme.selection = QColor(0xCF, 0xE2, 0xFF);
    theme.caretRow = QColor(0xF1, 0xF5, 0xFB);
    theme.match = QColor(0xFF, 0xF1, 0xA8);
    theme.matchLine = QColor(0xA5, 0x83, 0x00);
    theme.changed = QColor(0xFF, 0xE3, 0xA6);
    theme.changedLine = QColor(0xB3, 0x6B, 0x00);
    theme.inserted = QColor(0xCF, 0xF3, 0xD6);
    theme.insertedLine = QColor(0x1A, 0x7F, 0x37);
    theme.deleted = QColor(0xC6, 0x28, 0x34);
    theme.warning = QColor(0xB3, 0x26, 0x1E);
    theme.behindWarning = QColor(0xFD, 0xE7, 0xE5);
    theme.pendingBadge = QColor(0x95, 0x57, 0x00);
    theme.zeroByte = QColor(0x80, 0x8A, 0x99);
    theme.printableByte = QColor(0x0B, 0x57, 0xA4);
    theme.controlByte = QColor(0x8F, 0x4A, 0x00);
    theme.highByte = QColor(0x6A, 0x3F, 0xB5);
    theme.ffByte = QColor(0xB3, 0x26, 0x1E);
    return theme;
}

Theme makeDark() {
    Theme theme;
    theme.isDark = true;
    theme.window = QColor(0x1A, 0x1D, 0x22);
    theme.base = QColor(0x12, 0x15, 0x19);
    theme.alternate = QColor(0x17, 0x1A, 0x1F);
    theme.line = QColor(0x2C, 0x32, 0x3A);
    theme.button = theme.line;
    theme.text = QColor(0xD9, 0xDE, 0xE5);
    theme.dimText = QColor(0x98, 0xA2, 0xAF);
    theme.accent = QColor(0x5B, 0x9D, 0xFF);
    theme.onAccent = QColor(0x0B, 0x0F, 0x14);
    theme.selection = QColor(0x1F, 0x3F, 0x6B);
    theme.caretRow = QColor(0x18, 0x1D, 0x24);
    theme.match = QColor(0x4C, 0x42, 0x10);
    theme.matchLine = QColor(0xE2, 0xC0, 0x44);
    theme.changed = QColor(0x4B, 0x38, 0x10);
    theme.changedLine = QColor(0xF0, 0xB4, 0x4C);
    theme.inserted = QColor(0x15, 0x3A, 0x20);
    theme.insertedLine = QColor(0x56, 0xD3, 0x7A);
    theme.deleted = QColor(0xFF, 0x6B, 0x72);
    theme.warning = QColor(0xFF, 0x8F, 0x86);
    theme.behindWarning = QColor(0x3A, 0x1B, 0x1B);
    theme.pendingBadge = QColor(0xF0, 0xB4, 0x4C);
    theme.zeroByte = QColor(0x66, 0x70, 0x80);
    theme.printableByte = QColor(0x7D, 0xB8, 0xFF);
    theme.controlByte = QColor(0xE3, 0xA4, 0x5F);
    theme.highByte = QColor(0xC3, 0xA6, 0xFF);
    theme.ffByte = QColor(0xFF, 0x8F, 0x86);
    return theme;
}

Theme makeHighContrast() {
    Theme theme;
    theme.isDark = true;
    theme.window = QColor(0x00, 0x00, 0x00);
    theme.base = QColor(0x00, 0x00, 0x00);
    theme.alternate = QColor(0x00, 0x00, 0x00);
    theme.line = QColor(0x8A, 0x8A, 0x8A);
    theme.button = theme.base;
    theme.text = QColor(0xFF, 0xFF, 0xFF);
    theme.dimText = QColor(0xE0, 0xE0, 0xE0);
    theme.accent = QColor(0x8F, 0xD0, 0xFF);
    theme.onAccent = QColor(0x00, 0x00, 0x00);
    theme.selection = QColor(0x00, 0x2E, 0x66);
    theme.caretRow = QColor(0x14, 0x14, 0x14);
    theme.match = QColor(0x33, 0x2C, 0x00);
    theme.matchLine = QColor(0xFF, 0xE9, 0x4D);
    theme.changed = QColor(0x3A, 0x22, 0x00);
    theme.changedLine = QColor(0xFF, 0xC8, 0x5C);
    theme.inserted = QColor(0x00, 0x32, 0x12);
    theme.insertedLine = QColor(0x7D, 0xFF, 0x9F);
    theme.deleted = QColor(0xFF, 0x9C, 0x9C);
    theme.warning = QColor(0xFF, 0xB3, 0xAD);
    theme.behindWarning = QColor(0x2E, 0x00, 0x00);
    theme.pendingBadge = QColor(0xFF, 0xC8, 0x5C);
    theme.zeroByte = QColor(0x9A, 0x9A, 0x9A);
    theme.printableByte = QColor(0xA8, 0xDC, 0xFF);
    theme.controlByte = QColor(0xFF, 0xCF, 0x8A);
    theme.highByte = QColor(0xDD, 0xCC, 0xFF);
    theme.ffByte = QColor(0xFF, 0xB3, 0xAD);
    return theme;
}

}  // namespace

const Theme& Theme::light() {
    static const Theme theme = makeLight();
    return theme;
}

const Theme& Theme::dark() {
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::highContrast() {
    static const Theme theme = makeHighContrast();
    return theme;
}

const Theme& Theme::of(const QPalette& palette) {
    const QColor window = palette.color(QPalette::Active, QPalette::Window);
    if (window == highContrast().window) {
        return highContrast();
    }
    return window.lightness() < 128 ? dark() : light();
}

QPalette Theme::palette() const {
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& color) {
        palette.setColor(QPalette::All, role, color);
    };
    set(QPalette::Window, window);
    set(QPalette::WindowText, text);
    set(QPalette::Base, base);
    set(QPalette::AlternateBase, alternate);
    set(QPalette::Text, text);
    set(QPalette::PlaceholderText, dimText);
    set(QPalette::Button, button);
    set(QPalette::ButtonText, text);
    set(QPalette::BrightText, warning);
    set(QPalette::ToolTipBase, base);
    set(QPalette::ToolTipText, text);
    set(QPalette::Highlight, accent);
    set(QPalette::HighlightedText, onAccent);
    set(QPalette::Link, accent);
    set(QPalette::LinkVisited, highByte);
    // What Fusion draws bevels and grooves with.
    set(QPalette::Light, isDark ? line : base);
    set(QPalette::Midlight, isDark ? line : alternate);
    set(QPalette::Mid, line);
    set(QPalette::Dark, zeroByte);
    set(QPalette::Shadow, isDark ? base : zeroByte);

    // A window in the background keeps its selection, paler.
    palette.setColor(QPalette::Inactive, QPalette::Highlight, selection);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, zeroByte);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, line);
    palette.setColor(QPalette::Disabled, QPalette::Link, zeroByte);
    palette.setColor(QPalette::Disabled, QPalette::Base, window);
    palette.setColor(QPalette::Disabled, QPalette::Button, window);
    return palette;
}

}  // namespace octavo::ui
