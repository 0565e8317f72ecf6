#include "ui/hex/text_codec.h"

#include "core/base/byte_order.h"
#include "core/search/text_encoding.h"
#include "core/search/utf8.h"

#include <algorithm>
#include <utility>

namespace octavo::ui {

using core::Byte;
using core::ByteOrder;
using core::Bytes;

namespace {

constexpr char32_t kNoCharacter = 0;

bool isContinuation(Byte byte) {
    return (byte & 0xC0) == 0x80;
}

/// A hard space and a soft hyphen show nothing, which only a plain space may.
char32_t shown(char32_t character) {
    const bool isAscii = character >= 0x20 && character < 0x7F;
    const bool isSeen = character != 0xA0 && character != 0xAD;
    return isAscii || (isSeen && core::isPrintableCharacter(character)) ? character : kNoCharacter;
}

std::shared_ptr<const TextCodec::Table> shownOf(const TextCodec::Table& table) {
    auto made = std::make_shared<TextCodec::Table>();
    std::ranges::transform(table, made->begin(), shown);
    return made;
}

/// Puts a character of `size` bytes that begins at `column`, which may be before the row.
void put(std::span<TextCell> cells, int column, int size, char32_t character) {
    const auto count = static_cast<int>(cells.size());
    for (int at = std::max(column, 0); at < std::min(column + size, count); ++at) {
        cells[static_cast<std::size_t>(at)] =
            at == column ? TextCell{shown(character), static_cast<std::uint8_t>(size)}
                         : TextCell{kNoCharacter, 0};
    }
}

bool isHighSurrogate(char32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

bool isLowSurrogate(char32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

/// How many cells from `from` on can be looked at, going `step` by `step`.
int readable(const HexRow& cells, int from, int step, int most) {
    int count = 0;
    while (count < most &&
           (cells.flags[from + step * count] & (CellLoading | CellUnreadable)) == 0) {
        ++count;
    }
    return count;
}

}  // namespace

TextRow textRow(const HexRow& cells) {
    return {cells.offset, cells.bytes, readable(cells, -1, -1, cells.before), cells.count,
            readable(cells, cells.count, 1, cells.after)};
}

TextCodec::TextCodec() : name_("ISO-8859-1") {
    static const std::shared_ptr<const Table> latin = [] {
        Table table{};
        for (std::size_t byte = 0; byte < table.size(); ++byte) {
            table[byte] = static_cast<char32_t>(byte);
        }
        return shownOf(table);
    }();
    table_ = latin;
}

std::optional<TextCodec> TextCodec::named(const std::string& name) {
    core::Result<core::TextEncoding> encoding = core::TextEncoding::open(name);
    if (!encoding) {
        return std::nullopt;
    }
    TextCodec codec;
    codec.name_ = encoding->registeredName();
    codec.table_ = nullptr;
    if (codec.name_ == "UTF-8") {
        codec.form_ = Form::Utf8;
    } else if (codec.name_ == "UTF-16LE") {
        codec.form_ = Form::Utf16Little;
    } else if (codec.name_ == "UTF-16BE") {
        codec.form_ = Form::Utf16Big;
    } else if (const std::optional<Table> table = encoding->singleByteTable()) {
        codec.table_ = shownOf(*table);
    } else {
        return std::nullopt;
    }
    return codec;
}

QString TextCodec::label() const {
    if (name_ == "ISO-8859-1") {
        return QStringLiteral("Latin-1");
    }
    return name_ == "US-ASCII" ? QStringLiteral("ASCII") : QString::fromStdString(name_);
}

void TextCodec::decode(const TextRow& row, std::span<TextCell> cells) const {
    switch (form_) {
    case Form::SingleByte:
        for (std::size_t column = 0; column < cells.size(); ++column) {
            cells[column] = {(*table_)[row.bytes[column]], 1};
        }
        return;
    case Form::Utf8:
        return decodeUtf8(row, cells);
    case Form::Utf16Little:
    case Form::Utf16Big:
        return decodeUtf16(row, cells);
    }
}

void TextCodec::decodeUtf8(const TextRow& row, std::span<TextCell> cells) const {
    const int end = row.count + row.after;
    const auto characterAt = [&](int column) {
        return core::utf8Character(
            {row.bytes + column, static_cast<std::size_t>(std::min(4, end - column))});
    };
    // A character that began in the row above: the nearest byte that is no continuation tells.
    int column = 0;
    for (int back = 1; back <= std::min(row.before, kContext); ++back) {
        if (!isContinuation(row.bytes[-back])) {
            const auto size = static_cast<int>(characterAt(-back).size);
            if (size > back) {
                put(cells, -back, size, kNoCharacter);
                column = size - back;
            }
            break;
        }
    }
    while (column < row.count) {
        const core::Utf8Character next = characterAt(column);
        const int size = std::max(1, static_cast<int>(next.size));
        put(cells, column, size, next.size == 0 ? kNoCharacter : next.point);
        column += size;
    }
}

void TextCodec::decodeUtf16(const TextRow& row, std::span<TextCell> cells) const {
    const ByteOrder order = form_ == Form::Utf16Little ? ByteOrder::Little : ByteOrder::Big;
    const int end = row.count + row.after;
    const auto unitAt = [&](int column) -> std::optional<char32_t> {
        if (column < -row.before || column + 2 > end) {
            return std::nullopt;
        }
        return static_cast<char32_t>(core::loadInteger({row.bytes + column, 2}, order));
    };
    // The unit that the first cell belongs to, and the pair that it may be the second half of.
    int column = row.offset % 2 == 0 ? 0 : -1;
    const std::optional<char32_t> first = unitAt(column);
    const std::optional<char32_t> before = unitAt(column - 2);
    if (first && before && isLowSurrogate(*first) && isHighSurrogate(*before)) {
        column -= 2;
    }
    while (column < row.count) {
        const std::optional<char32_t> unit = unitAt(column);
        if (!unit) {
            // Half a unit at an end of what is known; the next one begins at an even offset.
            const int size = column < 0 ? 2 : 1;
            put(cells, column, size, kNoCharacter);
            column += size;
            continue;
        }
        const std::optional<char32_t> second = unitAt(column + 2);
        if (isHighSurrogate(*unit) && second && isLowSurrogate(*second)) {
            put(cells, column, 4, 0x10000 + ((*unit - 0xD800) << 10) + (*second - 0xDC00));
            column += 4;
        } else {
            const bool alone = isHighSurrogate(*unit) || isLowSurrogate(*unit);
            put(cells, column, 2, alone ? kNoCharacter : *unit);
            column += 2;
        }
    }
}

std::optional<Bytes> TextCodec::encode(const QString& text) const {
    core::Result<core::TextEncoding> encoding = core::TextEncoding::open(name_);
    if (!encoding) {
        return std::nullopt;
    }
    core::Result<Bytes> bytes = encoding->encode(text.toStdU32String());
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

QString TextCodec::decode(core::ByteSpan bytes) const {
    core::Result<core::TextEncoding> encoding = core::TextEncoding::open(name_);
    return encoding ? QString::fromStdU16String(encoding->decode(bytes)) : QString();
}

std::vector<std::string> singleByteEncodings() {
    std::vector<std::string> names;
    for (const std::string& name : core::encodingNames()) {
        core::Result<core::TextEncoding> encoding = core::TextEncoding::open(name);
        if (encoding && encoding->singleByteTable()) {
            names.push_back(encoding->registeredName());
        }
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

}  // namespace octavo::ui
