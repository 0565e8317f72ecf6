#include "app/appearance.h"

#include "ui/style/icons.h"
#include "ui/style/octavo_style.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QPalette>

namespace octavo::app {

Appearance::Appearance() : desktopIsDark_(ui::Theme::of(QApplication::palette()).isDark) {
    QApplication::setStyle(new ui::OctavoStyle);
    QApplication::setWindowIcon(ui::programIcon());
}

void Appearance::apply(ThemeChoice choice) {
    if (choice == ThemeChoice::HighContrast)
        return QApplication::setPalette(ui::Theme::highContrast().palette());
    const bool dark =
        choice == ThemeChoice::Dark || (choice == ThemeChoice::Auto && desktopIsDark_);
    QApplication::setPalette((dark ? ui::Theme::dark() : ui::Theme::light()).palette());
}

}  // namespace octavo::app
