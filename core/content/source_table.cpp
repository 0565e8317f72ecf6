#include "core/content/source_table.h"

namespace octavo::core {

SourceId SourceTable::add(std::shared_ptr<const Source> source) {
    return static_cast<SourceId>(sources_.append({&source, 1}));
}

const Source& SourceTable::source(SourceId id) const {
    return *sources_[id];
}

std::shared_ptr<const Source> SourceTable::shared(SourceId id) const {
    return sources_[id];
}

SourceId SourceTable::count() const {
    return static_cast<SourceId>(sources_.size());
}

}  // namespace octavo::core
