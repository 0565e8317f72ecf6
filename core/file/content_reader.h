// How the bytes of one open file are reached: by mapping, by plain reads, from a copy in memory.
// MappedFile chooses one when it opens the file.
//
// Thread rule: any thread; never the GUI thread, as every call may wait for the disk.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/file/file_info.h"
#include "core/file/source_view.h"

#include <memory>

namespace octavo::core {

class ContentReader {
public:
    virtual ~ContentReader() = default;

    /// Fills `out` with the bytes from `at`. What cannot be read is zeroed and added to
    /// `unreadable` in the caller's coordinates, in which out[0] is `reportedAt`.
    virtual void read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                      Unreadable& unreadable) const = 0;

    /// The bytes from `at` where they stand; nothing where they must be read. Not longer than the
    /// reader lives.
    virtual std::unique_ptr<SourceView> view(FileOffset /*at*/, Offset /*length*/) const {
        return nullptr;
    }

    /// Octavo itself has written to the file: nothing that was read before may be answered again.
    virtual void forget() const {}

    /// The file has grown to what `now` says: from here on reads may reach that far.
    virtual void extend(const FileInfo& /*now*/) const {}
};

}  // namespace octavo::core
