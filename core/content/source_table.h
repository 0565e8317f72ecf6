// The sources of one document by number. Grows only, so a number once given stays good.
//
// Thread rule: add() on the document's thread only; everything else from any thread that got the
// number from a snapshot.
#pragma once

#include "core/base/stable_vector.h"
#include "core/content/source.h"

#include <memory>

namespace octavo::core {

class SourceTable {
public:
    SourceId add(std::shared_ptr<const Source> source);
    const Source& source(SourceId id) const;
    std::shared_ptr<const Source> shared(SourceId id) const;
    SourceId count() const;

private:
    StableVector<std::shared_ptr<const Source>, 16> sources_;
};

}  // namespace octavo::core
