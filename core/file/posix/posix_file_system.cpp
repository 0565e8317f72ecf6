#include "core/file/posix/posix_file_system.h"

#include "core/file/path.h"
#include "core/file/posix/posix_file.h"
#include "core/file/posix/posix_info.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octavo::core {

namespace {

int openFlags(OpenMode mode) {
    // O_NONBLOCK: opening a FIFO must not wait for its other end. It means nothing to the kinds
    // of file that are let through.
    const int common = O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    switch (mode) {
    case OpenMode::Read:
        return common | O_RDONLY;
    case OpenMode::ReadWrite:
        return common | O_RDWR;
    case OpenMode::CreateNew:
        return common | O_RDWR | O_CREAT | O_EXCL;
    }
    return common | O_RDONLY;
}

const char* refusal(FileKind kind) {
    switch (kind) {
    case FileKind::Regular:
    case FileKind::BlockDevice:
        return nullptr;
    case FileKind::Directory:
        return "it is a folder, not a file";
    case FileKind::Fifo:
        return "it is a FIFO, which has no content to look at";
    case FileKind::Socket:
        return "it is a socket, which has no content to look at";
    case FileKind::CharacterDevice:
        return "it is a character device, which has no size";
    case FileKind::Unknown:
        break;
    }
    return "it is not a kind of file that has content";
}

}  // namespace

Result<std::shared_ptr<File>> PosixFileSystem::open(const std::string& path, OpenMode mode) {
    // A path from outside may hold a NUL; the system would open what stands before it.
    if (path.find('\0') != std::string::npos)
        return Error{ErrorCode::InvalidArgument, "open", path, EINVAL, "the name holds a NUL byte"};
    // Looked at first: opening some devices has effects, and a socket answers with a riddle.
    struct stat status {};
    if (mode != OpenMode::CreateNew && ::stat(path.c_str(), &status) == 0) {
        if (const char* reason = refusal(fileInfo(status).kind))
            return Error{ErrorCode::UnsupportedFile, "open", path, 0, reason};
    }
    int descriptor = -1;
    do {
        descriptor = ::open(path.c_str(), openFlags(mode), 0600);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0)
        return Error::fromSystem(mode == OpenMode::CreateNew ? "create" : "open", path, errno);

    auto file = std::make_shared<PosixFile>(descriptor, path);
    const Result<FileInfo> info = file->info();
    if (!info)
        return info.error();
    if (const char* reason = refusal(info->kind))
        return Error{ErrorCode::UnsupportedFile, "open", path, 0, reason};
    return std::shared_ptr<File>(std::move(file));
}

Result<FileInfo> PosixFileSystem::info(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return Error::fromSystem("ask about", path, errno);
    return fileInfo(status);
}

Result<std::shared_ptr<File>> PosixFileSystem::openUnnamed(const std::string& folder) {
    int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
        std::string name = folder + "/octavo-XXXXXX";
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor >= 0)
            ::unlink(name.c_str());
    }
    if (descriptor < 0)
        return Error::fromSystem("create a temporary file in", folder, errno);
    return std::shared_ptr<File>(std::make_shared<PosixFile>(descriptor, folder));
}

Result<std::shared_ptr<File>> PosixFileSystem::openUnnamedToLink(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        // A file system that does not know the flag takes it for an attempt to write the folder.
        const int code = errno == EISDIR ? EOPNOTSUPP : errno;
        return Error::fromSystem("create a file without a name in", folder, code);
    }
    return std::shared_ptr<File>(std::make_shared<PosixFile>(descriptor, folder));
}

Status PosixFileSystem::link(const File& file, const std::string& path) {
    // By the descriptor itself only a privileged user may.
    const std::string self = "/proc/self/fd/" + std::to_string(PosixFile::descriptorOf(file));
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) != 0)
        return Error::fromSystem("link to", path, errno);
    return {};
}

Status PosixFileSystem::rename(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        return Error::fromSystem("rename to", to, errno);
    return {};
}

Status PosixFileSystem::remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0)
        return Error::fromSystem("remove", path, errno);
    return {};
}

Status PosixFileSystem::syncFolder(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // A folder that may be written to but not read cannot be synced either.
    if (descriptor < 0 && errno == EACCES)
        return {};
    if (descriptor < 0)
        return Error::fromSystem("open", folder, errno);
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to be done.
    const bool failed = ::fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP;
    const int code = errno;
    ::close(descriptor);
    if (failed)
        return Error::fromSystem("sync", folder, code);
    return {};
}

Status PosixFileSystem::makeFolder(const std::string& path, std::uint32_t permissions) {
    const auto isFolder = [](const std::string& where) {
        struct stat status {};
        return ::stat(where.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    };
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        const int code = ::mkdir(part.c_str(), permissions) == 0 ? 0 : errno;
        if (code != 0 && !isFolder(part))
            return Error::fromSystem("make the folder", part, code);
        if (end == std::string::npos)
            return {};
    }
}

Result<std::vector<std::string>> PosixFileSystem::list(const std::string& folder) {
    DIR* stream = ::opendir(folder.c_str());
    if (stream == nullptr)
        return Error::fromSystem("list", folder, errno);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(stream)) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
    }
    const int code = errno;
    ::closedir(stream);
    if (code != 0)
        return Error::fromSystem("list", folder, code);
    std::ranges::sort(names);
    return names;
}

Result<std::string> PosixFileSystem::resolve(const std::string& path) {
    if (path.find('\0') != std::string::npos)
        return Error{ErrorCode::InvalidArgument, "open", path, EINVAL, "the name holds a NUL byte"};
    if (char* whole = ::realpath(path.c_str(), nullptr)) {
        std::string resolved = whole;
        ::free(whole);
        return resolved;
    }
    if (errno != ENOENT)
        return Error::fromSystem("open", path, errno);
    struct stat link {};
    if (::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode))
        return Error{ErrorCode::InvalidArgument, "open", path, 0,
                     "it is a symbolic link to nothing"};
    // The file is yet to come: its folder must be there.
    const std::string folder = folderOf(path);
    char* whole = ::realpath(folder.c_str(), nullptr);
    if (whole == nullptr)
        return Error::fromSystem("open", folder, errno);
    std::string resolved = whole;
    ::free(whole);
    const std::size_t slash = path.rfind('/');
    if (resolved != "/")
        resolved += '/';
    return resolved + (slash == std::string::npos ? path : path.substr(slash + 1));
}

Offset FileSystem::pageSize() {
    static const Offset size = ::sysconf(_SC_PAGESIZE);
    return size;
}

FileSystem& systemFileSystem() {
    // Never destroyed: a file may be closed on a thread that outlives main().
    static auto* const fileSystem = new PosixFileSystem;
    return *fileSystem;
}

}  // namespace octavo::core
