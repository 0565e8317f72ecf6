#include "ui/bookmarks/bookmark_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace octavo::ui {

using core::Offset;
using Cursor = core::PieceTree::Cursor;

namespace {

const QString kPath = QStringLiteral("path");
const QString kBookmarks = QStringLiteral("bookmarks");
const QString kOffset = QStringLiteral("offset");
const QString kName = QStringLiteral("name");
const QString kColor = QStringLiteral("color");
const QString kComment = QStringLiteral("comment");

QByteArray bytesOf(const std::string& path) {
    return QByteArray::fromStdString(path);
}

QString fileFor(const std::string& folder, const std::string& documentPath) {
    const QByteArray hash =
        QCryptographicHash::hash(bytesOf(documentPath), QCryptographicHash::Sha1);
    return QFile::decodeName(bytesOf(folder)) + QLatin1Char('/') +
           QString::fromLatin1(hash.toHex()) + QLatin1String(".json");
}

core::Error failed(const char* operation, const QFileDevice& file) {
    core::Error error;
    error.operation = operation;
    error.path = QFile::encodeName(file.fileName()).toStdString();
    error.reason = file.errorString().toStdString();
    return error;
}

/// Any bytes may be in a path.
QString textOf(const std::string& path) {
    return QString::fromLatin1(bytesOf(path).toPercentEncoding(QByteArrayLiteral("/ ")));
}

}  // namespace

Offset offsetInFile(const core::PieceTree& tree, Offset offset) {
    const Cursor cursor(tree, offset);
    return cursor.atEnd() ? cursor.fileOffset()
                          : cursor.fileOffset() +
                                std::min(offset - cursor.offset(), cursor.piece().fileLength);
}

Offset offsetInDocument(const core::PieceTree& tree, Offset fileOffset) {
    const Cursor cursor = Cursor::atFile(tree, {std::min(fileOffset, tree.fileLength())});
    return cursor.atEnd() ? cursor.offset()
                          : cursor.offset() +
                                std::min(fileOffset - cursor.fileOffset(), cursor.piece().length);
}

core::Result<std::vector<Bookmark>> readBookmarks(const std::string& folder,
                                                  const std::string& documentPath) {
    QFile file(fileFor(folder, documentPath));
    if (!file.exists()) {
        return std::vector<Bookmark>();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failed("read", file);
    }
    const QJsonDocument json = QJsonDocument::fromJson(file.readAll());
    if (!json.isObject()) {
        core::Error error = failed("read", file);
        error.reason = "it is damaged";
        return error;
    }
    std::vector<Bookmark> bookmarks;
    // Two paths with one hash: nobody will see that, but the bookmarks would be another file's.
    if (json.object()[kPath].toString() != textOf(documentPath)) {
        return bookmarks;
    }
    for (const QJsonValue& value : json.object()[kBookmarks].toArray()) {
        const QJsonObject entry = value.toObject();
        const Offset offset = entry[kOffset].toInteger(-1);
        const int color = entry[kColor].toInt();
        if (offset >= 0) {
            bookmarks.push_back({offset, entry[kName].toString(),
                                 color >= 0 && color < kBookmarkColors ? color : 0,
                                 entry[kComment].toString()});
        }
    }
    return bookmarks;
}

core::Status writeBookmarks(const std::string& folder, const std::string& documentPath,
                            const std::vector<Bookmark>& bookmarks) {
    const QString path = fileFor(folder, documentPath);
    if (bookmarks.empty()) {
        QFile file(path);
        return !file.exists() || file.remove() ? core::Status() : failed("remove", file);
    }
    QJsonArray entries;
    for (const Bookmark& bookmark : bookmarks) {
        entries.append(QJsonObject{{kOffset, static_cast<qint64>(bookmark.offset)},
                                   {kName, bookmark.name},
                                   {kColor, bookmark.color},
                                   {kComment, bookmark.comment}});
    }
    const QJsonObject all{{kPath, textOf(documentPath)}, {kBookmarks, entries}};
    QDir().mkpath(QFile::decodeName(bytesOf(folder)));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(QJsonDocument(all).toJson(QJsonDocument::Indented)) < 0 || !file.commit()) {
        return failed("write", file);
    }
    return {};
}

}  // namespace octavo::ui
