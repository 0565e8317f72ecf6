#include "core/search/hit_text.h"

#include "core/search/utf8.h"

#include <algorithm>

namespace octavo::core {

namespace {

Bytes readPart(const Snapshot& snapshot, Offset from, Offset to) {
    Bytes bytes(static_cast<std::size_t>(std::max<Offset>(to - from, 0)));
    if (!bytes.empty()) {
        snapshot.read(from, bytes);
    }
    return bytes;
}

}  // namespace

HitContext readContext(const Snapshot& snapshot, const Hit& hit, Offset around) {
    const Offset length = snapshot.length();
    const Offset at = std::clamp<Offset>(hit.offset, 0, length);
    const Offset end = at + std::clamp<Offset>(hit.length, 0, length - at);
    const Offset wide = std::clamp<Offset>(around, 0, kMostContext);
    const Offset shown = std::min(end - at, kMostContext);
    return {readPart(snapshot, std::max<Offset>(at - wide, 0), at),
            readPart(snapshot, at, at + shown),
            readPart(snapshot, end, end + std::min(wide, length - end)), shown < end - at};
}

std::string hexText(ByteSpan bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (const Byte byte : bytes) {
        if (!text.empty()) {
            text += ' ';
        }
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xFU];
    }
    return text;
}

std::string plainText(ByteSpan bytes) {
    std::string text;
    for (const Byte byte : bytes) {
        text += byte >= 0x20 && byte <= 0x7E ? static_cast<char>(byte) : '.';
    }
    return text;
}

std::string hitText(const SearchQuery& query, ByteSpan bytes) {
    if (query.kind != SearchKind::Strings) {
        return plainText(bytes);
    }
    std::string text;
    const auto add = [&text](char32_t point) {
        if (point == '\t') {
            text += ' ';
        } else {
            appendUtf8(text, point);
        }
    };
    switch (query.stringEncoding) {
    case StringEncoding::Ascii:
    case StringEncoding::Latin1:
        for (const Byte byte : bytes) {
            add(byte);
        }
        break;
    case StringEncoding::Utf8:
        while (!bytes.empty()) {
            const Utf8Character next = utf8Character(bytes);
            add(next.size == 0 ? U'\uFFFD' : next.point);
            bytes = bytes.subspan(std::max<std::size_t>(next.size, 1));
        }
        break;
    case StringEncoding::Utf16Le:
    case StringEncoding::Utf16Be: {
        const bool little = query.stringEncoding == StringEncoding::Utf16Le;
        for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
            const unsigned low = bytes[little ? i : i + 1];
            const unsigned high = bytes[little ? i + 1 : i];
            add(high << 8U | low);
        }
        break;
    }
    }
    return text;
}

}  // namespace octavo::core
