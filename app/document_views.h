// The grids of one document: one, or two beside each other that may show its bytes in different
// formats. What is done to the document goes through the one that had the keyboard last.
//
// Scrolled together, the two have the same byte at their top.
//
// Beside or in place of the first grid, the original can be shown: the file without the pending
// edits. What is done to the document goes on through the grids of the edits.
//
// Thread rule: GUI thread.
#pragma once

#include "app/environment.h"
#include "app/original_grid.h"
#include "app/settings.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/hex_view.h"
#include "ui/hex/match_source.h"

#include <QElapsedTimer>
#include <QSplitter>

#include <memory>
#include <vector>

namespace octavo::app {

class DocumentViews final : public QSplitter {
    Q_OBJECT

public:
    /// `editor` must outlive it, or be taken away by close().
    DocumentViews(ui::EditorDocument& editor, Environment& environment, QWidget* parent = nullptr);

    ui::HexView& active() const { return *active_; }
    /// The first and, where there is one, the second.
    const std::vector<ui::HexView*>& all() const { return views_; }
    Grid activeGrid() const { return active_ == views_.front() ? Grid::First : Grid::Second; }
    bool isSplit() const { return views_.size() > 1; }
    /// The second grid begins where the first one is.
    void setSplit(bool split);
    /// Gives the keyboard to the other grid, where there are two.
    void switchView();
    bool isFullyLoaded() const;
    /// Writes a value that is being typed over a cell.
    void finishTyping();

    /// The grid with the keyboard, the original's too: for what is copied.
    ui::HexView& focused() const;
    /// The original beside the first grid, in step with it.
    bool isComparing() const { return original_ != nullptr && !isFlipped_; }
    void setComparing(bool comparing);
    /// The original in place of the edits; what stood there comes back.
    bool isFlipped() const { return isFlipped_; }
    void setFlipped(bool flipped);
    /// What is not changed recedes, in all grids.
    bool onlyDifferences() const { return onlyDifferences_; }
    void setOnlyDifferences(bool only);

    void setMatchSource(const ui::MatchSource* source);
    void updateMatches();
    void setBookmarkSource(const ui::BookmarkSource* source);
    void updateBookmarks();
    /// Lets go of the document.
    void close();

    /// Longer than this, the key that flips to the original shows it only while it is held.
    static constexpr int kHeldMs = 400;

signals:
    /// Caret, selection, typing mode or jumps of the active grid, or which one that is.
    void changed();
    void zoomWanted(int notches);
    void contextMenuWanted(const QPoint& globalPosition);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    ui::HexView* addView();
    void removeSecond();
    void activate(ui::HexView* view);
    void chooseOrientation();
    void applyFont();
    void applyFormats();
    void followScroll(ui::HexView* scrolled);
    void showOriginal();
    void hideOriginal();
    void dress(ui::HexView& view, Grid grid);

    ui::EditorDocument& editor_;
    Environment& environment_;
    std::vector<ui::HexView*> views_;
    ui::HexView* active_ = nullptr;
    const ui::MatchSource* matches_ = nullptr;
    const ui::BookmarkSource* bookmarks_ = nullptr;
    std::unique_ptr<OriginalGrid> original_;
    QElapsedTimer sinceFlip_;
    bool isFlipped_ = false;
    bool wasComparing_ = false;
    bool onlyDifferences_ = false;
    bool following_ = false;
};

}  // namespace octavo::app
