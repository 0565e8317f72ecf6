// A folder of a test's own for real files, gone with the object.
#pragma once

#include "core/base/types.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <string>

namespace octavo::test {

class TestFolder {
public:
    std::string path(const char* name) const {
        return folder_.filePath(QString::fromUtf8(name)).toStdString();
    }

    /// Writes a file and returns its path.
    std::string write(const char* name, const QByteArray& content) const {
        const std::string where = path(name);
        QFile file(QString::fromStdString(where));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", where.c_str());
        return where;
    }

    static QByteArray read(const std::string& path) {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
    }

    /// Names of everything in the folder, hidden files too.
    QStringList names() const {
        return QDir(folder_.path())
            .entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private:
    QTemporaryDir folder_;
};

/// `count` bytes that differ from place to place, the same for the same salt.
inline QByteArray someBytes(qsizetype count, quint32 salt = 1) {
    QByteArray bytes(count, Qt::Uninitialized);
    quint32 state = salt * 2654435761U + 1;
    for (char& byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

inline core::ByteSpan span(const QByteArray& bytes) {
    return {reinterpret_cast<const core::Byte*>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

}  // namespace octavo::test
