// Permissions, owner, times and extended attributes of an open file.
#include "core/file/posix/posix_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace octavo::core {

namespace {

constexpr const char* kAccessList = "system.posix_acl_access";

struct NotCarried {
    std::string_view name;
    std::string_view reason;
};

constexpr auto kNeverCarried = std::to_array<NotCarried>({
    {"security.capability", "it gives rights to a program, and the content is another one"},
    {"security.ima", "it vouches for the old content"},
    {"security.evm", "it vouches for the old file"},
});

/// Asks with a buffer that grows until the answer fits; nothing, with errno set, on an error.
template <typename Ask>
std::optional<std::string> grown(Ask ask) {
    std::string answer(256, '\0');
    while (true) {
        const ssize_t length = ask(answer.data(), answer.size());
        if (length >= 0) {
            answer.resize(static_cast<std::size_t>(length));
            return answer;
        }
        if (errno != ERANGE)
            return std::nullopt;
        answer.resize(answer.size() * 4);
    }
}

std::optional<std::string> value(int descriptor, const std::string& name) {
    return grown([&](char* room, std::size_t size) {
        return ::fgetxattr(descriptor, name.c_str(), room, size);
    });
}

/// The names of all attributes; none where the file system has no such thing.
Result<std::vector<std::string>> names(int descriptor, const std::string& path) {
    const std::optional<std::string> list =
        grown([&](char* room, std::size_t size) { return ::flistxattr(descriptor, room, size); });
    if (!list && errno != EOPNOTSUPP)
        return Error::fromSystem("ask for the attributes of", path, errno);
    std::vector<std::string> found;
    for (std::size_t at = 0; list && at < list->size(); at += found.back().size() + 1)
        found.emplace_back(list->c_str() + at);
    return found;
}

/// Why the attribute could not be carried over; empty where it was.
std::string carry(int from, int to, const std::string& name) {
    for (const NotCarried& never : kNeverCarried) {
        if (never.name == name)
            return std::string(never.reason);
    }
    const std::optional<std::string> wanted = value(from, name);
    // One that has gone since the names were asked for is not lost.
    if (!wanted)
        return errno == ENODATA ? std::string() : Error::fromSystem({}, {}, errno).reason;
    // The system gives some to each new file itself, and lets nobody set them.
    if (value(to, name) == wanted)
        return {};
    if (::fsetxattr(to, name.c_str(), wanted->data(), wanted->size(), 0) != 0)
        return Error::fromSystem({}, {}, errno).reason;
    return {};
}

timespec timeOf(std::int64_t ns) {
    const std::int64_t second = 1'000'000'000;
    const std::int64_t rest = (ns % second + second) % second;
    return {static_cast<time_t>((ns - rest) / second), static_cast<long>(rest)};
}

}  // namespace

Status PosixFile::setPermissions(std::uint32_t permissions) {
    if (::fchmod(descriptor_, permissions) != 0)
        return failure("set the permissions of");
    return {};
}

Status PosixFile::setOwner(FileOwner owner) {
    if (::fchown(descriptor_, owner.user, owner.group) != 0)
        return failure("set the owner of");
    return {};
}

Status PosixFile::setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) {
    const std::array<timespec, 2> times{timeOf(accessedNs), timeOf(modifiedNs)};
    if (::futimens(descriptor_, times.data()) != 0)
        return failure("set the times of");
    return {};
}

Result<std::vector<std::string>> PosixFile::copyAttributesFrom(const File& from) {
    const int source = descriptorOf(from);
    const Result<std::vector<std::string>> wanted = names(source, from.path());
    if (!wanted)
        return wanted.error();
    // A folder can give new files an access list that the old file does not have.
    const bool hasList = std::ranges::find(*wanted, kAccessList) != wanted->end();
    if (!hasList && ::fremovexattr(descriptor_, kAccessList) != 0 && errno != ENODATA &&
        errno != EOPNOTSUPP)
        return failure("remove the access list of");

    std::vector<std::string> lost;
    for (const std::string& name : *wanted) {
        if (const std::string reason = carry(source, descriptor_, name); !reason.empty())
            lost.push_back(printable(name) + ": " + reason);
    }
    return lost;
}

}  // namespace octavo::core
