// One place where a document differs from its file.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"

namespace octavo::core {

enum class ChangeKind { Overwritten, Inserted, Deleted, Replaced };

/// A maximal run between two pieces that are the file at its own place. `before` is what stands
/// in the file, `now` what stands in the document; never both empty.
struct Change {
    FileExtent before;
    Extent now;

    ChangeKind kind() const {
        if (before.length == now.length)
            return ChangeKind::Overwritten;
        if (before.isEmpty())
            return ChangeKind::Inserted;
        return now.isEmpty() ? ChangeKind::Deleted : ChangeKind::Replaced;
    }
    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace octavo::core
