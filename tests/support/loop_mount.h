// A file system of a kind of choice for the length of a test: made in a sparse file of its own,
// mounted in a folder of its own.
//
// The mounts are seen by this process and its children alone, so nothing is left of them however
// the test ends. They are made by the system's mkfs and mount, for which the machine must let us:
// where it does not, isMounted() is false and reason() says why, for QSKIP.
// Thread rule: the thread that makes the first one, and threads begun after that, see the mounts.
#pragma once

#include "tests/support/test_folder.h"

#include <QString>
#include <QStringList>

#include <string>

namespace octavo::test {

class LoopMount {
public:
    /// `kind` is a name for mount: "ext4", "xfs", "btrfs", "tmpfs". `size` is in bytes; XFS wants
    /// 300 MiB. `options` go to mkfs, and to mount for tmpfs.
    LoopMount(const QString& kind, core::Offset size, const QStringList& options = {});
    ~LoopMount();
    LoopMount(const LoopMount&) = delete;
    LoopMount& operator=(const LoopMount&) = delete;

    bool isMounted() const { return reason_.isEmpty(); }
    const QString& reason() const { return reason_; }

    std::string folder() const { return folder_.path("mount"); }
    std::string path(const std::string& name) const { return folder() + "/" + name; }
    /// Mounts it again with other options: "ro".
    bool remount(const QString& options);

private:
    TestFolder folder_;
    QString reason_;
};

}  // namespace octavo::test
