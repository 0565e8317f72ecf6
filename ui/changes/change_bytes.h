// What stands in the file in place of a change, and what the change puts there: the first bytes of
// both, read beside the GUI thread.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "core/document/document.h"
#include "ui/bridge/row_fetcher.h"
#include "ui/changes/change_rows.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <vector>

namespace octavo::ui {

/// The bytes of one side.
struct ChangeSide {
    core::Bytes bytes;
    bool hasMore = false;       ///< than these bytes
    bool isUnreadable = false;  ///< one of them at least
};

struct ChangeSides {
    ChangeSide before;
    ChangeSide after;
    bool isKnown = false;  ///< the bytes are there
};

class ChangeBytes final : public QObject {
    Q_OBJECT

public:
    /// So many bytes of either side are told.
    static constexpr core::Offset kMost = 16;

    explicit ChangeBytes(QObject* parent = nullptr);

    /// Asks for the sides of `rows`, which are of `all`; what was asked before counts no more. What
    /// is in memory is there at once.
    void request(const core::Document& document, const ChangeRows& all,
                 const std::vector<ChangeRow>& rows);
    /// Of the rows that were asked for, by place.
    const ChangeSides& sides(std::size_t place) const { return sides_[place].told; }

signals:
    void arrived(std::size_t place);

private:
    struct Asked {
        core::Extent before;  ///< where the bytes stand in what is read
        core::Extent after;
        core::Offset known = 0;  ///< how many of both are there
        ChangeSides told;
    };
    void take(const FetchedBytes& fetched);

    std::vector<Asked> sides_;
    RowFetcher fetcher_;
    std::uint64_t generation_ = 0;
};

/// What the file holds in place of a change of `all`; `most` bytes at most.
core::Content contentBefore(const ChangeRows& all, const ChangeRow& row, core::Offset most);
/// What a change of `all` that is on shows; `most` bytes at most.
core::Content contentAfter(const ChangeRows& all, const ChangeRow& row, core::Offset most);

}  // namespace octavo::ui
