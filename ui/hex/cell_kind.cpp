#include "ui/hex/cell_kind.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

namespace octavo::ui {

using core::ByteOrder;
using core::Bytes;
using core::ByteSpan;

namespace {

constexpr CellKindFacts kFacts[] = {
    {CellKind::Hex8, "hex8", 1, 2, 4},
    {CellKind::Unsigned8, "unsigned8", 1, 3, 0},
    {CellKind::Signed8, "signed8", 1, 4, 0},
    {CellKind::Octal8, "octal8", 1, 3, 3},
    {CellKind::Binary8, "binary8", 1, 8, 1},
    {CellKind::Hex16, "hex16", 2, 4, 4},
    {CellKind::Unsigned16, "unsigned16", 2, 5, 0},
    {CellKind::Signed16, "signed16", 2, 6, 0},
    {CellKind::Hex32, "hex32", 4, 8, 4},
    {CellKind::Unsigned32, "unsigned32", 4, 10, 0},
    {CellKind::Signed32, "signed32", 4, 11, 0},
    {CellKind::Hex64, "hex64", 8, 16, 4},
    {CellKind::Unsigned64, "unsigned64", 8, 20, 0},
    {CellKind::Signed64, "signed64", 8, 20, 0},
    {CellKind::Float32, "float32", 4, 15, 0},
    {CellKind::Float64, "float64", 8, 24, 0},
};
static_assert(std::size(kFacts) == kCellKinds);

bool isFloat(CellKind kind) {
    return kind == CellKind::Float32 || kind == CellKind::Float64;
}

bool isSigned(CellKind kind) {
    return kind == CellKind::Signed8 || kind == CellKind::Signed16 || kind == CellKind::Signed32 ||
           kind == CellKind::Signed64;
}

/// Right-aligned in `digits` characters.
CellText ranged(std::string_view text, int digits) {
    CellText cell;
    cell.digits = digits;
    cell.characters.fill(' ');
    const auto room = static_cast<std::size_t>(digits);
    assert(text.size() <= room);
    text.copy(cell.characters.data() + (room - text.size()), text.size());
    return cell;
}

CellText ofBits(const CellKindFacts& facts, std::uint64_t value) {
    CellText cell;
    cell.digits = facts.digits;
    for (int digit = facts.digits - 1; digit >= 0; --digit) {
        const auto low = static_cast<std::size_t>(value & ((1U << facts.bitsPerDigit) - 1));
        cell.characters[static_cast<std::size_t>(digit)] = "0123456789ABCDEF"[low];
        value >>= facts.bitsPerDigit;
    }
    return cell;
}

template <typename Number>
CellText ofNumber(Number value, int digits) {
    if (value != value) {
        return ranged("nan", digits);
    }
    std::array<char, 32> text{};
    const auto [end, fault] = std::to_chars(text.data(), text.data() + text.size(), value);
    assert(fault == std::errc());
    return ranged({text.data(), end}, digits);
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

template <typename Number, typename... Base>
std::optional<Number> parsed(std::string_view text, Base... base) {
    Number value{};
    const auto [end, fault] =
        std::from_chars(text.data(), text.data() + text.size(), value, base...);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> parsedInteger(std::string_view text, const CellKindFacts& facts) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    int base = facts.bitsPerDigit == 0 ? 10 : 1 << facts.bitsPerDigit;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        text.remove_prefix(2);
        base = 16;
    }
    // A second sign would be taken by from_chars for a signed number only, and this is none.
    const std::optional<std::uint64_t> size = parsed<std::uint64_t>(text, base);
    if (!size) {
        return std::nullopt;
    }
    const auto bits = static_cast<unsigned>(8 * facts.bytes);
    const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() >> (64 - bits);
    if (!isSigned(facts.kind)) {
        return *size <= most && !(negative && *size != 0) ? size : std::nullopt;
    }
    const std::uint64_t least = std::uint64_t{1} << (bits - 1);
    if (*size > (negative ? least : least - 1)) {
        return std::nullopt;
    }
    return negative ? ~*size + 1 : *size;
}

std::optional<std::uint64_t> parsedFloat(std::string_view text, CellKind kind) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    if (kind == CellKind::Float32) {
        const std::optional<float> value = parsed<float>(text);
        return value ? std::optional<std::uint64_t>(std::bit_cast<std::uint32_t>(*value))
                     : std::nullopt;
    }
    const std::optional<double> value = parsed<double>(text);
    return value ? std::optional(std::bit_cast<std::uint64_t>(*value)) : std::nullopt;
}

}  // namespace

const CellKindFacts& factsOf(CellKind kind) {
    return kFacts[static_cast<std::size_t>(kind)];
}

std::optional<CellKind> cellKindNamed(std::string_view name) {
    for (const CellKindFacts& facts : kFacts) {
        if (name == facts.name) {
            return facts.kind;
        }
    }
    return std::nullopt;
}

CellText cellText(CellKind kind, ByteOrder order, ByteSpan bytes) {
    const CellKindFacts& facts = factsOf(kind);
    assert(bytes.size() == static_cast<std::size_t>(facts.bytes));
    const std::uint64_t value = core::loadInteger(bytes, order);
    if (facts.bitsPerDigit != 0) {
        return ofBits(facts, value);
    }
    if (kind == CellKind::Float32) {
        return ofNumber(std::bit_cast<float>(static_cast<std::uint32_t>(value)), facts.digits);
    }
    if (kind == CellKind::Float64) {
        return ofNumber(std::bit_cast<double>(value), facts.digits);
    }
    if (isSigned(kind)) {
        return ofNumber(core::signExtended(value, bytes.size()), facts.digits);
    }
    return ofNumber(value, facts.digits);
}

std::optional<Bytes> parseCell(CellKind kind, ByteOrder order, std::string_view text) {
    const CellKindFacts& facts = factsOf(kind);
    const std::string_view written = trimmed(text);
    const std::optional<std::uint64_t> value =
        isFloat(kind) ? parsedFloat(written, kind) : parsedInteger(written, facts);
    if (!value) {
        return std::nullopt;
    }
    Bytes bytes(static_cast<std::size_t>(facts.bytes));
    core::storeInteger(*value, order, bytes);
    return bytes;
}

DigitPlace digitPlace(CellKind kind, ByteOrder order, int digit) {
    const CellKindFacts& facts = factsOf(kind);
    assert(facts.bitsPerDigit != 0 && digit >= 0 && digit < facts.digits);
    const int bit = (facts.digits - 1 - digit) * facts.bitsPerDigit;
    const std::size_t byte = core::placeOfRank(static_cast<std::size_t>(bit / 8),
                                               static_cast<std::size_t>(facts.bytes), order);
    // The first octal digit of a byte has two bits left.
    const int bits = std::min(facts.bitsPerDigit, 8 - bit % 8);
    return {static_cast<int>(byte), bit % 8, (1 << bits) - 1};
}

}  // namespace octavo::ui
