#include "app/file_name.h"

#include "core/base/result.h"

namespace octavo::app {

namespace {

constexpr ushort kEscape = 0xDC00;

/// The length of the character at the start of `bytes` that text gives back as it is, or 0.
std::size_t sequenceLength(std::string_view bytes) {
    for (std::size_t length = 1; length <= 4 && length <= bytes.size(); ++length) {
        const QByteArray part(bytes.data(), static_cast<qsizetype>(length));
        if (QString::fromUtf8(part).toUtf8() == part)
            return length;
    }
    return 0;
}

}  // namespace

QString textFromPath(std::string_view path) {
    const QByteArray bytes(path.data(), static_cast<qsizetype>(path.size()));
    QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes)
        return text;
    text.clear();
    while (!path.empty()) {
        const std::size_t length = sequenceLength(path);
        if (length > 0)
            text += QString::fromUtf8(path.data(), static_cast<qsizetype>(length));
        else
            text += QChar(static_cast<ushort>(kEscape + static_cast<unsigned char>(path[0])));
        path.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

std::string pathFromText(const QString& text) {
    std::string path;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar character = text[at];
        // A low surrogate that belongs to a pair is passed over with its high one.
        if (character.isLowSurrogate() && character.unicode() < kEscape + 0x100) {
            path += static_cast<char>(character.unicode() - kEscape);
            continue;
        }
        const qsizetype length = character.isHighSurrogate() ? 2 : 1;
        path += text.mid(at, length).toUtf8().toStdString();
        at += length - 1;
    }
    return path;
}

std::string_view lastPart(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

QString displayPath(const std::string& path) {
    return QString::fromStdString(core::printable(path));
}

QString displayName(const std::string& path) {
    return displayPath(std::string(lastPart(path)));
}

QString displayFolder(const std::string& path) {
    const std::size_t name = lastPart(path).size();
    return displayPath(path.substr(0, path.size() - name));
}

}  // namespace octavo::app
