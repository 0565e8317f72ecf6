// What is known of a change beside its bytes.
// Thread rule: plain values.
#pragma once

#include "core/base/types.h"
#include "core/content/change_id.h"
#include "core/document/edit_kind.h"

#include <cstdint>
#include <string>

namespace octavo::core {

/// Numbers the transactions of a document from 1. One transaction is one undo step and one group
/// of changes.
using TransactionId = std::uint32_t;

/// What another program's write means for a change.
enum class OutsideState : std::uint8_t {
    Untouched,   ///< the bytes it replaces, and those beside them, are as they were
    Touched,     ///< they are not: keep mine or take theirs
    CannotTell,  ///< nobody looked before the write, or it is too long to know: as Touched
};

struct ChangeRecord {
    TransactionId transaction = 0;
    FileOffset hint;  ///< where the change begins in the file, or a place in the same changed run
    std::uint32_t runs = 0;      ///< places in the tree: 0 where the change is not pending
    bool kept = false;           ///< the user has decided for it: bulk reverts leave it alone
    bool sourceChanged = false;  ///< a file that it refers to is not what it was
    OutsideState outside = OutsideState::Untouched;
};

struct TransactionRecord {
    EditKind kind = EditKind::Overwrite;
    std::int64_t timeNs = 0;  ///< nanoseconds since 1970
    std::string name;         ///< may be empty
};

}  // namespace octavo::core
