#include "app/error_text.h"

#include <QCoreApplication>

#include <cerrno>

namespace octavo::app {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("ErrorText", text);
}

/// The system's errors that people meet; empty for the others.
QString systemReason(int code) {
    switch (code) {
    case ENOENT:
        return translated("there is no such file");
    case EACCES:
    case EPERM:
        return translated("you are not permitted to");
    case EROFS:
        return translated("the disk can only be read");
    case ENOSPC:
        return translated("the disk is full");
    case EDQUOT:
        return translated("your share of the disk is full");
    case EIO:
        return translated("the disk reports an error");
    case ENOTDIR:
        return translated("a part of the path is no folder");
    case ENAMETOOLONG:
        return translated("the name is too long");
    default:
        return {};
    }
}

}  // namespace

QString reasonText(const core::Error& error) {
    if (error.code == core::ErrorCode::System) {
        const QString known = systemReason(error.systemError);
        if (!known.isEmpty())
            return known;
    }
    return QString::fromStdString(error.reason);
}

}  // namespace octavo::app
