#include "app/menus.h"

#include "app/file_name.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

#include <optional>
#include <vector>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Menus)
};

/// Nothing stands for a line between.
using Entries = std::vector<std::optional<ActionId>>;
constexpr std::nullopt_t kLine = std::nullopt;

void add(QMenu& menu, const Actions& actions, const Entries& entries) {
    for (const auto& entry : entries) {
        if (entry)
            menu.addAction(actions[*entry]);
        else
            menu.addSeparator();
    }
}

void addCopyForms(QMenu& menu, const Actions& actions) {
    using enum ActionId;
    add(*menu.addMenu(Words::tr("Copy a&s")), actions,
        {CopyHex, CopyText, CopyC, CopyPython, CopyBase64, CopyDump});
}

}  // namespace

QMenu* buildMenus(QMenuBar& bar, const Actions& actions, const FormatMenus& formats) {
    using enum ActionId;
    QMenu& file = *bar.addMenu(Words::tr("&File"));
    add(file, actions, {New, Open});
    QMenu* const recent = file.addMenu(Words::tr("Open &recent"));
    add(file, actions,
        {kLine, Flush, FlushWith, SaveAs, SaveCopy, SaveSelection, Revert, Reload, kLine, NextTab,
         PreviousTab, Close, Quit});

    QMenu& edit = *bar.addMenu(Words::tr("&Edit"));
    add(edit, actions, {Undo, Redo, kLine, Cut, Copy});
    addCopyForms(edit, actions);
    add(edit, actions,
        {Paste, PasteHex, PasteText, PasteBase64, kLine, Delete, DeleteToEnd, SelectAll,
         SelectBlock, kLine, EditSelection, InsertBytes, SetSize, InsertMode});

    add(*bar.addMenu(Words::tr("&Search")), actions,
        {Find, FindAll, FindNext, FindPrevious, FindSelection, Replace, kLine, GoTo, GoToValue,
         Back, Forward, kLine, NextChange, PreviousChange, kLine, ToggleBookmark, NextBookmark,
         PreviousBookmark, ListBookmarks});

    QMenu& view = *bar.addMenu(Words::tr("&View"));
    view.addMenu(formats.cells());
    view.addMenu(formats.rows());
    add(*view.addMenu(Words::tr("&Groups of")), actions,
        {GroupOne, GroupTwo, GroupFour, GroupEight});
    view.addMenu(formats.encodings());
    add(view, actions,
        {DecimalOffsets, RelativeOffsets, kLine, Original, Compare, OnlyDifferences, Changes,
         History, kLine, Split, OtherView, ScrollTogether, kLine});
    add(*view.addMenu(Words::tr("&Theme")), actions,
        {ThemeAuto, ThemeLight, ThemeDark, ThemeContrast});
    add(view, actions,
        {Font, ZoomIn, ZoomOut, ZoomReset, kLine, ToolBar, Inspector, EditInInspector});

    add(*bar.addMenu(Words::tr("&Mode")), actions, {ReadOnly, Preview, WriteThrough});
    add(*bar.addMenu(Words::tr("&Help")), actions, {Keys, About});
    // Qt's own, for menus that have no room: it has an arrow for a text.
    if (auto* const more = bar.findChild<QToolButton*>(QStringLiteral("qt_menubar_ext_button")))
        more->setAccessibleName(Words::tr("More menus"));
    return recent;
}

void fillRecentMenu(QMenu& menu, const Actions& actions, const Settings& settings,
                    const std::function<void(const std::string&)>& open) {
    menu.clear();
    int number = 0;
    for (const std::string& path : settings.recentFiles()) {
        // An ampersand in a name is no mnemonic; the number is.
        QString name = displayPath(path);
        name.replace(QLatin1Char('&'), QLatin1String("&&"));
        ++number;
        QAction* const entry =
            menu.addAction(number < 10 ? QStringLiteral("&%1  %2").arg(number).arg(name) : name);
        QObject::connect(entry, &QAction::triggered, &menu, [open, path] { open(path); });
    }
    if (number == 0)
        menu.addAction(Words::tr("No files yet"))->setEnabled(false);
    menu.addSeparator();
    menu.addAction(actions[ActionId::ClearRecent]);
    actions[ActionId::ClearRecent]->setEnabled(number > 0);
}

void fillContextMenu(QMenu& menu, const Actions& actions) {
    using enum ActionId;
    add(menu, actions, {Cut, Copy});
    addCopyForms(menu, actions);
    add(menu, actions,
        {kLine, Paste, PasteHex, PasteText, PasteBase64, kLine, Delete, SelectAll, SelectBlock,
         EditSelection, kLine, FindSelection, GoTo, GoToValue});
}

}  // namespace octavo::app
