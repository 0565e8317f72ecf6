// The pending changes of a document as rows of a list, as they were at one revision.
//
// Thread rule: plain values; once listed they do not change and go to any thread.
// Units: offsets and lengths in bytes.
#pragma once

#include "core/content/change.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/document/change_record.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace octavo::ui {

struct ChangeRow {
    core::Change change;
    /// How many bytes it shows, or would if it were on.
    core::Offset content = 0;
    core::TransactionId step = 0;
    bool isKept = false;

    core::ChangeKind kind() const {
        return core::Change{0, false, change.before, {change.now.offset, content}}.kind();
    }
    core::Offset bytes() const { return std::max(content, change.before.length); }
    core::Offset difference() const { return content - change.before.length; }
    friend bool operator==(const ChangeRow&, const ChangeRow&) = default;
};

struct ChangeRows {
    core::Snapshot snapshot;
    /// What the changes are changes of; nothing where the document is untitled.
    std::shared_ptr<const core::FileVersion> version;
    /// In the order of the document, on and off.
    std::vector<ChangeRow> rows;
    /// Of those that have one, by number.
    std::vector<std::pair<core::ChangeId, std::string>> names;

    /// Empty where it has none.
    const std::string& name(core::ChangeId id) const {
        static const std::string none;
        const auto found =
            std::ranges::lower_bound(names, id, {}, &std::pair<core::ChangeId, std::string>::first);
        return found != names.end() && found->first == id ? found->second : none;
    }
};

/// Rows as they are shown: sorted and filtered.
struct ChangeListing {
    std::shared_ptr<const ChangeRows> all;
    /// Places in all->rows.
    std::vector<std::uint32_t> order;

    std::uint64_t count() const { return order.size(); }
    /// `number` is less than count().
    const ChangeRow& row(std::uint64_t number) const {
        return all->rows[order[static_cast<std::size_t>(number)]];
    }
};

}  // namespace octavo::ui
