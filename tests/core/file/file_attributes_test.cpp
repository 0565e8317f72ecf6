// Owner, times, access lists and flags of real files, and what a user may do with them.
#include "core/file/file_attributes.h"
#include "core/file/file_system.h"
#include "tests/support/loop_mount.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include <fcntl.h>
#include <grp.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kMiB = Offset{1} << 20;
constexpr unsigned kNobody = 65534;
constexpr const char* kAccessList = "system.posix_acl_access";

/// An access list in the form of the system: the user of the file, user 1234, the group, the mask
/// and the others.
std::string accessList() {
    struct Entry {
        std::uint16_t tag;
        std::uint16_t permissions;
        std::uint32_t id;
    };
    const std::uint32_t version = 2;
    const std::uint32_t nobody = ~std::uint32_t{0};
    const auto entries = std::to_array<Entry>(
        {{1, 6, nobody}, {2, 6, 1234}, {4, 4, nobody}, {16, 6, nobody}, {32, 0, nobody}});
    std::string list(reinterpret_cast<const char*>(&version), sizeof version);
    return list.append(reinterpret_cast<const char*>(entries.data()), sizeof entries);
}

/// The right to use raw sockets, in the form of the system.
std::string capability() {
    const auto words = std::to_array<std::uint32_t>({0x02000001, 1U << 13U, 0, 0, 0});
    return {reinterpret_cast<const char*>(words.data()), sizeof words};
}

bool setAttribute(const std::string& path, const char* name, const std::string& value) {
    return ::setxattr(path.c_str(), name, value.data(), value.size(), 0) == 0;
}

std::string attribute(const std::string& path, const char* name) {
    std::string value(4096, '\0');
    const ssize_t length = ::getxattr(path.c_str(), name, value.data(), value.size());
    value.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    return value;
}

bool setFlags(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    const bool done = ::ioctl(descriptor, FS_IOC_SETFLAGS, &flags) == 0;
    ::close(descriptor);
    return done;
}

/// What `question` answers in a process of a user without rights, who is also of group 20.
bool asNobody(const std::function<bool()>& question) {
    const pid_t child = ::fork();
    if (child == 0) {
        const auto groups = std::to_array<gid_t>({20});
        if (::setgroups(groups.size(), groups.data()) != 0 || ::setgid(kNobody) != 0 ||
            ::setuid(kNobody) != 0)
            ::_exit(2);
        ::_exit(question() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
        qFatal("the process of another user failed");
    return WEXITSTATUS(status) == 1;
}

}  // namespace

class FileAttributesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void tellsWhatTheSystemTells();
    void setsOwnerAndTimes();
    void tellsRights();
    void tellsFlags_data();
    void tellsFlags();
    void tellsAMount();
    void copiesAttributes();
    void takesAwayAnInheritedAccessList();
    void tellsWhatCannotBeCarried();
    void linksAnUnnamedFile();
    void refusesToLinkOverAFile();
    void asksWhatAnotherUserMay_data();
    void asksWhatAnotherUserMay();
    void asksToWhomAUserMayGive();

private:
    FileSystem& fileSystem_ = systemFileSystem();
};

void FileAttributesTest::initTestCase() {
    if (::geteuid() != 0)
        QSKIP("only root can give files away");
}

void FileAttributesTest::tellsWhatTheSystemTells() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    QCOMPARE(::chown(path.c_str(), 12, 34), 0);
    QCOMPARE(::chmod(path.c_str(), 01640), 0);
    QCOMPARE(::link(path.c_str(), folder.path("other").c_str()), 0);
    QCOMPARE(::symlink("file", folder.path("link").c_str()), 0);
    for (const std::string& name : {path, folder.path("link")}) {
        const Result<FileAttributes> told = fileSystem_.attributes(name);
        QVERIFY(told.ok());
        QCOMPARE(told->owner, (FileOwner{12, 34}));
        QCOMPARE(told->permissions, 01640U);
        QCOMPARE(told->links, std::uint64_t{2});
        QCOMPARE(told->modifiedNs, fileSystem_.info(path)->modifiedNs);
        QVERIFY(!told->immutable && !told->appendOnly && !told->mountPoint);
        QVERIFY(!told->givesRights());
    }
    QVERIFY(fileSystem_.attributes(folder.path("none")).error().isMissing());
}

void FileAttributesTest::setsOwnerAndTimes() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    const auto file = fileSystem_.open(path, OpenMode::ReadWrite).value();
    QVERIFY(file->setOwner({12, 34}).ok());
    for (const std::int64_t ns : {std::int64_t{0}, std::int64_t{1'700'000'000'123'456'789},
                                  std::int64_t{-1}, std::int64_t{-1'500'000'000}}) {
        QVERIFY(file->setTimes(ns + 1, ns).ok());
        const FileAttributes told = fileSystem_.attributes(path).value();
        QCOMPARE(told.owner, (FileOwner{12, 34}));
        QCOMPARE(told.modifiedNs, ns);
        QCOMPARE(told.accessedNs, ns + 1);
    }
    QVERIFY(file->syncAll().ok());
}

void FileAttributesTest::tellsRights() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    QCOMPARE(::chmod(path.c_str(), 04755), 0);
    QVERIFY(fileSystem_.attributes(path)->givesRights());
    QCOMPARE(::chmod(path.c_str(), 02755), 0);
    QVERIFY(fileSystem_.attributes(path)->givesRights());
    QCOMPARE(::chmod(path.c_str(), 0755), 0);
    QVERIFY(!fileSystem_.attributes(path)->givesRights());
    if (!setAttribute(path, "security.capability", capability()))
        QSKIP("the file system keeps no capabilities");
    QVERIFY(fileSystem_.attributes(path)->hasCapabilities);
    QVERIFY(fileSystem_.attributes(path)->givesRights());
}

void FileAttributesTest::tellsFlags_data() {
    QTest::addColumn<int>("flag");
    QTest::newRow("immutable") << FS_IMMUTABLE_FL;
    QTest::newRow("append only") << FS_APPEND_FL;
}

void FileAttributesTest::tellsFlags() {
    QFETCH(int, flag);
    const LoopMount mount("ext4", 16 * kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const std::string path = mount.path("file");
    (void)fileSystem_.open(path, OpenMode::CreateNew).value();
    QVERIFY(fileSystem_.mayWrite(path).value());
    QVERIFY(fileSystem_.mayReplace(path).value());
    QVERIFY(setFlags(path, flag));
    const FileAttributes told = fileSystem_.attributes(path).value();
    QCOMPARE(told.immutable, flag == FS_IMMUTABLE_FL);
    QCOMPARE(told.appendOnly, flag == FS_APPEND_FL);
    QVERIFY(!fileSystem_.mayWrite(path).value());
    QVERIFY(!fileSystem_.mayReplace(path).value());
    QCOMPARE(fileSystem_.open(path, OpenMode::ReadWrite).error().systemError, EPERM);
    QVERIFY(fileSystem_.mayWrite(mount.folder()).value());
    QVERIFY(setFlags(path, 0));

    QVERIFY(setFlags(mount.folder(), flag));
    QVERIFY(fileSystem_.mayWrite(path).value());
    QVERIFY(!fileSystem_.mayReplace(path).value());
    QCOMPARE(fileSystem_.mayWrite(mount.folder()).value(), flag == FS_APPEND_FL);
}

void FileAttributesTest::tellsAMount() {
    const LoopMount mount("tmpfs", kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    for (const char* name : {"file", "other"})
        (void)fileSystem_.open(mount.path(name), OpenMode::CreateNew).value();
    const std::string path = mount.path("file");
    QCOMPARE(::mount(mount.path("other").c_str(), path.c_str(), nullptr, MS_BIND, nullptr), 0);
    QVERIFY(fileSystem_.attributes(path)->mountPoint);
    QVERIFY(!fileSystem_.mayReplace(path).value());
    QVERIFY(fileSystem_.mayWrite(path).value());
    QCOMPARE(fileSystem_.rename(mount.path("other"), path).error().systemError, EBUSY);
    QVERIFY(fileSystem_.mayReplace(mount.path("other")).value());
    QVERIFY(fileSystem_.mayReplace(mount.path("new")).value());
    QCOMPARE(::umount2(path.c_str(), MNT_DETACH), 0);
}

void FileAttributesTest::copiesAttributes() {
    const LoopMount mount("ext4", 16 * kMiB, {"-b", "4096"});
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const auto from = fileSystem_.open(mount.path("from"), OpenMode::CreateNew).value();
    const auto to = fileSystem_.open(mount.path("to"), OpenMode::CreateNew).value();
    QVERIFY(to->copyAttributesFrom(*from)->empty());

    const std::string long1000(1000, 'x');
    QVERIFY(setAttribute(mount.path("from"), "user.note", std::string("a\0b", 3)));
    QVERIFY(setAttribute(mount.path("from"), "user.long", long1000));
    QVERIFY(setAttribute(mount.path("from"), "user.empty", ""));
    QVERIFY(setAttribute(mount.path("from"), "trusted.note", "t"));
    QVERIFY(setAttribute(mount.path("from"), kAccessList, accessList()));
    const Result<std::vector<std::string>> lost = to->copyAttributesFrom(*from);
    QVERIFY(lost.ok());
    QVERIFY(lost->empty());
    QCOMPARE(attribute(mount.path("to"), "user.note"), std::string("a\0b", 3));
    QCOMPARE(attribute(mount.path("to"), "user.long"), long1000);
    QCOMPARE(::getxattr(mount.path("to").c_str(), "user.empty", nullptr, 0), ssize_t{0});
    QCOMPARE(attribute(mount.path("to"), "trusted.note"), std::string("t"));
    QCOMPARE(attribute(mount.path("to"), kAccessList), accessList());
    // The group's bits of a file with an access list are its mask.
    QCOMPARE(to->info()->permissions, 0660U);
    QVERIFY(to->copyAttributesFrom(*from)->empty());
}

void FileAttributesTest::takesAwayAnInheritedAccessList() {
    const LoopMount mount("ext4", 16 * kMiB);
    if (!mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    const auto from = fileSystem_.open(mount.path("from"), OpenMode::CreateNew).value();
    QVERIFY(setAttribute(mount.folder(), "system.posix_acl_default", accessList()));
    const auto to = fileSystem_.open(mount.path("to"), OpenMode::CreateNew).value();
    QVERIFY(!attribute(mount.path("to"), kAccessList).empty());
    QVERIFY(to->copyAttributesFrom(*from)->empty());
    QVERIFY(attribute(mount.path("to"), kAccessList).empty());
}

void FileAttributesTest::tellsWhatCannotBeCarried() {
    const LoopMount xfs("xfs", 320 * kMiB);
    const LoopMount ext4("ext4", 16 * kMiB, {"-b", "1024", "-O", "^ea_inode"});
    for (const LoopMount* mount : {&xfs, &ext4}) {
        if (!mount->isMounted())
            QSKIP(qPrintable(mount->reason()));
    }
    const auto from = fileSystem_.open(xfs.path("from"), OpenMode::CreateNew).value();
    const auto to = fileSystem_.open(ext4.path("to"), OpenMode::CreateNew).value();
    QVERIFY(setAttribute(xfs.path("from"), "security.capability", capability()));
    QVERIFY(setAttribute(xfs.path("from"), "user.note", "x"));
    QVERIFY(setAttribute(xfs.path("from"), "user.long", std::string(4096, 'x')));
    Result<std::vector<std::string>> lost = to->copyAttributesFrom(*from);
    QVERIFY(lost.ok());
    std::ranges::sort(*lost);
    QCOMPARE(lost->size(), std::size_t{2});
    QVERIFY(lost->at(0).starts_with("security.capability: it gives rights"));
    QCOMPARE(lost->at(1), std::string("user.long: ") + std::strerror(ENOSPC));
    QCOMPARE(attribute(ext4.path("to"), "user.note"), std::string("x"));
    QVERIFY(!fileSystem_.attributes(ext4.path("to"))->hasCapabilities);
}

void FileAttributesTest::linksAnUnnamedFile() {
    const TestFolder folder;
    const auto file = fileSystem_.openUnnamedToLink(folder.path(".")).value();
    QVERIFY(file->writeAt({0}, span("content")).ok());
    QVERIFY(folder.names().isEmpty());
    QCOMPARE(file->info()->permissions, 0600U);
    QVERIFY(fileSystem_.link(*file, folder.path("name")).ok());
    QCOMPARE(TestFolder::read(folder.path("name")), QByteArray("content"));
    QCOMPARE(fileSystem_.attributes(folder.path("name"))->links, std::uint64_t{1});
    QVERIFY(fileSystem_.openUnnamedToLink(folder.path("none")).error().isMissing());
}

void FileAttributesTest::refusesToLinkOverAFile() {
    const TestFolder folder;
    folder.write("name", "old");
    const auto file = fileSystem_.openUnnamedToLink(folder.path(".")).value();
    const Status status = fileSystem_.link(*file, folder.path("name"));
    QVERIFY(!status.ok());
    QCOMPARE(status.error().systemError, EEXIST);
    QCOMPARE(TestFolder::read(folder.path("name")), QByteArray("old"));
}

void FileAttributesTest::asksWhatAnotherUserMay_data() {
    QTest::addColumn<uint>("folderOwner");
    QTest::addColumn<uint>("folderPermissions");
    QTest::addColumn<uint>("fileOwner");
    QTest::addColumn<uint>("filePermissions");
    QTest::addColumn<bool>("mayWrite");
    QTest::addColumn<bool>("mayReplace");
    QTest::newRow("nothing") << 0U << 0755U << 0U << 0644U << false << false;
    QTest::newRow("the file") << 0U << 0755U << 0U << 0666U << true << false;
    QTest::newRow("the folder") << 0U << 0777U << 0U << 0644U << false << true;
    QTest::newRow("own file") << 0U << 0755U << kNobody << 0600U << true << false;
    QTest::newRow("own file, closed") << 0U << 0755U << kNobody << 0400U << false << false;
    QTest::newRow("own folder") << kNobody << 0755U << 0U << 0644U << false << true;
    QTest::newRow("sticky folder") << 0U << 01777U << 0U << 0666U << true << false;
    QTest::newRow("own file, sticky folder") << 0U << 01777U << kNobody << 0644U << true << true;
    QTest::newRow("own sticky folder") << kNobody << 01777U << 0U << 0644U << false << true;
}

void FileAttributesTest::asksWhatAnotherUserMay() {
    QFETCH(uint, folderOwner);
    QFETCH(uint, folderPermissions);
    QFETCH(uint, fileOwner);
    QFETCH(uint, filePermissions);
    QFETCH(bool, mayWrite);
    QFETCH(bool, mayReplace);
    const TestFolder folder;
    const std::string inner = folder.path("inner");
    QCOMPARE(::chmod(folder.path(".").c_str(), 0711), 0);
    QVERIFY(fileSystem_.makeFolder(inner, 0700).ok());
    const std::string path = folder.write("inner/file", "x");
    QCOMPARE(::chown(path.c_str(), fileOwner, 0), 0);
    QCOMPARE(::chmod(path.c_str(), filePermissions), 0);
    QCOMPARE(::chown(inner.c_str(), folderOwner, 0), 0);
    QCOMPARE(::chmod(inner.c_str(), folderPermissions), 0);

    QCOMPARE(asNobody([&] { return fileSystem_.mayWrite(path).value(); }), mayWrite);
    QCOMPARE(asNobody([&] { return fileSystem_.mayReplace(path).value(); }), mayReplace);
    // And so it is.
    QCOMPARE(asNobody([&] { return fileSystem_.open(path, OpenMode::ReadWrite).ok(); }), mayWrite);
    const std::string other = inner + "/other";
    QCOMPARE(asNobody([&] {
                 return fileSystem_.open(other, OpenMode::CreateNew).ok() &&
                        fileSystem_.rename(other, path).ok();
             }),
             mayReplace);
    QVERIFY(fileSystem_.mayWrite(path).value());
    QVERIFY(fileSystem_.mayReplace(path).value());
}

void FileAttributesTest::asksToWhomAUserMayGive() {
    QVERIFY(fileSystem_.mayGiveTo({0, 0}));
    QVERIFY(fileSystem_.mayGiveTo({1234, 5678}));
    QVERIFY(!asNobody([&] { return fileSystem_.mayGiveTo({0, 0}); }));
    QVERIFY(asNobody([&] { return fileSystem_.mayGiveTo({kNobody, kNobody}); }));
    QVERIFY(asNobody([&] { return fileSystem_.mayGiveTo({kNobody, 20}); }));
    QVERIFY(!asNobody([&] { return fileSystem_.mayGiveTo({kNobody, 21}); }));
}

QTEST_GUILESS_MAIN(FileAttributesTest)
#include "file_attributes_test.moc"
