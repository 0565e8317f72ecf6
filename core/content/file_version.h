// The file under a document as it was between two of our own flushes.
//
// A flush in place writes over bytes that undo steps and older snapshots still point at. Before
// its first write it keeps those bytes and succeeds this version: from then on a read of this
// version takes the kept bytes where there are some, and asks the successor for the rest. So
// a chain of versions leads from any old one to the file as it is now.
//
// The reader's side of a flush in other threads: read, then look whether the version has been
// succeeded meanwhile, and if so read again. The write begins only after the successor is
// published, so bytes read while there was none are the old ones.
//
// Thread rule: any thread; succeed() once, by the thread that flushes.
#pragma once

#include "core/content/kept_bytes.h"
#include "core/content/source.h"
#include "core/file/mapped_file.h"

#include <atomic>
#include <memory>

namespace octavo::core {

class FileVersion final : public Source {
public:
    explicit FileVersion(std::shared_ptr<const MappedFile> file);

    const std::shared_ptr<const MappedFile>& file() const { return file_; }

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    Offset zerosAt(Offset start, Offset length) const override;
    Offset gapAt(Offset start, Offset length) const override;

    /// Publishes the bytes that will be overwritten, and with them the next version, which is
    /// returned. Must not have been called before.
    std::shared_ptr<const FileVersion> succeed(std::shared_ptr<const KeptBytes> kept) const;

    /// Nothing while this is the file as it is.
    std::shared_ptr<const FileVersion> successor() const;
    /// What this version keeps against its successor. Only where there is one.
    const KeptBytes& kept() const;

    /// The flush failed and the kept bytes stand in the file again: this version and its
    /// successor are the same content. Called by the thread that flushed, before it reports.
    void markRestored() const { restored_.store(true, std::memory_order_release); }
    bool isRestored() const { return restored_.load(std::memory_order_acquire); }

private:
    struct Next;
    const Next* next() const;
    Offset knownRun(Offset start, Offset length, Offset (MappedFile::*ask)(FileOffset) const) const;

    std::shared_ptr<const MappedFile> file_;
    // Succeeding changes nothing that a reader sees: hence a const object that can do it.
    mutable std::shared_ptr<const Next> owned_;        // written once, before next_
    mutable std::atomic<const Next*> next_ = nullptr;  // published with release
    mutable std::atomic<bool> restored_ = false;
};

}  // namespace octavo::core
