#include "ui/panels/hex_text.h"

#include "ui/hex/hex_keys.h"

#include <array>

namespace octavo::ui {

namespace {

bool isSeparator(QChar character) {
    return character.isSpace() || QStringLiteral(",;:-|").contains(character);
}

/// Adds the bytes of one run of digits; false where it is none.
bool addRun(QStringView run, core::Bytes& bytes) {
    if (run.startsWith(QLatin1String("0x"), Qt::CaseInsensitive))
        run = run.mid(2);
    if (run.isEmpty() || run.size() % 2 != 0)
        return false;
    for (qsizetype at = 0; at < run.size(); at += 2) {
        const int high = hexDigitValue(run[at].unicode());
        const int low = hexDigitValue(run[at + 1].unicode());
        if (high < 0 || low < 0)
            return false;
        bytes.push_back(static_cast<core::Byte>(high * 16 + low));
    }
    return true;
}

}  // namespace

ParsedHex parseHex(const QString& text) {
    constexpr qsizetype kFaultShown = 24;
    ParsedHex result;
    result.bytes.reserve(static_cast<std::size_t>(text.size() / 2));
    const QStringView all(text);
    for (qsizetype at = 0; at < all.size();) {
        if (isSeparator(all[at])) {
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < all.size() && !isSeparator(all[end]))
            ++end;
        const QStringView run = all.mid(at, end - at);
        if (!addRun(run, result.bytes)) {
            result.bytes.clear();
            result.fault = run.left(kFaultShown).toString();
            if (run.size() > kFaultShown)
                result.fault += QChar(0x2026);
            return result;
        }
        at = end;
    }
    return result;
}

QString formatHex(core::ByteSpan bytes) {
    static constexpr std::array<char16_t, 16> kDigits = {u'0', u'1', u'2', u'3', u'4', u'5',
                                                         u'6', u'7', u'8', u'9', u'A', u'B',
                                                         u'C', u'D', u'E', u'F'};
    if (bytes.empty())
        return {};
    QString text(static_cast<qsizetype>(bytes.size()) * 3 - 1, QLatin1Char(' '));
    QChar* out = text.data();
    for (const core::Byte byte : bytes) {
        out[0] = QChar(kDigits[byte >> 4]);
        out[1] = QChar(kDigits[byte & 0x0F]);
        out += 3;
    }
    return text;
}

}  // namespace octavo::ui
