// The journal of saves in place: what makes a file whole again when one is interrupted.
//
// Before a save writes, begin() notes what it will write over and what it will write, and waits
// for the disk; a save that has ended is finished with finish(), which waits for nothing. So a save
// costs two syncs. The journal is kept for the next save, which overwrites it in place, and goes
// with this object.
//
// A finished save whose finish() a power cut has undone is recognised by its content. What writes
// into the file without a journal calls settle() first, so that it cannot be taken for a save that
// was interrupted.
//
// Thread rule: one thread at a time, which waits for the disk; the destructor does so too.
// Everything but the destructor is for whoever has the turn to save and the lock on the file.
// Source of the idea: SQLite's rollback journal with journal_mode=PERSIST.
#pragma once

#include "core/base/hash.h"
#include "core/base/progress.h"
#include "core/content/change.h"
#include "core/content/snapshot.h"
#include "core/file/file_system.h"
#include "core/save/journal_place.h"
#include "core/save/journal_record.h"

#include <memory>
#include <span>
#include <string>

namespace octavo::core {

class Journal {
public:
    /// Of the file at `path`. Touches nothing.
    Journal(FileSystem& fileSystem, std::string path);
    /// Removes its file, unless a save has neither ended well nor been put back.
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// How long the journal of such a save is, to a few bytes for each change.
    static Offset lengthFor(const std::string& target, std::span<const Change> writes);

    /// Of its file; empty before the first save.
    const std::string& path() const { return place_.path; }
    /// From begin() on, until the file is whole.
    bool isActive() const { return isActive_; }
    /// True where its name leads to it: another program that opened the file may have removed it.
    bool hasItsName() const;

    /// Notes that `writes`, ascending and of equal length before and now, will be written into
    /// `file`. Errors: NoRoom, Unreadable, Cancelled, System; nothing is noted then.
    Status begin(const File& file, std::span<const Change> writes, const Snapshot& content,
                 Progress& progress);
    /// The file is whole: the new content is in it and on the disk, or the old one again.
    void finish();
    /// Waits until the disk knows that nothing is in it.
    Status settle();
    /// Removes its file; the next save makes another one. Also where recovery has done so.
    void drop();

private:
    Status create(const FileInfo& info);
    Status write(const File& file, std::span<const Change> writes, const Snapshot& content,
                 Progress& progress);
    Status writeRun(const File& file, FileExtent run, Offset from, const Snapshot& content);
    Status flushBody();
    Error error(ErrorCode code, const char* reason) const;

    FileSystem& fileSystem_;
    const std::string path_;
    std::string target_;  // the path, with symbolic links followed when the journal was made
    JournalPlace place_;
    std::shared_ptr<File> journal_;  // nothing before the first save
    JournalHeader header_;
    bool isActive_ = false;
    bool isNamed_ = false;   // the disk knows its name
    bool isSettled_ = true;  // the disk knows that it is idle
    // While it is written.
    Bytes body_;
    FileOffset bodyAt_;
    Hasher hasher_;
};

}  // namespace octavo::core
