// Plain reads: exact to the byte about what can be read and what cannot. Beyond the end of the
// file nothing can; where the device fails, the page it fails on.
//
// A read that meets a truncation can see the zeros that the kernel puts behind the new end, which
// were never in the file. So a read during which the file's size or time changed is done again,
// and where the file does not stand still that long, page by page.
//
// Large reads that follow each other are a scan, and the system is told some MiB ahead what comes:
// by itself it reads ahead far less than a disk can take (1 GiB cold: 0.6 against 1.8 GB/s).
// Thread rule: any thread.
#pragma once

#include "core/file/content_reader.h"
#include "core/file/file_system.h"

#include <atomic>
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
    void lookAhead(FileOffset at, Offset length) const;

    static constexpr Offset kAhead = Offset{8} << 20;
    static constexpr Offset kScan = Offset{64} << 10;  // a read larger than this may be a scan's

    std::shared_ptr<const File> file_;
    // Where the next read of a scan begins, and how far it was told ahead. Two scans at a time only
    // cost each other the hint.
    mutable std::atomic<Offset> scanAt_ = -1;
    mutable std::atomic<Offset> toldTo_ = 0;
};

}  // namespace octavo::core
