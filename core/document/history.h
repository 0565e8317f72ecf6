// What was done to a document and can be undone and done again: a list of steps, each with the
// pieces it took out and the pieces it put in.
//
// Steps hold pieces and no bytes: new bytes stay in the add buffer, and old bytes of the file
// stay readable past a flush through the file's versions. So a step costs some hundred bytes
// whatever the size of the edit.
//
// Thread rule: the document's thread.
#pragma once

#include "core/base/types.h"
#include "core/content/piece.h"

#include <cstddef>
#include <span>
#include <vector>

namespace octavo::core {

class History {
public:
    struct Step {
        Offset offset = 0;
        std::vector<Piece> removed;
        std::vector<Piece> inserted;
        Offset removedLength = 0;
        Offset insertedLength = 0;
        bool typing = false;
    };

    bool canUndo() const { return done_ > 0; }
    bool canRedo() const { return done_ < steps_.size(); }

    /// Adds a step and drops what was undone before it. A typing step that goes on where the
    /// last one stopped, or that types the last byte again, joins it.
    void record(Step step);
    void endTyping() { typingOpen_ = false; }

    /// The step to undo, which then counts as undone. Only where canUndo().
    const Step& takeUndo();
    const Step& takeRedo();

private:
    bool join(Step& last, const Step& step) const;

    std::vector<Step> steps_;
    std::size_t done_ = 0;
    bool typingOpen_ = false;
};

}  // namespace octavo::core
