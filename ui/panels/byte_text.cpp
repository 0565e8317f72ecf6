#include "ui/panels/byte_text.h"

#include "core/base/hex_rows.h"

#include <algorithm>
#include <string>

namespace octavo::ui {

using core::Byte;
using core::ByteSpan;

namespace {

constexpr std::size_t kCPerLine = 12;
constexpr std::size_t kPythonPerLine = 16;
constexpr qsizetype kBase64Line = 76;

bool isPrintable(Byte byte) {
    return byte >= 0x20 && byte < 0x7F;
}

void appendHex(QString& text, Byte byte, const char* digits) {
    text += QLatin1Char(digits[byte >> 4U]);
    text += QLatin1Char(digits[byte & 0x0FU]);
}

constexpr const char* kCapital = "0123456789ABCDEF";
constexpr const char* kSmall = "0123456789abcdef";

template <typename Use>
void forEachLine(ByteSpan bytes, std::size_t perLine, Use use) {
    for (std::size_t at = 0; at < bytes.size(); at += perLine)
        use(bytes.subspan(at, std::min(perLine, bytes.size() - at)), at);
}

}  // namespace

QString formatCArray(ByteSpan bytes) {
    QString text = QStringLiteral("const unsigned char data[%1] = {\n").arg(bytes.size());
    forEachLine(bytes, kCPerLine, [&](ByteSpan line, std::size_t) {
        text += QLatin1String("    ");
        for (std::size_t i = 0; i < line.size(); ++i) {
            text += i > 0 ? QLatin1String(" 0x") : QLatin1String("0x");
            appendHex(text, line[i], kCapital);
            text += QLatin1Char(',');
        }
        text += QLatin1Char('\n');
    });
    return text + QLatin1String("};\n");
}

QString formatPython(ByteSpan bytes) {
    if (bytes.empty())
        return QStringLiteral("data = b\"\"\n");
    QString text = QStringLiteral("data = (\n");
    forEachLine(bytes, kPythonPerLine, [&](ByteSpan line, std::size_t) {
        text += QLatin1String("    b\"");
        for (const Byte byte : line) {
            if (byte == '"' || byte == '\\')
                text += QLatin1Char('\\');
            if (isPrintable(byte)) {
                text += QLatin1Char(static_cast<char>(byte));
            } else {
                text += QLatin1String("\\x");
                appendHex(text, byte, kSmall);
            }
        }
        text += QLatin1String("\"\n");
    });
    return text + QLatin1String(")\n");
}

QString formatBase64(ByteSpan bytes) {
    const QByteArray raw = QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                                   static_cast<qsizetype>(bytes.size()));
    const QByteArray all = raw.toBase64();
    QString text;
    for (qsizetype at = 0; at < all.size(); at += kBase64Line)
        text += QString::fromLatin1(all.mid(at, kBase64Line)) + QLatin1Char('\n');
    return text;
}

std::optional<core::Bytes> parseBase64(const QString& text) {
    QByteArray plain;
    for (const QChar character : text) {
        if (character.isSpace())
            continue;
        if (character.unicode() > 0x7F)
            return std::nullopt;
        plain += static_cast<char>(character.unicode());
    }
    const auto decoded = QByteArray::fromBase64Encoding(
        plain, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).isEmpty())
        return std::nullopt;
    return core::Bytes((*decoded).begin(), (*decoded).end());
}

QString formatDump(ByteSpan bytes, core::Offset offset) {
    std::string rows;
    core::appendHexRows(rows, offset, bytes, {});
    return QString::fromLatin1(rows.data(), static_cast<qsizetype>(rows.size()));
}

}  // namespace octavo::ui
