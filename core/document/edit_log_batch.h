// What a document has to say to its edit log: handed from the document's thread to the worker that
// writes.
// Thread rule: plain value. Freeing the snapshot may take a while: let it end on the worker.
#pragma once

#include "core/base/types.h"
#include "core/content/snapshot.h"
#include "core/document/edit_log_entry.h"

#include <optional>

namespace octavo::core {

struct EditLogBatch {
    Bytes entries;
    /// The log begins anew with this file; the entries lead from it to the document as it is.
    std::optional<EditLogEntry::Base> base;
    /// The document is its file and nothing else: there is nothing to recover.
    bool nothingPending = false;
    /// The document behind the entries, for the bytes that they refer to.
    Snapshot snapshot;
};

}  // namespace octavo::core
