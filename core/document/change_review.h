// Looks at changes beside the edits, on a worker: which of them equal the file by now, what the
// bytes they replace look like (fingerprints), and whether another program has written there.
//
// Made by Document::prepareReview() and given back to Document::finishReview(); the document may
// be edited meanwhile, so that each result names the very piece it speaks of.
//
// Thread rule: made on the document's thread, run() on a worker, then read by the document's.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/snapshot.h"
#include "core/document/change_record.h"
#include "core/document/fingerprint.h"

#include <optional>
#include <vector>

namespace octavo::core {

class ChangeReview {
public:
    struct Options {
        /// Longer runs are left alone: comparing them would read more than an edit may cost.
        Offset longestCompared = Offset{64} << 10;
        bool compare = true;      ///< look for bytes that equal the file
        bool fingerprint = true;  ///< take fingerprints where none is known of the change's bytes
        /// Compare fingerprints with the file as it is now. None are taken then: another program
        /// has written, and what is there is not what the change replaces.
        bool checkOutside = false;
    };
    struct Item {
        ChangeId id = kNoChange;
        FileOffset hint;
        std::optional<Fingerprint> known;
    };
    /// A part of a piece that shows what stands at its place in the file, as long as it can be. The
    /// piece replaces byte for byte (length == fileLength).
    struct EqualRun {
        FileOffset at;
        Piece part;
    };
    /// Of each change that was asked for and is there, where there is something to tell of it.
    struct Finding {
        ChangeId id = kNoChange;
        std::optional<Fingerprint> fingerprint;          ///< newly taken
        OutsideState outside = OutsideState::Untouched;  ///< where that was asked for
    };

    ChangeReview(Snapshot snapshot, std::shared_ptr<const FileVersion> file,
                 std::vector<Item> items, Options options);

    /// Cancelled is the only error; findings so far stay good. Counts bytes, and one for each item.
    Status run(Progress& progress);

    const Snapshot& snapshot() const { return snapshot_; }
    const std::shared_ptr<const FileVersion>& file() const { return file_; }
    const Options& options() const { return options_; }
    /// In the order of the items, and within a change ascending.
    const std::vector<EqualRun>& equalRuns() const { return equalRuns_; }
    const std::vector<Finding>& findings() const { return findings_; }

private:
    Offset comparedLength(const Change& change) const;
    void compareChange(const Change& change, Progress& progress);
    void comparePiece(FileOffset at, const Piece& piece, Progress& progress);
    void compareBlock(FileOffset at, const Piece& part);
    void noteEqual(FileOffset at, const Piece& part);
    void findOut(const Item& item, const Change& change);

    Snapshot snapshot_;
    std::shared_ptr<const FileVersion> file_;
    std::vector<Item> items_;
    Options options_;
    std::vector<EqualRun> equalRuns_;
    std::vector<Finding> findings_;
    Bytes shown_;  // the block that is compared, and the same of the file
    Bytes stored_;
};

}  // namespace octavo::core
