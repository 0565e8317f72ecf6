#include "app/view_commands.h"

#include <QAction>
#include <QFontDialog>
#include <QFontInfo>
#include <QToolBar>

#include <utility>

namespace octavo::app {

ViewCommands::ViewCommands(const Actions& actions, Environment& environment, FormatChoice& formats,
                           QToolBar& toolBar, QWidget* window, std::function<QFont()> currentFont)
    : QObject(window)
    , actions_(actions)
    , environment_(environment)
    , formats_(formats)
    , window_(window)
    , currentFont_(std::move(currentFont)) {
    connectThemes();
    connectFormat();
    connect(actions_[ActionId::Font], &QAction::triggered, this, &ViewCommands::chooseFont);
    connect(actions_[ActionId::ZoomIn], &QAction::triggered, this, [this] { zoomBy(1); });
    connect(actions_[ActionId::ZoomOut], &QAction::triggered, this, [this] { zoomBy(-1); });
    connect(actions_[ActionId::ZoomReset], &QAction::triggered, this,
            [this] { environment_.settings.setGridFont(std::nullopt); });

    Settings* const settings = &environment_.settings;
    QAction* const shown = actions_[ActionId::ToolBar];
    const auto follow = [settings, shown, &toolBar] {
        toolBar.setVisible(settings->toolBarShown());
        shown->setChecked(settings->toolBarShown());
    };
    follow();
    connect(shown, &QAction::triggered, settings, &Settings::setToolBarShown);
    connect(settings, &Settings::toolBarShownChanged, this, follow);
}

void ViewCommands::connectThemes() {
    const std::pair<ActionId, ThemeChoice> themes[] = {
        {ActionId::ThemeAuto, ThemeChoice::Auto},
        {ActionId::ThemeLight, ThemeChoice::Light},
        {ActionId::ThemeDark, ThemeChoice::Dark},
        {ActionId::ThemeContrast, ThemeChoice::HighContrast}};
    for (const auto& [id, theme] : themes) {
        QAction* const action = actions_[id];
        action->setChecked(environment_.settings.theme() == theme);
        connect(action, &QAction::triggered, this, [this, chosen = theme] {
            environment_.settings.setTheme(chosen);
            environment_.appearance.apply(chosen);
        });
        connect(&environment_.settings, &Settings::themeChanged, action,
                [this, action, own = theme] {
                    action->setChecked(environment_.settings.theme() == own);
                });
    }
}

/// The action is marked while `isChosen` holds; triggered it calls `choose`.
void ViewCommands::connectChoice(ActionId id,
                                 const std::function<bool(const ui::HexFormat&)>& isChosen,
                                 const std::function<void(ui::HexFormat&)>& choose) {
    QAction* const action = actions_[id];
    const auto follow = [this, action, isChosen] {
        action->setChecked(isChosen(formats_.format()));
    };
    follow();
    connect(&formats_, &FormatChoice::changed, action, follow);
    connect(action, &QAction::triggered, this, [this, choose] { formats_.change(choose); });
}

void ViewCommands::connectFormat() {
    using enum ActionId;
    using ui::HexFormat;
    const std::pair<ActionId, int> groups[] = {
        {GroupOne, 1}, {GroupTwo, 2}, {GroupFour, 4}, {GroupEight, 8}};
    for (const auto& [id, size] : groups)
        connectChoice(
            id, [own = size](const HexFormat& format) { return format.group == own; },
            [own = size](HexFormat& format) { format.group = own; });
    connectChoice(
        DecimalOffsets,
        [](const HexFormat& format) { return format.offsets == ui::OffsetBase::Decimal; },
        [](HexFormat& format) {
            const bool isHex = format.offsets == ui::OffsetBase::Hex;
            format.offsets = isHex ? ui::OffsetBase::Decimal : ui::OffsetBase::Hex;
        });
    connectChoice(
        RelativeOffsets, [](const HexFormat& format) { return format.relativeOffsets; },
        [](HexFormat& format) { format.relativeOffsets = !format.relativeOffsets; });
    Settings* const settings = &environment_.settings;
    QAction* const together = actions_[ScrollTogether];
    const auto follow = [settings, together] { together->setChecked(settings->scrollTogether()); };
    follow();
    connect(settings, &Settings::scrollTogetherChanged, together, follow);
    connect(together, &QAction::triggered, settings, &Settings::setScrollTogether);
}

void ViewCommands::zoomBy(int pixels) {
    QFont font = currentFont_();
    font.setPixelSize(QFontInfo(font).pixelSize() + pixels);
    environment_.settings.setGridFont(font);
}

void ViewCommands::chooseFont() {
    bool chosen = false;
    QFont font = QFontDialog::getFont(&chosen, currentFont_(), window_, tr("Font of the grid"),
                                      QFontDialog::MonospacedFonts);
    if (!chosen)
        return;
    font.setPixelSize(QFontInfo(font).pixelSize());
    environment_.settings.setGridFont(font);
}

}  // namespace octavo::app
