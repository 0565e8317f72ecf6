#include "core/save/temporary_name.h"

#include "core/file/path.h"

#include <algorithm>
#include <random>
#include <string_view>

namespace octavo::core {

namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kMark = ".octavo-";
constexpr std::string_view kEnd = ".tmp";
constexpr std::size_t kRandom = 12;
/// The longest name that common file systems take is 255 bytes.
constexpr std::size_t kLongestName = 255;

std::string randomLetters() {
    std::random_device random;
    std::string letters;
    for (std::size_t i = 0; i < kRandom; ++i)
        letters += kLetters[random() % kLetters.size()];
    return letters;
}

std::string lastPart(const std::string& path) {
    return path.substr(path.rfind('/') + 1);  // all of it where there is no slash
}

/// ".NAME" with room left for so many bytes.
std::string hiddenName(const std::string& target, std::size_t room) {
    std::string name = lastPart(target);
    name.resize(std::min(name.size(), kLongestName - 1 - room));
    return "." + name;
}

std::string prefixOf(const std::string& target) {
    return hiddenName(target, kMark.size() + kRandom + kEnd.size()) + std::string(kMark);
}

/// `name` in the folder of `target`.
std::string beside(const std::string& target, const std::string& name) {
    return target.substr(0, target.rfind('/') + 1) + name;
}

}  // namespace

std::string besideName(const std::string& target, std::string_view end) {
    return beside(target, hiddenName(target, 1 + end.size()) + "." + std::string(end));
}

std::string temporaryName(const std::string& target) {
    return beside(target, prefixOf(target) + randomLetters() + std::string(kEnd));
}

std::string keptName(const std::string& path) {
    const std::string end = "-" + randomLetters() + ".kept";
    std::string name = lastPart(path);
    name.resize(std::min(name.size(), kLongestName - end.size()));
    return beside(path, name + end);
}

bool isTemporaryNameOf(const std::string& name, const std::string& target) {
    const std::string prefix = prefixOf(target);
    if (name.size() != prefix.size() + kRandom + kEnd.size() || !name.starts_with(prefix) ||
        !name.ends_with(kEnd))
        return false;
    const std::string_view random = std::string_view(name).substr(prefix.size(), kRandom);
    return random.find_first_not_of(kLetters) == std::string_view::npos;
}

Status holdTemporary(File& file) {
    const Result<bool> locked = file.lock();
    if (!locked && !saysNoLocks(locked.error()))
        return locked.error();
    if (locked && !*locked)
        return Error{ErrorCode::Locked, "lock", file.path(), 0, "somebody else has taken it"};
    return {};
}

void removeLeftovers(FileSystem& fileSystem, const std::string& target) {
    const Result<std::string> resolved = fileSystem.resolve(target);
    if (!resolved)
        return;
    const Result<std::vector<std::string>> names = fileSystem.list(folderOf(*resolved));
    if (!names)
        return;
    for (const std::string& name : *names) {
        if (!isTemporaryNameOf(name, *resolved))
            continue;
        const std::string path = beside(*resolved, name);
        const Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::ReadWrite);
        if (!file)
            continue;
        if (const Result<bool> locked = (*file)->lock(); locked && *locked)
            (void)fileSystem.remove(path);
    }
}

}  // namespace octavo::core
