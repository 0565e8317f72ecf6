#include "core/document/import_file.h"

#include "core/base/allocate.h"
#include "core/content/memory_source.h"
#include "core/content/open_files.h"
#include "core/file/mapped_file.h"
#include "core/save/recover_save.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace octavo::core {

namespace {

constexpr const char* kOperation = "insert file";
constexpr Offset kBlock = Offset{1} << 20;

Result<Content> copied(const FileVersion& file, Offset length, Progress& progress) {
    const std::string& path = file.file()->path();
    Result<Bytes> bytes = allocate(kOperation, length);
    if (!bytes)
        return std::move(bytes).error();
    progress.setTotal(length);
    progress.setDone(0);
    for (Offset done = 0; done < length;) {
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, kOperation, path, 0, "cancelled"};
        const Offset count = std::min(kBlock, length - done);
        Unreadable unreadable;
        file.read(done,
                  MutableByteSpan(*bytes).subspan(static_cast<std::size_t>(done),
                                                  static_cast<std::size_t>(count)),
                  done, unreadable);
        if (!unreadable.isEmpty()) {
            const Offset at = unreadable.extents().front().offset;
            return Error{ErrorCode::Unreadable, kOperation, path, 0,
                         "the byte at " + std::to_string(at) + " could not be read"};
        }
        done += count;
        progress.setDone(done);
    }
    return Content::of(std::make_shared<MemorySource>(*std::move(bytes)), 0, length);
}

}  // namespace

Result<Content> importFile(FileSystem& fileSystem, const std::string& path, Progress& progress,
                           Offset mostCopied) {
    MappedFile::Options options;
    options.progress = &progress;
    Result<std::shared_ptr<MappedFile>> opened = openRecovered(fileSystem, path, options);
    if (!opened)
        return std::move(opened).error();
    // Also what is copied is read through the versions: a save of ours may run in the file.
    std::shared_ptr<const FileVersion> file = OpenFiles::share(fileSystem, *std::move(opened));
    const Offset length = file->file()->length();
    if (length <= mostCopied)
        return copied(*file, length, progress);
    if (!file->file()->isWritableInPlace())
        return Error{
            ErrorCode::TooLarge, kOperation, path, 0,
            "it can change at any time, so it must be copied, and there is too much of it"};
    return Content::of(std::move(file), 0, length);
}

}  // namespace octavo::core
