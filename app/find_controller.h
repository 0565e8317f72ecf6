// Runs what the find bar asks for: searches the document of the window in a job and shows the
// match.
//
// Thread rule: GUI thread.
#pragma once

#include "app/open_document.h"
#include "core/document/edit_map.h"
#include "core/document/tracked_positions.h"
#include "core/search/find.h"
#include "core/search/finder.h"
#include "ui/bridge/job.h"
#include "ui/panels/find_bar.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <memory>
#include <optional>

namespace octavo::app {

class FindController final : public QObject {
    Q_OBJECT

public:
    /// `bar` must outlive it.
    explicit FindController(ui::FindBar& bar, QObject* parent = nullptr);

    /// Nothing where no document is open.
    void setDocument(OpenDocument* document);
    void showBar();
    /// Starts at the caret; asks for a pattern where there is none.
    void find(bool backward);
    /// Looks for the bytes that are selected from there on.
    void findSelection();
    /// Lists every match in the document's results panel.
    void findAll();
    bool isRunning() const { return job_ != nullptr; }
    /// The part of the document that is searched: all, or what was selected when the bar was told
    /// to search that alone. Nothing, with a word in the bar, where nothing was selected.
    std::optional<core::Extent> range();
    /// The match that was shown last, while it is still selected and the document is as it was.
    std::optional<core::Extent> currentMatch() const;
    /// The empty match that may stand at the caret, at `offset`, is not to be found next.
    void passEmptyMatch(core::Offset offset) { emptyMatch_ = offset; }

signals:
    /// A match is shown and selected.
    void found(octavo::core::Extent match);

private:
    using Finder = std::shared_ptr<const core::Finder>;

    struct Search;
    struct Found;

    static core::Result<Found> run(const Search& search, core::Progress& progress);
    Finder readFinder();
    void start(Finder finder, core::Extent range, bool backward);
    void finish(const core::Result<Found>& found, std::uint64_t revision,
                const core::EditMap& moved);
    void show(core::Extent match);
    void stop();
    void forgetRange();
    void forgetMatch();

    ui::FindBar& bar_;
    QPointer<OpenDocument> document_;
    QPointer<ui::Job> job_;
    /// Where the match that was shown last stands, if it was empty and so selects nothing.
    std::optional<core::Offset> emptyMatch_;
    struct Shown {
        core::Extent match;
        std::uint64_t revision = 0;
    };
    std::optional<Shown> shown_;
    /// What was selected when it was to be searched alone; follows edits.
    std::optional<core::TrackedPositions::ExtentId> within_;
};

}  // namespace octavo::app
