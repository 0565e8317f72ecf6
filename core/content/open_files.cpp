#include "core/content/open_files.h"

#include <map>
#include <mutex>
#include <tuple>

namespace octavo::core {

namespace {

using Key = std::tuple<const FileSystem*, std::uint64_t, std::uint64_t>;

struct Registry {
    std::mutex mutex;
    // By chain and not by version: the first version may go while a later one lives.
    std::map<Key, std::weak_ptr<const VersionChain>> chains;  // guarded by mutex
};

Registry& registry() {
    static Registry registry;
    return registry;
}

}  // namespace

std::shared_ptr<const FileVersion> OpenFiles::share(FileSystem& fileSystem,
                                                    std::shared_ptr<const MappedFile> file) {
    if (!file->isWritableInPlace())
        return FileVersion::first(std::move(file));
    const FileInfo& opened = file->openedInfo();
    const Key key{&fileSystem, opened.identity.device, opened.identity.inode};
    Registry& files = registry();
    const std::lock_guard lock(files.mutex);
    std::erase_if(files.chains, [](const auto& entry) { return entry.second.expired(); });
    std::weak_ptr<const VersionChain>& entry = files.chains[key];
    if (const std::shared_ptr<const VersionChain> chain = entry.lock()) {
        if (std::shared_ptr<const FileVersion> newest = chain->newest()) {
            const std::optional<FileInfo> last = newest->info();
            if (!last || opened.looksLike(*last))
                return newest;
        }
    }
    std::shared_ptr<const FileVersion> version = FileVersion::first(std::move(file));
    entry = version->chain();
    return version;
}

}  // namespace octavo::core
