// Lists changes in the two forms that commands have for them: a line each, or a JSON array of
// objects.
//
//   4 replaced 2 1 6566 -> 01
//   {"fileOffset": 4, "fileLength": 2, "offset": 4, "length": 1, "kind": "replaced",
//    "before": "6566", "after": "01", "beforeCut": false, "afterCut": false}
//
// Of many bytes the first are shown. Those that cannot be read are "??".
#pragma once

#include "app/cli/json_stream.h"
#include "app/cli/output.h"
#include "core/content/change.h"
#include "core/content/snapshot.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace octavo::cli {

struct ListedChange {
    /// Bytes of a snapshot, which must outlive the call that lists them.
    struct Side {
        const core::Snapshot& snapshot;
        core::Extent extent;
    };
    /// What an edit log tells of a change beside its bytes.
    struct Logged {
        std::string_view log;     ///< the log's path
        std::string_view fit;     ///< whether it fits the file as it is now
        std::string_view reason;  ///< why so, in words
        bool isOff = false;
        std::string_view name;    ///< may be empty
        std::int64_t timeNs = 0;  ///< since 1970; 0 where it is not known
    };

    core::FileOffset fileOffset;
    core::Offset offset = 0;  ///< in the document
    Side before;
    Side after;
    std::optional<Logged> logged;

    core::ChangeKind kind() const;
};

class ChangeList {
public:
    static constexpr core::Offset kMostInLine = 32;
    static constexpr core::Offset kMostInJson = 1024;

    ChangeList(Output& output, bool asJson);

    /// False where there is nobody to tell any more.
    bool add(const ListedChange& change);
    /// A line between changes, `text` behind a #; not in JSON.
    void note(std::string_view text);
    /// Ends the list. The last call.
    void finish();

private:
    void addLine(const ListedChange& change);
    void addObject(const ListedChange& change);

    Output& output_;
    std::optional<JsonStream> json_;
};

}  // namespace octavo::cli
