// One place where a document differs from its file, or would if the change were switched on.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"
#include "core/content/change_id.h"

namespace octavo::core {

enum class ChangeKind { Overwritten, Inserted, Deleted, Replaced };

/// A maximal run of neighbouring pieces that say they belong to one change. `before` is what
/// stands in the file, `now` what stands in the document. Of a change that is off `now` is where
/// the file's bytes stand; where it is an insertion, both are empty.
///
/// One change can have several runs, with the same number: an edit may have cut it in two.
struct Change {
    ChangeId id = kNoChange;
    bool isOff = false;
    FileExtent before;
    Extent now;

    /// Of a change that is off, the pieces tell no more than whether it is an insertion.
    ChangeKind kind() const {
        if (before.isEmpty())
            return ChangeKind::Inserted;
        if (before.length == now.length)
            return ChangeKind::Overwritten;
        return now.isEmpty() ? ChangeKind::Deleted : ChangeKind::Replaced;
    }
    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace octavo::core
