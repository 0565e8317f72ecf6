// Runs what the find bar asks for: searches the document of the window in a job and shows the
// match.
//
// Thread rule: GUI thread.
#pragma once

#include "app/open_document.h"
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
    bool isRunning() const { return job_ != nullptr; }

private:
    struct Search;
    struct Found;

    static core::Result<Found> run(const Search& search, core::Progress& progress);
    void start(std::shared_ptr<const core::Finder> finder, bool backward);
    void finish(const core::Result<Found>& found, std::uint64_t revision);
    void stop();
    void forgetMatch();

    ui::FindBar& bar_;
    QPointer<OpenDocument> document_;
    QPointer<ui::Job> job_;
    /// Where the match that was shown last stands, if it was empty and so selects nothing.
    std::optional<core::Offset> emptyMatch_;
};

}  // namespace octavo::app
