// Plain reads: exact to the byte about what can be read and what cannot. Beyond the end of the
// file nothing can; where the device fails, the page it fails on.
//
// A read that meets a truncation can see the zeros that the kernel puts behind the new end, which
// were never in the file. So a read during which the file's size or time changed is done again,
// and where the file does not stand still that long, page by page.
// Thread rule: any thread.
#pragma once

#include "core/file/content_reader.h"
#include "core/file/file_system.h"

#include <memory>

namespace octavo::core {

class DirectReader final : public ContentReader {
public:
    explicit DirectReader(std::shared_ptr<const File> file) : file_(std::move(file)) {}

    void read(FileOffset at, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;

private:
    bool readSettled(FileOffset at, MutableByteSpan out, Offset reportedAt, Unreadable& unreadable,
                     int attempts) const;
    void readOnce(FileOffset at, MutableByteSpan out, Offset reportedAt,
                  Unreadable& unreadable) const;

    std::shared_ptr<const File> file_;
};

}  // namespace octavo::core
