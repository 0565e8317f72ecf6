// The file under a document as it was between two of our own saves into it.
//
// A save in place overwrites or moves bytes that undo steps, older snapshots and other documents
// still point at. It succeeds this version with the next one and says what became of each byte
// (Preserved): kept, standing in the new content at some place, or lost. So a chain leads from any
// old version to the file as it is now, and a read of an old one follows it.
//
// The reader's side of a save in other threads: read a block, then look whether the version has
// been succeeded or its bytes moved meanwhile, and if so ask the chain again. There are two sides
// of the saver:
//
//   overwriting   succeed(), then write. Bytes read while there was no successor are the old ones.
//   moving        beginMove(): readers that come wait, those inside will read again; move the
//                 bytes; succeed(), which lets them in again, or cancelMove() when all is back.
//
// Thread rule: any thread, but what reads (read, zerosAt, gapAt) may wait for a disk or a move and
// is not for the GUI thread. Saving only by whoever holds the turn, who must not read a version
// between beginMove() and succeed().
// Cost: a look at an old version is O(log runs) for each leap; leaps over 16, 256, ... saves are
// kept as far as they have at most kMostRuns runs, so with n saves since there are O(log n) of them
// (at most 15 of each length on either side), and one for each save of very many changes.
#pragma once

#include "core/content/passage.h"
#include "core/content/preserved.h"
#include "core/content/source.h"
#include "core/content/version_chain.h"
#include "core/file/mapped_file.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace octavo::core {

class FileVersion final : public Source {
public:
    /// The first of a new chain: `file` as it was opened.
    static std::shared_ptr<const FileVersion> first(std::shared_ptr<const MappedFile> file);
    ~FileVersion() override;

    const std::shared_ptr<const MappedFile>& file() const { return file_; }

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    std::unique_ptr<SourceView> view(Offset start, Offset length) const override;
    Offset zerosAt(Offset start, Offset length) const override;
    /// Tells lost bytes too.
    Offset gapAt(Offset start, Offset length) const override;

    /// Where bytes of this version stand in the newest one.
    struct Whereabouts {
        Offset length = 0;              ///< the answer holds for so many bytes, at least one
        std::optional<FileOffset> now;  ///< nothing where they do not stand in the file any more
    };
    /// Of the bytes from `at` on, `length` at most (at least one). Answers from memory.
    Whereabouts whereabouts(FileOffset at, Offset length) const;

    /// The version after this one; nothing while this is the file as it is.
    std::shared_ptr<const FileVersion> successor() const;
    /// The file as it is.
    std::shared_ptr<const FileVersion> newest() const { return chain_->newest(); }
    /// Equal for versions of one chain.
    const std::shared_ptr<VersionChain>& chain() const { return chain_; }

    /// What the system said about the file when this version began: as it was opened or after our
    /// own save. Nothing while that save still runs. Another program has changed the file where
    /// the newest version's does not look like what the system says now.
    std::optional<FileInfo> info() const;
    /// To be called when the save that made this version has ended, well or badly; and when what
    /// another program did to the file is taken for this version's too (it has been appended to).
    void settle(const FileInfo& info) const;

    /// The turn to save into the file; empty where another save runs or this is not the newest
    /// version.
    VersionChain::Turn takeTurn() const;
    /// Closes the file for readers until succeed() or cancelMove().
    void beginMove() const;
    /// All bytes are back in their places.
    void cancelMove() const;
    /// Publishes the next version, which is returned. `file` is the file that holds it: the same
    /// object where the length stays, else the same inode mapped anew. Must not have been called
    /// before.
    std::shared_ptr<const FileVersion> succeed(Preserved preserved,
                                               std::shared_ptr<const MappedFile> file) const;
    /// A save that only overwrites failed after succeed(), and the kept bytes stand in the file
    /// again: this version and its successor are the same content.
    void markRestored() const { isRestored_.store(true, std::memory_order_release); }

private:
    class View;
    struct Next {
        Preserved preserved;
        std::shared_ptr<const FileVersion> version;
    };
    /// Over many saves at once.
    struct Leap {
        Passage passage;
        const FileVersion* to;  // held by the versions between
    };
    /// The longest known way on from a version, looked up once: leaps are added meanwhile.
    struct Step {
        const FileVersion* to = nullptr;  // nothing from the newest version
        const Leap* leap = nullptr;
        const Preserved* preserved = nullptr;  // neither: all stands where it stood

        Fate fate(FileOffset at, Offset length) const;
    };
    /// Bytes followed to their end: in the file under `version`, where the fate says they stand.
    struct Found {
        Fate fate;
        const FileVersion* version;
    };
    static constexpr std::size_t kMostRuns = std::size_t{1} << 16;
    static constexpr std::uint64_t kFan = 16;

    FileVersion(std::shared_ptr<const MappedFile> file, std::shared_ptr<VersionChain> chain,
                std::uint64_t number);

    const Next* next() const;
    Step step() const;
    Found follow(FileOffset at, Offset length) const;
    template <typename Ask>
    bool askFile(Ask ask) const;
    template <typename Known>
    Offset knownRun(Offset start, Offset length, Known known) const;
    void makeLeaps() const;
    void makeLeap(const FileVersion& to) const;

    std::shared_ptr<const MappedFile> file_;
    std::shared_ptr<VersionChain> chain_;
    std::uint64_t number_;  // in the chain
    // Succeeding changes nothing that a reader sees: hence a const object that can do it.
    mutable std::unique_ptr<Next> owned_;                     // written once, before next_
    mutable std::atomic<const Next*> next_ = nullptr;         // published with release
    mutable std::vector<std::unique_ptr<const Leap>> leaps_;  // for whoever has the turn
    mutable std::atomic<const Leap*> longest_ = nullptr;      // the last of them
    mutable std::atomic<bool> isRestored_ = false;
    mutable std::mutex infoMutex_;
    mutable std::optional<FileInfo> info_;  // guarded by infoMutex_
};

}  // namespace octavo::core
