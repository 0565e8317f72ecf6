#include "app/actions.h"

#include "ui/style/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QWidget>

#include <algorithm>
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

const Row kRows[] = {
    {ActionId::New, QT_TRANSLATE_NOOP("Actions", "&New"), nullptr, "Ctrl+N", ui::Icon::New, kPlain},
    {ActionId::Open, QT_TRANSLATE_NOOP("Actions", "&Open…"), QT_TRANSLATE_NOOP("Actions", "Open"),
     "Ctrl+O", ui::Icon::Open, kPlain},
    {ActionId::ClearRecent, QT_TRANSLATE_NOOP("Actions", "&Clear this list"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::Flush, QT_TRANSLATE_NOOP("Actions", "&Flush changes to the file"),
     QT_TRANSLATE_NOOP("Actions", "Flush"), "Ctrl+S", ui::Icon::Flush, kPlain},
    {ActionId::FlushWith, QT_TRANSLATE_NOOP("Actions", "Flush &with…"), nullptr, "Ctrl+Alt+S",
     kNoIcon, kPlain},
    {ActionId::SaveAs, QT_TRANSLATE_NOOP("Actions", "Save &as…"), nullptr, "Ctrl+Shift+S", kNoIcon,
     kPlain},
    {ActionId::SaveCopy, QT_TRANSLATE_NOOP("Actions", "Save a co&py…"), nullptr, nullptr, kNoIcon,
     kPlain},
    {ActionId::SaveSelection, QT_TRANSLATE_NOOP("Actions", "Save se&lection as…"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::Revert, QT_TRANSLATE_NOOP("Actions", "Re&vert all changes"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::Reload, QT_TRANSLATE_NOOP("Actions", "Re&load from the disk"), nullptr, "F5",
     kNoIcon, kPlain},
    {ActionId::NextTab, QT_TRANSLATE_NOOP("Actions", "Ne&xt tab"), nullptr, "Ctrl+Tab; Ctrl+PgDown",
     kNoIcon, kPlain},
    {ActionId::PreviousTab, QT_TRANSLATE_NOOP("Actions", "Previo&us tab"), nullptr,
     "Ctrl+Shift+Tab; Ctrl+PgUp", kNoIcon, kPlain},
    {ActionId::Close, QT_TRANSLATE_NOOP("Actions", "&Close"), nullptr, "Ctrl+W", kNoIcon, kPlain},
    {ActionId::Quit, QT_TRANSLATE_NOOP("Actions", "&Quit"), nullptr, "Ctrl+Q", kNoIcon, kPlain},
    {ActionId::Undo, QT_TRANSLATE_NOOP("Actions", "&Undo"), QT_TRANSLATE_NOOP("Actions", "Undo"),
     "Ctrl+Z", ui::Icon::Undo, kPlain},
    {ActionId::Redo, QT_TRANSLATE_NOOP("Actions", "&Redo"), QT_TRANSLATE_NOOP("Actions", "Redo"),
     "Ctrl+Shift+Z; Ctrl+Y", ui::Icon::Redo, kPlain},
    {ActionId::Cut, QT_TRANSLATE_NOOP("Actions", "Cu&t"), nullptr, "Ctrl+X; Shift+Del", kNoIcon,
     kPlain},
    {ActionId::Copy, QT_TRANSLATE_NOOP("Actions", "&Copy"), nullptr, "Ctrl+C; Ctrl+Ins", kNoIcon,
     kPlain},
    {ActionId::CopyHex, QT_TRANSLATE_NOOP("Actions", "Copy as &hex"), nullptr, "Ctrl+Shift+C",
     kNoIcon, kPlain},
    {ActionId::CopyText, QT_TRANSLATE_NOOP("Actions", "Copy as te&xt"), nullptr, nullptr, kNoIcon,
     kPlain},
    {ActionId::CopyC, QT_TRANSLATE_NOOP("Actions", "Copy as &C array"), nullptr, nullptr, kNoIcon,
     kPlain},
    {ActionId::CopyPython, QT_TRANSLATE_NOOP("Actions", "Copy as &Python bytes"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::CopyBase64, QT_TRANSLATE_NOOP("Actions", "Copy as &base64"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::CopyDump, QT_TRANSLATE_NOOP("Actions", "Copy as hex &dump"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::Paste, QT_TRANSLATE_NOOP("Actions", "&Paste"), nullptr, "Ctrl+V; Shift+Ins", kNoIcon,
     kPlain},
    {ActionId::PasteHex, QT_TRANSLATE_NOOP("Actions", "Paste as hex"), nullptr, "Ctrl+Shift+V",
     kNoIcon, kPlain},
    {ActionId::PasteText, QT_TRANSLATE_NOOP("Actions", "Paste as text"), nullptr, nullptr, kNoIcon,
     kPlain},
    {ActionId::PasteBase64, QT_TRANSLATE_NOOP("Actions", "Paste as base64"), nullptr, nullptr,
     kNoIcon, kPlain},
    {ActionId::Delete, QT_TRANSLATE_NOOP("Actions", "&Delete"), nullptr, "Del", kNoIcon, kPlain},
    {ActionId::DeleteToEnd, QT_TRANSLATE_NOOP("Actions", "Delete to the &end"), nullptr,
     "Ctrl+Shift+Del", kNoIcon, kPlain},
    {ActionId::SelectAll, QT_TRANSLATE_NOOP("Actions", "Select &all"), nullptr, "Ctrl+A", kNoIcon,
     kPlain},
    {ActionId::SelectBlock, QT_TRANSLATE_NOOP("Actions", "Select bl&ock…"), nullptr, "Ctrl+E",
     kNoIcon, kPlain},
    {ActionId::EditSelection, QT_TRANSLATE_NOOP("Actions", "C&hange selected bytes…"), nullptr,
     "Ctrl+B", kNoIcon, kPlain},
    {ActionId::InsertBytes, QT_TRANSLATE_NOOP("Actions", "Insert &bytes…"), nullptr, "Ctrl+Shift+B",
     kNoIcon, kPlain},
    {ActionId::SetSize, QT_TRANSLATE_NOOP("Actions", "Set si&ze…"), nullptr, nullptr, kNoIcon,
     kPlain},
    {ActionId::InsertMode, QT_TRANSLATE_NOOP("Actions", "&Insert mode"), nullptr, "Ins", kNoIcon,
     kCheckable},
    {ActionId::Find, QT_TRANSLATE_NOOP("Actions", "&Find…"), QT_TRANSLATE_NOOP("Actions", "Find"),
     "Ctrl+F", ui::Icon::Find, kPlain},
    {ActionId::FindAll, QT_TRANSLATE_NOOP("Actions", "Find a&ll"), nullptr, "Ctrl+Shift+F", kNoIcon,
     kPlain},
    {ActionId::FindNext, QT_TRANSLATE_NOOP("Actions", "Find &next"), nullptr, "F3", kNoIcon,
     kPlain},
    {ActionId::FindPrevious, QT_TRANSLATE_NOOP("Actions", "Find pre&vious"), nullptr, "Shift+F3",
     kNoIcon, kPlain},
    {ActionId::FindSelection, QT_TRANSLATE_NOOP("Actions", "Find what is &selected"), nullptr,
     "Ctrl+F3", kNoIcon, kPlain},
    {ActionId::Replace, QT_TRANSLATE_NOOP("Actions", "&Replace…"), nullptr, "Ctrl+H", kNoIcon,
     kPlain},
    {ActionId::GoTo, QT_TRANSLATE_NOOP("Actions", "&Go to…"), QT_TRANSLATE_NOOP("Actions", "Go to"),
     "Ctrl+G", ui::Icon::GoTo, kPlain},
    {ActionId::ToggleBookmark, QT_TRANSLATE_NOOP("Actions", "Set or remove a boo&kmark"), nullptr,
     "Ctrl+F2", kNoIcon, kPlain},
    {ActionId::NextBookmark, QT_TRANSLATE_NOOP("Actions", "Next bookmark"), nullptr, "F2", kNoIcon,
     kPlain},
    {ActionId::PreviousBookmark, QT_TRANSLATE_NOOP("Actions", "Previous bookmark"), nullptr,
     "Shift+F2", kNoIcon, kPlain},
    {ActionId::ListBookmarks, QT_TRANSLATE_NOOP("Actions", "List of bookmarks"), nullptr,
     "Ctrl+Shift+F2", kNoIcon, kPlain},
    {ActionId::GoToValue, QT_TRANSLATE_NOOP("Actions", "Go to the offset that stands &here"),
     nullptr, "Ctrl+Shift+G", kNoIcon, kPlain},
    {ActionId::Back, QT_TRANSLATE_NOOP("Actions", "&Back"), nullptr, "Alt+Left; Back", kNoIcon,
     kPlain},
    {ActionId::Forward, QT_TRANSLATE_NOOP("Actions", "F&orward"), nullptr, "Alt+Right; Forward",
     kNoIcon, kPlain},
    {ActionId::ThemeAuto, QT_TRANSLATE_NOOP("Actions", "&As the desktop"), nullptr, nullptr,
     kNoIcon, kCheckable},
    {ActionId::ThemeLight, QT_TRANSLATE_NOOP("Actions", "&Light"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::ThemeDark, QT_TRANSLATE_NOOP("Actions", "&Dark"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::ThemeContrast, QT_TRANSLATE_NOOP("Actions", "&High contrast"), nullptr, nullptr,
     kNoIcon, kCheckable},
    {ActionId::Font, QT_TRANSLATE_NOOP("Actions", "&Font…"), nullptr, nullptr, kNoIcon, kPlain},
    {ActionId::ZoomIn, QT_TRANSLATE_NOOP("Actions", "Zoom &in"), nullptr, "Ctrl++; Ctrl+=", kNoIcon,
     kPlain},
    {ActionId::ZoomOut, QT_TRANSLATE_NOOP("Actions", "Zoom &out"), nullptr, "Ctrl+-", kNoIcon,
     kPlain},
    {ActionId::ZoomReset, QT_TRANSLATE_NOOP("Actions", "&Normal size"), nullptr, "Ctrl+0", kNoIcon,
     kPlain},
    {ActionId::GroupOne, QT_TRANSLATE_NOOP("Actions", "&1 byte"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::GroupTwo, QT_TRANSLATE_NOOP("Actions", "&2 bytes"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::GroupFour, QT_TRANSLATE_NOOP("Actions", "&4 bytes"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::GroupEight, QT_TRANSLATE_NOOP("Actions", "&8 bytes"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::DecimalOffsets, QT_TRANSLATE_NOOP("Actions", "&Decimal offsets"), nullptr, nullptr,
     kNoIcon, kCheckable},
    {ActionId::RelativeOffsets, QT_TRANSLATE_NOOP("Actions", "Offsets from the &caret"), nullptr,
     nullptr, kNoIcon, kCheckable},
    {ActionId::Original, QT_TRANSLATE_NOOP("Actions", "Show the origi&nal (while held)"), nullptr,
     "F4", kNoIcon, kCheckable},
    {ActionId::Compare, QT_TRANSLATE_NOOP("Actions", "Com&pare with the original"), nullptr,
     "Shift+F4", kNoIcon, kCheckable},
    {ActionId::OnlyDifferences, QT_TRANSLATE_NOOP("Actions", "Only differences stand o&ut"),
     nullptr, "Ctrl+D", kNoIcon, kCheckable},
    {ActionId::NextChange, QT_TRANSLATE_NOOP("Actions", "Next chan&ge"), nullptr, "F8", kNoIcon,
     kPlain},
    {ActionId::PreviousChange, QT_TRANSLATE_NOOP("Actions", "Pre&vious change"), nullptr,
     "Shift+F8", kNoIcon, kPlain},
    {ActionId::Split, QT_TRANSLATE_NOOP("Actions", "&Split view"), nullptr, "Ctrl+\\", kNoIcon,
     kCheckable},
    {ActionId::OtherView, QT_TRANSLATE_NOOP("Actions", "Go to the &other view"), nullptr, "F6",
     kNoIcon, kPlain},
    {ActionId::ScrollTogether, QT_TRANSLATE_NOOP("Actions", "Sc&roll both together"), nullptr,
     nullptr, kNoIcon, kCheckable},
    {ActionId::ToolBar, QT_TRANSLATE_NOOP("Actions", "&Tool bar"), nullptr, nullptr, kNoIcon,
     kCheckable},
    {ActionId::Inspector, QT_TRANSLATE_NOOP("Actions", "&Inspector"), nullptr, "Ctrl+I", kNoIcon,
     kCheckable},
    {ActionId::EditInInspector, QT_TRANSLATE_NOOP("Actions", "Edit in the i&nspector"), nullptr,
     "Ctrl+Shift+I", kNoIcon, kPlain},
    {ActionId::Changes, QT_TRANSLATE_NOOP("Actions", "&Pending changes"), nullptr, "Ctrl+Shift+D",
     kNoIcon, kCheckable},
    {ActionId::History, QT_TRANSLATE_NOOP("Actions", "Histor&y"), nullptr, "Ctrl+Shift+H", kNoIcon,
     kCheckable},
    {ActionId::ReadOnly, QT_TRANSLATE_NOOP("Actions", "&Read-only: refuse every edit"),
     QT_TRANSLATE_NOOP("Actions", "Read-only"), nullptr, kNoIcon, kCheckable},
    {ActionId::Preview, QT_TRANSLATE_NOOP("Actions", "&Preview: edits reach the file when flushed"),
     QT_TRANSLATE_NOOP("Actions", "Preview"), nullptr, kNoIcon, kCheckable},
    {ActionId::WriteThrough,
     QT_TRANSLATE_NOOP("Actions", "&Write-through: every edit goes to the file at once"),
     QT_TRANSLATE_NOOP("Actions", "Write-through"), nullptr, kNoIcon, kCheckable},
    {ActionId::Keys, QT_TRANSLATE_NOOP("Actions", "&Keys"), nullptr, "F1", kNoIcon, kPlain},
    {ActionId::About, QT_TRANSLATE_NOOP("Actions", "&About Octavo"), nullptr, nullptr, kNoIcon,
     kPlain},
};

static_assert(std::size(kRows) == static_cast<std::size_t>(ActionId::Count));

QList<QKeySequence> sequences(const char* keys) {
    return keys == nullptr ? QList<QKeySequence>()
                           : QKeySequence::listFromString(QString::fromLatin1(keys));
}

}  // namespace

QList<QKeySequence> keysOf(ActionId id) {
    return sequences(std::ranges::find(kRows, id, &Row::id)->keys);
}

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
        // Held, it would flip there and back.
        action->setAutoRepeat(row.id != ActionId::Original);
        window->addAction(action);
        actions_[static_cast<std::size_t>(row.id)] = action;
    }
    addGroup(
        {ActionId::ThemeAuto, ActionId::ThemeLight, ActionId::ThemeDark, ActionId::ThemeContrast});
    addGroup({ActionId::GroupOne, ActionId::GroupTwo, ActionId::GroupFour, ActionId::GroupEight});
    addGroup({ActionId::ReadOnly, ActionId::Preview, ActionId::WriteThrough});
}

void Actions::enableFor(const ActionState& state) {
    using enum ActionId;
    const auto enable = [this](std::initializer_list<ActionId> ids, bool enabled) {
        for (const ActionId id : ids)
            (*this)[id]->setEnabled(enabled);
    };
    const bool any = state.hasDocument;
    // Editing a read-only document stays possible to ask for: the answer says what to do.
    enable({Paste,       PasteHex,      PasteText,    PasteBase64, DeleteToEnd, SelectAll,
            SelectBlock, EditSelection, InsertBytes,  SetSize,     InsertMode,  Find,
            FindAll,     FindNext,      FindPrevious, Replace,     GoTo,        GoToValue,
            Changes,     History,       ReadOnly,     Preview,     WriteThrough},
           any);
    enable(
        {Inspector, EditInInspector, ToggleBookmark, NextBookmark, PreviousBookmark, ListBookmarks},
        any);
    (*this)[Changes]->setChecked(state.showsChanges);
    (*this)[History]->setChecked(state.showsHistory);
    enable({Copy, CopyHex, CopyText, CopyC, CopyPython, CopyBase64, CopyDump},
           any && state.hasSelection);
    enable({Cut, Delete, FindSelection}, any && state.hasSelection && !state.isOriginal);
    enable({Flush}, any && !state.isSaving && (state.isModified || state.isUntitled));
    enable({FlushWith}, any && !state.isSaving && state.isModified && !state.isUntitled);
    enable({SaveAs, SaveCopy}, any && !state.isSaving);
    enable({SaveSelection}, any && !state.isSaving && state.hasSelection && !state.isOriginal);
    enable({Revert}, any && state.hasChanges);
    enable({Reload}, any && !state.isUntitled && !state.isSaving);
    enable({Undo}, any && state.canUndo);
    enable({Redo}, any && state.canRedo);
    enable({Split, Original, Compare, OnlyDifferences}, any);
    enable({NextChange, PreviousChange}, any && state.hasChanges);
    enable({OtherView}, any && (state.isSplit || state.isComparing));
    enable({ScrollTogether}, any && state.isSplit);
    (*this)[Split]->setChecked(state.isSplit);
    (*this)[Original]->setChecked(state.isFlipped);
    (*this)[Compare]->setChecked(state.isComparing);
    (*this)[OnlyDifferences]->setChecked(state.onlyDifferences);
    enable({Back}, any && state.canGoBack);
    enable({Forward}, any && state.canGoForward);
}

void Actions::keepEditKeysIn(QWidget& widget) {
    using enum ActionId;
    auto* const window = qobject_cast<QWidget*>(parent());
    for (const ActionId id :
         {Undo, Redo, Cut, Copy, CopyHex, CopyText, Paste, PasteHex, PasteText, Delete, DeleteToEnd,
          SelectAll, InsertMode, NextBookmark, PreviousBookmark}) {
        QAction* const action = (*this)[id];
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        window->removeAction(action);
        widget.addAction(action);
    }
}

void Actions::addGroup(std::initializer_list<ActionId> ids) {
    auto* const group = new QActionGroup(this);
    for (const ActionId id : ids)
        group->addAction((*this)[id]);
}

}  // namespace octavo::app
