// Moves chunks of a history's log between memory and a file without a name, which goes with the
// history.
//
// Made by History::prepareTransfer() and given back to History::finishTransfer(); the document may
// be edited meanwhile. Chunks that are read come first: somebody waits for them. A chunk comes back
// as it was written or not at all (checksum).
//
// Thread rule: made on the document's thread, run() once on a worker, then read by the document's
// thread. Errors of run(): System (what the disk said), Unreadable (a chunk is damaged). What could
// not be written stays in memory.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/document/splice_log.h"
#include "core/file/file_system.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

class HistoryTransfer {
public:
    struct Chunk {
        SpliceLog::Position begin = 0;  ///< names it
        std::size_t size = 0;
        std::shared_ptr<Byte[]> bytes;
        StoredChunk stored;
        bool done = false;  ///< it was read or written
    };

    /// `file` is nothing where none was made yet; `fileEnd` is where new chunks go in it.
    HistoryTransfer(FileSystem& fileSystem, std::string folder, std::shared_ptr<File> file,
                    FileOffset fileEnd, std::vector<Chunk> wanted, std::vector<Chunk> cold);

    Status run();

    const std::vector<Chunk>& wanted() const { return wanted_; }
    const std::vector<Chunk>& cold() const { return cold_; }
    const std::shared_ptr<File>& file() const { return file_; }
    FileOffset fileEnd() const { return fileEnd_; }
    bool storingFailed() const { return storingFailed_; }

private:
    Status fetch(Chunk& chunk) const;
    Status store();

    FileSystem& fileSystem_;
    std::string folder_;
    std::shared_ptr<File> file_;
    FileOffset fileEnd_;
    std::vector<Chunk> wanted_;
    std::vector<Chunk> cold_;
    bool storingFailed_ = false;
};

}  // namespace octavo::core
