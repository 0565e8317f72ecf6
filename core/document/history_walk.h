// The way from one step of a document's history to another, gone in parts, as a step may have
// millions of splices: nobody is told of anything before the end, and it can be turned back.
//
// While it lives nothing else is done to the document: it is within a transaction (no save, no
// transfer of its history begins), and edits are refused. A transfer of the history that is under
// way must have ended before; the document must outlive it.
//
// Thread rule: the document's thread.
// Cost: as the splices that are played; the end O(changes that were cut in two on the way).
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/document/history.h"
#include "core/document/splice_log.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace octavo::core {

class Document;

class HistoryWalk {
public:
    HistoryWalk(const HistoryWalk&) = delete;
    HistoryWalk& operator=(const HistoryWalk&) = delete;
    /// As end(), after the rest of the way.
    ~HistoryWalk();

    /// Plays at most so many splices; false where nothing is left to be played.
    bool playSome(std::size_t most);
    /// From here on the way leads back to where it began.
    void turnBack();

    /// Splices, without marks.
    std::uint64_t played() const { return played_; }
    /// So many there were at the beginning; after turnBack() those that it had played.
    std::uint64_t all() const { return all_; }

    /// Plays the rest and tells where something is another, the document's listener first; nothing
    /// where nothing is. Once.
    std::optional<Extent> end();

private:
    friend class Document;

    HistoryWalk(Document& document, StepId target);
    void beginStep();
    void endStep();

    Document& document_;
    StepId from_;
    std::vector<StepId> way_;  ///< the steps to move to
    std::size_t next_ = 0;     ///< in way_
    /// The step that is being played.
    struct Playing {
        StepId step = kFirstStep;
        bool backwards = false;
        SourceId base = kNoSource;
        SpliceLog::Walk walk;
    };
    std::optional<Playing> playing_;
    std::uint64_t played_ = 0;
    std::uint64_t all_ = 0;
    bool isTurned_ = false;
    bool isEnded_ = false;
};

}  // namespace octavo::core
