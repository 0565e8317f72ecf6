// A source as an edit log knows it: the bytes that stand in the log and, for the rest, the file
// that they were taken from, where it is still there. What is in neither cannot be read.
//
// Bytes that fit the budget are in memory; others are read from the log's file, which may have lost
// its name by then.
//
// Thread rule: filled by one thread, then read by any.
#pragma once

#include "core/content/source.h"
#include "core/document/extent_set.h"
#include "core/file/file_system.h"

#include <map>
#include <memory>

namespace octavo::core {

class LoggedSource final : public Source {
public:
    /// `bytes` stand in the source from `start` on; what is known of them already stays.
    void add(Offset start, ByteSpan bytes);
    /// The same for bytes that are left in `file`.
    void add(Offset start, Offset length, const std::shared_ptr<const File>& file, FileOffset at);
    /// Answers for what is not in the log, up to `length`.
    void setRest(std::shared_ptr<const Source> rest, Offset length);

    /// What stands in the log.
    const ExtentSet& logged() const { return logged_; }
    bool holds(Extent extent) const { return logged_.missing(extent).empty(); }
    const std::shared_ptr<const Source>& rest() const { return rest_; }
    /// True where each byte is in the log or for the rest to answer.
    bool knows(Extent extent) const { return extent.end() <= restLength_ || holds(extent); }

    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    Offset zerosAt(Offset start, Offset length) const override;
    Offset gapAt(Offset start, Offset length) const override;

private:
    struct Run {
        Offset length = 0;
        std::size_t inMemory = 0;          // where it begins in memory_
        std::shared_ptr<const File> file;  // or in this file
        FileOffset at;
    };
    void readRun(const Run& run, Offset skipped, MutableByteSpan out, Offset reportedAt,
                 Unreadable& unreadable) const;
    void readRest(Offset start, MutableByteSpan out, Offset reportedAt,
                  Unreadable& unreadable) const;
    /// The run that holds the byte at `start`; if there is none, `length` is cut to the next one.
    std::map<Offset, Run>::const_iterator runAt(Offset start, Offset& length) const;

    std::map<Offset, Run> runs_;
    ExtentSet logged_;
    Bytes memory_;
    std::shared_ptr<const Source> rest_;
    Offset restLength_ = 0;
};

}  // namespace octavo::core
