#include "core/save/save_request.h"

#include "core/content/with_only.h"

#include <algorithm>

namespace octavo::core {

Snapshot SaveRequest::content() const {
    std::vector<ChangeId> ids;
    ids.reserve(changes.size());
    for (const Change& change : changes)
        ids.push_back(change.id);
    return {withOnly(snapshot.tree(), ids, base), snapshot.sources(), snapshot.revision()};
}

bool SaveRequest::keepsPlaces() const {
    return std::ranges::all_of(
        changes, [](const Change& change) { return change.kind() == ChangeKind::Overwritten; });
}

}  // namespace octavo::core
