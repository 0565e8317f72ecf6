// Everything the painter must know for one frame, gathered by the view.
// Thread rule: GUI thread; refers to things that outlive the frame.
#pragma once

#include "ui/hex/bookmark_source.h"
#include "ui/hex/grid_font.h"
#include "ui/hex/hex_layout.h"
#include "ui/hex/hex_model.h"
#include "ui/hex/hex_selection.h"
#include "ui/hex/preedit.h"
#include "ui/hex/text_codec.h"
#include "ui/style/theme.h"

#include <QFont>
#include <QString>

#include <vector>

namespace octavo::ui {

struct HexFrame {
    const HexModel& model;
    const HexLayout& layout;
    const GridFont& font;
    const Theme& theme;
    const TextCodec& codec;
    core::Offset topRow = 0;
    int width = 0;   ///< of the view, device pixels
    int height = 0;  ///< of the view, device pixels
    int left = 0;    ///< how far the content is scrolled to the right, device pixels
    HexSelection selection = {};
    HexPane pane = HexPane::Hex;
    bool insertMode = false;
    /// Stands at the caret.
    Preedit preedit = {};
    bool hasFocus = false;
    /// False: nothing is open, only the hint is shown.
    bool hasDocument = false;
    /// What is to be highlighted of what is seen, by where it begins.
    std::vector<core::Extent> matches = {};
    core::Offset longestMatch = 0;
    /// Of what is seen, by where they stand.
    std::vector<ShownBookmark> bookmarks = {};
    /// What is not changed recedes.
    bool onlyDifferences = false;
    /// Says at the right of the header what is shown; empty: nothing.
    QString tag = {};
    /// One sentence below the caret's row of an empty document, or in an empty view.
    QString hint = {};
    QFont hintFont = {};  ///< in device pixels
};

}  // namespace octavo::ui
