#include "app/error_text.h"

#include <QCoreApplication>

#include <cerrno>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

/// The system's errors that people meet; empty for the others.
QString systemReason(int code) {
    switch (code) {
    case ENOENT:
        return Words::tr("there is no such file");
    case EACCES:
    case EPERM:
        return Words::tr("you are not permitted to");
    case EROFS:
        return Words::tr("the disk can only be read");
    case ENOSPC:
        return Words::tr("the disk is full");
    case EDQUOT:
        return Words::tr("your share of the disk is full");
    case EIO:
        return Words::tr("the disk reports an error");
    case ENOTDIR:
        return Words::tr("a part of the path is no folder");
    case ENAMETOOLONG:
        return Words::tr("the name is too long");
    default:
        return {};
    }
}

/// What a save added to the system's own words: what it could not put back or take away.
QString whatCameOfIt(const core::Error& error) {
    const core::Error plain = core::Error::fromSystem({}, {}, error.systemError);
    return error.reason.starts_with(plain.reason)
               ? QString::fromStdString(error.reason.substr(plain.reason.size()))
               : QString();
}

}  // namespace

QString reasonText(const core::Error& error) {
    if (error.code == core::ErrorCode::System) {
        QString known = systemReason(error.systemError);
        if (!known.isEmpty())
            return known + whatCameOfIt(error);
    }
    return QString::fromStdString(error.reason);
}

}  // namespace octavo::app
