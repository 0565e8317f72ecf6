// Every command of the window, in one table: its words, keys and icon.
//
// Keys are given in full, because on a desktop without a platform theme Qt knows none for Save as,
// Quit and others.
// Thread rule: GUI thread.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <array>
#include <cstddef>

class QAction;
class QWidget;

namespace octavo::app {

enum class ActionId {
    New,
    Open,
    ClearRecent,
    Flush,
    FlushWith,
    SaveAs,
    SaveCopy,
    SaveSelection,
    Revert,
    Reload,
    NextTab,
    PreviousTab,
    Close,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    CopyHex,
    CopyText,
    CopyC,
    CopyPython,
    CopyBase64,
    CopyDump,
    Paste,
    PasteHex,
    PasteText,
    PasteBase64,
    Delete,
    DeleteToEnd,
    SelectAll,
    SelectBlock,
    EditSelection,
    InsertBytes,
    SetSize,
    InsertMode,
    Find,
    FindAll,
    FindNext,
    FindPrevious,
    FindSelection,
    Replace,
    GoTo,
    GoToValue,
    ToggleBookmark,
    NextBookmark,
    PreviousBookmark,
    ListBookmarks,
    Back,
    Forward,
    ThemeAuto,
    ThemeLight,
    ThemeDark,
    ThemeContrast,
    Font,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    GroupOne,
    GroupTwo,
    GroupFour,
    GroupEight,
    DecimalOffsets,
    RelativeOffsets,
    Original,
    Compare,
    OnlyDifferences,
    NextChange,
    PreviousChange,
    Split,
    OtherView,
    ScrollTogether,
    ToolBar,
    Inspector,
    EditInInspector,
    Changes,
    History,
    ReadOnly,
    Preview,
    WriteThrough,
    Keys,
    About,
    Count,
};

/// What decides which actions can be used.
struct ActionState {
    bool hasDocument = false;
    bool isUntitled = false;
    bool isModified = false;
    bool hasChanges = false;  ///< those that are switched off count too
    bool isSaving = false;
    bool hasSelection = false;
    bool isOriginal = false;  ///< what is selected is the original's
    bool canUndo = false;
    bool canRedo = false;
    bool canGoBack = false;
    bool canGoForward = false;
    bool isSplit = false;
    bool isFlipped = false;
    bool isComparing = false;
    bool onlyDifferences = false;
    bool showsChanges = false;
    bool showsHistory = false;
};

/// The keys of an action in every window.
QList<QKeySequence> keysOf(ActionId id);

class Actions final : public QObject {
    Q_OBJECT

public:
    /// The actions belong to `window` and listen to keys in all of it.
    explicit Actions(QWidget* window);

    QAction* operator[](ActionId id) const { return actions_[static_cast<std::size_t>(id)]; }

    void enableFor(const ActionState& state);
    /// From here on the keys that edit are heard only in `widget` and what it holds, so that a
    /// text field elsewhere keeps them for itself.
    void keepEditKeysIn(QWidget& widget);

private:
    void addGroup(std::initializer_list<ActionId> ids);

    std::array<QAction*, static_cast<std::size_t>(ActionId::Count)> actions_{};
};

}  // namespace octavo::app
