// Snapshots for tests, made straight from pieces.
#pragma once

#include "core/base/types.h"
#include "core/content/add_buffer.h"
#include "core/content/piece_tree.h"
#include "core/content/snapshot.h"
#include "core/content/source.h"
#include "core/content/source_table.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

namespace octavo::test {

/// A snapshot of one piece: `source` from its beginning.
inline core::Snapshot snapshotOf(std::shared_ptr<const core::Source> source, core::Offset length) {
    auto sources = std::make_shared<core::SourceTable>();
    const core::SourceId id = sources->add(std::move(source));
    return core::Snapshot(core::PieceTree(core::Piece::inPlace(0, length, id)), sources, 1);
}

/// A snapshot of `bytes`, all inserted by one change, in pieces as long as `nextLength` says, none
/// of which joins the next.
inline core::Snapshot snapshotOf(core::ByteSpan bytes,
                                 const std::function<core::Offset()>& nextLength) {
    auto sources = std::make_shared<core::SourceTable>();
    const auto added = std::make_shared<core::AddBuffer>();
    const core::SourceId id = sources->add(added);
    const core::Byte separator = 0x5A;
    core::PieceTree tree;
    while (!bytes.empty()) {
        const auto count = std::min(
            bytes.size(), static_cast<std::size_t>(std::max<core::Offset>(nextLength(), 1)));
        const core::Piece piece{added->append(bytes.first(count)), static_cast<core::Offset>(count),
                                0, id, core::ChangeTag::on(1)};
        added->append({&separator, 1});
        tree.replace(tree.end(), tree.end(), {&piece, 1});
        bytes = bytes.subspan(count);
    }
    return core::Snapshot(tree, sources, 1);
}

inline core::Snapshot snapshotOf(core::ByteSpan bytes, core::Offset pieceLength) {
    return snapshotOf(bytes, [pieceLength] { return pieceLength; });
}

}  // namespace octavo::test
