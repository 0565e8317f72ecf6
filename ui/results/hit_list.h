// A search for every match in a document, and what it has found so far: a store that fills while
// the search runs, narrowed by a filter, with its hits where the document's edits have moved them.
//
// The search goes on with the snapshot it began with, whatever is edited meanwhile. Stopping it
// waits for nothing: what runs is left behind, and the store takes no more.
//
// Thread rule: GUI thread; searching and filtering are jobs. Units: bytes; hits are counted from 0.
#pragma once

#include "core/base/result.h"
#include "core/document/edit_map.h"
#include "core/search/find.h"
#include "core/search/hit_store.h"
#include "core/search/search_query.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"
#include "ui/hex/match_source.h"
#include "ui/results/hit_export.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace octavo::ui {

class HitList final : public QObject, public MatchSource {
    Q_OBJECT

public:
    struct Request {
        core::SearchQuery query;
        std::shared_ptr<const core::Finder> finder;  ///< of the query
        core::Extent range;
        core::FindOptions options;  ///< forwards
        std::size_t budget = core::HitStore::kBudget;
    };
    enum class State {
        Running,
        Ended,
        Stopped,  ///< by the user
        GivenUp,  ///< see FindAllOutcome::stoppedAt
        Full,     ///< the store's budget is used up
        Failed
    };

    /// Begins to search. `document` must outlive it.
    HitList(EditorDocument& document, Request request, QObject* parent = nullptr);
    ~HitList() override;

    const core::SearchQuery& query() const { return request_.query; }
    const Request& request() const { return request_; }
    EditorDocument& document() const { return document_; }

    State state() const { return state_; }
    bool isRunning() const { return state_ == State::Running; }
    void stop();
    /// Of the search while it runs, else of the filter; 0 and 0 where neither does.
    core::Offset done() const;
    core::Offset total() const;
    /// Where a search that was given up, or had no more room, stopped.
    core::Offset stoppedAt() const { return stoppedAt_; }
    core::Offset notSearched() const { return notSearched_; }
    const std::optional<core::Error>& error() const { return error_; }
    /// True where the document is another one than was searched.
    bool isOutdated() const;

    /// Of all that was found.
    std::uint64_t foundCount() const { return all_->size(); }
    /// What is shown: all, or what the filter admits.
    std::uint64_t count() const { return shown().size(); }
    std::vector<core::Hit> hits(std::uint64_t first, std::size_t most) const;
    /// Where a hit stands by now; empty where nothing of it is left.
    core::Extent now(const core::Hit& hit) const { return map_->now(hit.extent()); }
    /// The part of the document that was searched, as it is now.
    core::Extent rangeNow() const;
    /// The number of the first hit that begins at `offset` or behind it, as the document is now.
    std::uint64_t firstFrom(core::Offset offset) const;

    /// See core::HitFilter; nothing shows all again.
    void setFilter(const QString& text);
    const QString& filter() const { return filter_; }
    bool isFiltering() const { return filterJob_ != nullptr; }

    /// What a job has to do to write what is shown to a file.
    std::function<core::Status(core::Progress&)> exporter(const std::string& path,
                                                          HitFormat format) const;

    std::vector<core::Extent> matchesIn(core::Extent extent, std::size_t most) const override;
    std::optional<core::Offset> nextMatch(core::Offset offset) const override;

signals:
    /// There may be more hits, or others; state and progress may be others too.
    void changed();

private:
    using Store = std::shared_ptr<core::HitStore>;

    const core::HitStore& shown() const { return filtered_ ? *filtered_ : *all_; }
    void finish(const core::Result<core::FindAllOutcome>& outcome);
    void goOnFiltering();
    void stopFiltering();
    static bool isGone(const core::Hit& hit, core::Extent match);
    core::Offset behindGone(const core::Hit& hit, core::Extent match) const;

    EditorDocument& document_;
    Request request_;
    std::shared_ptr<const core::EditMap> map_;
    std::uint64_t revision_;
    bool isWhole_;  ///< the whole document was searched
    QTimer editedSoon_;
    Store all_;
    State state_ = State::Running;
    core::Offset stoppedAt_ = 0;
    core::Offset notSearched_ = 0;
    std::optional<core::Error> error_;
    QPointer<Job> job_;

    QString filter_;
    Store filtered_;
    std::uint64_t filteredUpTo_ = 0;
    QPointer<Job> filterJob_;
};

}  // namespace octavo::ui
