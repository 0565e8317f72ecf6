#include "core/document/source_registry.h"

#include "core/content/pattern_source.h"

namespace octavo::core {

SourceRegistry::SourceRegistry() : table_(std::make_shared<SourceTable>()) {}

SourceId SourceRegistry::idOf(const std::shared_ptr<const Source>& source) {
    const auto [entry, isNew] = ids_.try_emplace(source.get());
    if (isNew) {
        entry->second = table_->add(source);
        if (auto version = std::dynamic_pointer_cast<const FileVersion>(source))
            versions_[entry->second] = std::move(version);
    }
    return entry->second;
}

SourceId SourceRegistry::pattern(ByteSpan pattern) {
    const auto [entry, isNew] = patterns_.try_emplace(Bytes(pattern.begin(), pattern.end()));
    if (isNew)
        entry->second = idOf(std::make_shared<PatternSource>(pattern));
    return entry->second;
}

void SourceRegistry::normalise(const Piece& piece, const std::shared_ptr<const FileVersion>& base,
                               SourceId baseId, std::vector<Piece>& out) const {
    const auto entry = versions_.find(piece.source);
    if (piece.source == baseId || entry == versions_.end() || entry->second->newest() != base) {
        out.push_back({piece.start, piece.length, 0, piece.source, {}});
        return;
    }
    for (Offset done = 0; done < piece.length;) {
        const FileVersion::Whereabouts where =
            entry->second->whereabouts({piece.start + done}, piece.length - done);
        if (where.now)
            out.push_back({where.now->value, where.length, 0, baseId, {}});
        else
            out.push_back({piece.start + done, where.length, 0, piece.source, {}});
        done += where.length;
    }
}

}  // namespace octavo::core
