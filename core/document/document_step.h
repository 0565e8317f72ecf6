// The state of a save that runs, and the bracket of one undo step: what Document's parts share.
#pragma once

#include "core/document/document.h"
#include "core/document/splice_log.h"

#include <unordered_set>

namespace octavo::core {

inline constexpr const char* kIsWalking = "steps are being undone or done again";

/// What must be known at the end of a save about its beginning.
struct Document::Saving {
    Snapshot snapshot;
    StepId step = kFirstStep;
    bool isEverything = true;  ///< all changes that are on
    bool hasSwitchedOff = false;
    bool givesUpUndo = false;
    std::optional<FileInfo> extended;   ///< another program added to the file meanwhile
    std::unordered_set<ChangeId> only;  ///< where it is not everything
    SpliceLog since;                    ///< what was edited meanwhile

    bool takes(ChangeId id) const { return isEverything || only.contains(id); }
};

/// Opens a step of the history, unless a transaction has one open or typing goes on in the last
/// one, and ends it.
class Document::Step {
public:
    Step(Document& document, EditKind kind, bool joinsTyping = false)
        : document_(document), isInner_(document.isInTransaction()) {
        if (isInner_)
            return;
        if (joinsTyping) {
            document_.history_.reopen();
            document_.transaction_ =
                document_.history_.step(document_.history_.current()).transaction;
            return;
        }
        document_.typing_.reset();
        document_.openStep(kind, {});
    }
    ~Step() {
        if (!isInner_)
            document_.history_.end();
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

private:
    Document& document_;
    bool isInner_;
};

/// While it lives, events are gathered into one.
class Document::Quiet {
public:
    explicit Quiet(Document& document) : document_(document) { ++document_.quiet_; }
    ~Quiet() {
        if (--document_.quiet_ == 0)
            document_.notify();
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

private:
    Document& document_;
};

}  // namespace octavo::core
