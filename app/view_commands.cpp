#include "app/view_commands.h"

#include <QAction>
#include <QFontDialog>
#include <QFontInfo>
#include <QToolBar>

#include <utility>

namespace octavo::app {

ViewCommands::ViewCommands(const Actions& actions, Environment& environment, QToolBar& toolBar,
                           QWidget* window, std::function<QFont()> currentFont)
    : QObject(window)
    , actions_(actions)
    , environment_(environment)
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
    const std::pair<ActionId, ThemeChoice> themes[] = {{ActionId::ThemeAuto, ThemeChoice::Auto},
                                                       {ActionId::ThemeLight, ThemeChoice::Light},
                                                       {ActionId::ThemeDark, ThemeChoice::Dark}};
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

void ViewCommands::connectFormat() {
    using enum ActionId;
    Settings* const settings = &environment_.settings;
    const std::pair<ActionId, int> groups[] = {
        {GroupOne, 1}, {GroupTwo, 2}, {GroupFour, 4}, {GroupEight, 8}};
    for (const auto& [id, size] : groups) {
        QAction* const action = actions_[id];
        const auto follow = [settings, action, own = size] {
            action->setChecked(settings->gridFormat().group == own);
        };
        follow();
        connect(settings, &Settings::gridFormatChanged, action, follow);
        connect(action, &QAction::triggered, settings, [settings, own = size] {
            ui::HexFormat format = settings->gridFormat();
            format.group = own;
            settings->setGridFormat(format);
        });
    }
    QAction* const decimal = actions_[DecimalOffsets];
    QAction* const relative = actions_[RelativeOffsets];
    const auto follow = [settings, decimal, relative] {
        decimal->setChecked(settings->gridFormat().offsets == ui::OffsetBase::Decimal);
        relative->setChecked(settings->gridFormat().relativeOffsets);
    };
    follow();
    connect(settings, &Settings::gridFormatChanged, decimal, follow);
    connect(decimal, &QAction::triggered, settings, [settings](bool checked) {
        ui::HexFormat format = settings->gridFormat();
        format.offsets = checked ? ui::OffsetBase::Decimal : ui::OffsetBase::Hex;
        settings->setGridFormat(format);
    });
    connect(relative, &QAction::triggered, settings, [settings](bool checked) {
        ui::HexFormat format = settings->gridFormat();
        format.relativeOffsets = checked;
        settings->setGridFormat(format);
    });
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
