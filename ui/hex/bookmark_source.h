// Where the grid asks for the bookmarks it is to show: in its gutter, at their bytes and in the
// scroll bar.
//
// Thread rule: GUI thread; an answer waits for nothing. Offsets are those of the document as it is.
#pragma once

#include "core/base/types.h"
#include "ui/style/theme.h"

#include <QColor>

#include <array>
#include <optional>
#include <vector>

namespace octavo::ui {

inline constexpr int kBookmarkColors = 6;

/// By number: blue, orange, green, red, purple, grey.
inline QColor bookmarkColor(const Theme& theme, int color) {
    const std::array<QColor, kBookmarkColors> colors{theme.accent,       theme.changedLine,
                                                     theme.insertedLine, theme.deleted,
                                                     theme.highByte,     theme.dimText};
    return colors[static_cast<std::size_t>(color)];
}

struct ShownBookmark {
    core::Offset offset = 0;
    int color = 0;
};

class BookmarkSource {
public:
    /// Those in `extent`, by where they stand.
    virtual std::vector<ShownBookmark> bookmarksIn(core::Extent extent) const = 0;
    /// The first one at `offset` or behind it.
    virtual std::optional<core::Offset> nextBookmark(core::Offset offset) const = 0;

protected:
    ~BookmarkSource() = default;
};

}  // namespace octavo::ui
