#include "app/actions.h"

#include "ui/style/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QWidget>

#include <optional>

namespace octavo::app {

namespace {

struct Row {
    ActionId id;
    const char* text;
    const char* toolBarText;  ///< where it differs; else nothing
    const char* keys;         ///< several parted by "; "
    std::optional<ui::Icon> icon;
    bool checkable;
};

constexpr bool kCheckable = true;
constexpr bool kPlain = false;
constexpr std::nullopt_t kNoIcon = std::nullopt;

#define WORDS(text) QT_TRANSLATE_NOOP("Actions", text)

const Row kRows[] = {
    {ActionId::New, WORDS("&New"), nullptr, "Ctrl+N", ui::Icon::New, kPlain},
    {ActionId::Open, WORDS("&Open…"), WORDS("Open"), "Ctrl+O", ui::Icon::Open, kPlain},
    {ActionId::ClearRecent, WORDS("&Clear this list"), nullptr, nullptr, kNoIcon, kPlain},
    {ActionId::Flush, WORDS("&Flush changes to the file"), WORDS("Flush"), "Ctrl+S",
     ui::Icon::Flush, kPlain},
    {ActionId::SaveAs, WORDS("Save &as…"), nullptr, "Ctrl+Shift+S", kNoIcon, kPlain},
    {ActionId::Revert, WORDS("Re&vert all changes"), nullptr, nullptr, kNoIcon, kPlain},
    {ActionId::Close, WORDS("&Close"), nullptr, "Ctrl+W", kNoIcon, kPlain},
    {ActionId::Quit, WORDS("&Quit"), nullptr, "Ctrl+Q", kNoIcon, kPlain},
    {ActionId::Undo, WORDS("&Undo"), WORDS("Undo"), "Ctrl+Z", ui::Icon::Undo, kPlain},
    {ActionId::Redo, WORDS("&Redo"), WORDS("Redo"), "Ctrl+Shift+Z; Ctrl+Y", ui::Icon::Redo, kPlain},
    {ActionId::Cut, WORDS("Cu&t"), nullptr, "Ctrl+X; Shift+Del", kNoIcon, kPlain},
    {ActionId::Copy, WORDS("&Copy"), nullptr, "Ctrl+C; Ctrl+Ins", kNoIcon, kPlain},
    {ActionId::CopyHex, WORDS("Copy as &hex"), nullptr, "Ctrl+Shift+C", kNoIcon, kPlain},
    {ActionId::CopyText, WORDS("Copy as te&xt"), nullptr, nullptr, kNoIcon, kPlain},
    {ActionId::Paste, WORDS("&Paste"), nullptr, "Ctrl+V; Shift+Ins", kNoIcon, kPlain},
    {ActionId::PasteHex, WORDS("Paste as hex"), nullptr, "Ctrl+Shift+V", kNoIcon, kPlain},
    {ActionId::PasteText, WORDS("Paste as text"), nullptr, nullptr, kNoIcon, kPlain},
    {ActionId::Delete, WORDS("&Delete"), nullptr, "Del", kNoIcon, kPlain},
    {ActionId::SelectAll, WORDS("Select &all"), nullptr, "Ctrl+A", kNoIcon, kPlain},
    {ActionId::InsertMode, WORDS("&Insert mode"), nullptr, "Ins", kNoIcon, kCheckable},
    {ActionId::Find, WORDS("&Find…"), WORDS("Find"), "Ctrl+F", ui::Icon::Find, kPlain},
    {ActionId::FindNext, WORDS("Find &next"), nullptr, "F3", kNoIcon, kPlain},
    {ActionId::FindPrevious, WORDS("Find pre&vious"), nullptr, "Shift+F3", kNoIcon, kPlain},
    {ActionId::GoTo, WORDS("&Go to…"), WORDS("Go to"), "Ctrl+G", ui::Icon::GoTo, kPlain},
    {ActionId::ThemeAuto, WORDS("&As the desktop"), nullptr, nullptr, kNoIcon, kCheckable},
    {ActionId::ThemeLight, WORDS("&Light"), nullptr, nullptr, kNoIcon, kCheckable},
    {ActionId::ThemeDark, WORDS("&Dark"), nullptr, nullptr, kNoIcon, kCheckable},
    {ActionId::Font, WORDS("&Font…"), nullptr, nullptr, kNoIcon, kPlain},
    {ActionId::ZoomIn, WORDS("Zoom &in"), nullptr, "Ctrl++; Ctrl+=", kNoIcon, kPlain},
    {ActionId::ZoomOut, WORDS("Zoom &out"), nullptr, "Ctrl+-", kNoIcon, kPlain},
    {ActionId::ZoomReset, WORDS("&Normal size"), nullptr, "Ctrl+0", kNoIcon, kPlain},
    {ActionId::ToolBar, WORDS("&Tool bar"), nullptr, nullptr, kNoIcon, kCheckable},
    {ActionId::ReadOnly, WORDS("&Read-only: refuse every edit"), WORDS("Read-only"), nullptr,
     kNoIcon, kCheckable},
    {ActionId::Preview, WORDS("&Preview: edits reach the file when flushed"), WORDS("Preview"),
     nullptr, kNoIcon, kCheckable},
    {ActionId::Keys, WORDS("&Keys"), nullptr, "F1", kNoIcon, kPlain},
    {ActionId::About, WORDS("&About Octavo"), nullptr, nullptr, kNoIcon, kPlain},
};

#undef WORDS

static_assert(std::size(kRows) == static_cast<std::size_t>(ActionId::Count));

QList<QKeySequence> sequences(const char* keys) {
    return keys == nullptr ? QList<QKeySequence>()
                           : QKeySequence::listFromString(QString::fromLatin1(keys));
}

}  // namespace

Actions::Actions(QWidget* window) : QObject(window) {
    for (const Row& row : kRows) {
        auto* const action = new QAction(QCoreApplication::translate("Actions", row.text), window);
        if (row.toolBarText != nullptr)
            action->setIconText(QCoreApplication::translate("Actions", row.toolBarText));
        if (row.icon)
            action->setIcon(ui::icon(*row.icon));
        // The icons are for the tool bar; menus stay words and keys.
        action->setIconVisibleInMenu(false);
        action->setShortcuts(sequences(row.keys));
        action->setCheckable(row.checkable);
        window->addAction(action);
        actions_[static_cast<std::size_t>(row.id)] = action;
    }
    addGroup({ActionId::ThemeAuto, ActionId::ThemeLight, ActionId::ThemeDark});
    addGroup({ActionId::ReadOnly, ActionId::Preview});
}

void Actions::addGroup(std::initializer_list<ActionId> ids) {
    auto* const group = new QActionGroup(this);
    for (const ActionId id : ids)
        group->addAction((*this)[id]);
}

}  // namespace octavo::app
