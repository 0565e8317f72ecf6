// Plain reads: exact to the byte about what can be read and what cannot. Beyond the end of the
// file nothing can; where the device fails, the page it fails on.
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
    std::shared_ptr<const File> file_;
};

}  // namespace octavo::core
