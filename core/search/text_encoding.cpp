#include "core/search/text_encoding.h"

#include "core/search/utf8.h"

#include <array>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uset.h>
#include <unicode/utf16.h>

namespace octavo::core {

namespace {

constexpr const char* kOperation = "read the pattern";

// A converter of these writes characters that depend on those before.
bool hasStates(const UConverter* converter) {
    switch (ucnv_getType(converter)) {
    case UCNV_EBCDIC_STATEFUL:
    case UCNV_ISO_2022:
    case UCNV_HZ:
    case UCNV_SCSU:
    case UCNV_ISCII:
    case UCNV_UTF7:
    case UCNV_BOCU1:
    case UCNV_IMAP_MAILBOX:
    case UCNV_COMPOUND_TEXT:
        return true;
    default:
        return false;
    }
}

// These put a mark in front; with the byte order in the name they do not.
bool writesMark(std::string_view name) {
    return name == "UTF-16" || name == "UTF-32" || name.find("BOM") != std::string_view::npos ||
           name.find("version=") != std::string_view::npos;
}

std::string characterName(char32_t character) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string name;
    for (char32_t rest = character; rest != 0 || name.size() < 4; rest /= 16) {
        name.insert(name.begin(), kDigits[rest % 16]);
    }
    return "U+" + name;
}

}  // namespace

TextEncoding::TextEncoding(std::string name, UConverter* converter)
    : name_(std::move(name)), converter_(converter) {}

TextEncoding::TextEncoding(TextEncoding&& other) noexcept
    : name_(std::move(other.name_)), converter_(std::exchange(other.converter_, nullptr)) {}

TextEncoding& TextEncoding::operator=(TextEncoding&& other) noexcept {
    std::swap(name_, other.name_);
    std::swap(converter_, other.converter_);
    return *this;
}

TextEncoding::~TextEncoding() {
    ucnv_close(converter_);
}

Result<TextEncoding> TextEncoding::open(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string wanted(name);
    // An empty name would be the encoding of whoever runs the program.
    UConverter* const converter = wanted.empty() ? nullptr : ucnv_open(wanted.c_str(), &status);
    if (converter == nullptr || U_FAILURE(status)) {
        return Error::invalid(kOperation, "no encoding is called \"" + printable(name) + "\"");
    }
    TextEncoding encoding(wanted, converter);
    const char* const known = ucnv_getName(converter, &status);
    encoding.name_ = known;
    if (hasStates(converter)) {
        return Error::invalid(kOperation,
                              "text in " + encoding.name_ +
                                  " cannot be sought: its bytes depend on what stands before them");
    }
    if (writesMark(encoding.name_)) {
        return Error::invalid(kOperation, encoding.name_ + " has two byte orders; add LE or BE");
    }
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    return encoding;
}

std::string TextEncoding::registeredName() const {
    for (const char* const standard : {"MIME", "IANA"}) {
        UErrorCode status = U_ZERO_ERROR;
        const char* const known = ucnv_getStandardName(name_.c_str(), standard, &status);
        if (known != nullptr && U_SUCCESS(status)) {
            return known;
        }
    }
    return name_;
}

std::optional<Bytes> TextEncoding::encode(char32_t character) {
    std::array<UChar, 2> units{};
    int32_t count = 0;
    if (character > 0x10FFFF || U_IS_SURROGATE(character)) {
        return std::nullopt;
    }
    UBool isError = 0;
    U16_APPEND(units.data(), count, static_cast<int32_t>(units.size()), character, isError);
    std::array<char, 32> bytes{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetFromUnicode(converter_);
    const int32_t size =
        ucnv_fromUChars(converter_, bytes.data(), bytes.size(), units.data(), count, &status);
    if (U_FAILURE(status) || size <= 0 || isError != 0) {
        return std::nullopt;
    }
    return Bytes(bytes.begin(), bytes.begin() + size);
}

Result<Bytes> TextEncoding::encode(std::u32string_view text) {
    Bytes all;
    for (const char32_t character : text) {
        const std::optional<Bytes> bytes = encode(character);
        if (!bytes) {
            return Error::invalid(kOperation, name_ + " has no " + characterName(character));
        }
        all.insert(all.end(), bytes->begin(), bytes->end());
    }
    return all;
}

std::u16string TextEncoding::decode(ByteSpan bytes) {
    std::u16string text;
    std::array<UChar, 4096> part{};
    const char* from = reinterpret_cast<const char*>(bytes.data());
    const char* const end = from + bytes.size();
    ucnv_resetToUnicode(converter_);
    for (UErrorCode status = U_BUFFER_OVERFLOW_ERROR; status == U_BUFFER_OVERFLOW_ERROR;) {
        status = U_ZERO_ERROR;
        UChar* to = part.data();
        ucnv_toUnicode(converter_, &to, part.data() + part.size(), &from, end, nullptr, 1, &status);
        text.append(part.data(), static_cast<std::size_t>(to - part.data()));
    }
    return text;
}

std::optional<std::array<char32_t, 256>> TextEncoding::singleByteTable() {
    switch (ucnv_getType(converter_)) {
    case UCNV_SBCS:
    case UCNV_LATIN_1:
    case UCNV_US_ASCII:
        break;
    default:
        return std::nullopt;
    }
    std::array<char32_t, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        const char source = static_cast<char>(byte);
        const char* from = &source;
        UErrorCode status = U_ZERO_ERROR;
        const UChar32 character = ucnv_getNextUChar(converter_, &from, &source + 1, &status);
        ucnv_resetToUnicode(converter_);
        const bool isOne = U_SUCCESS(status) && character > 0 && character != 0xFFFD;
        table[byte] = isOne ? static_cast<char32_t>(character) : 0;
    }
    return table;
}

std::vector<std::string> encodingNames() {
    std::vector<std::string> names;
    const int32_t count = ucnv_countAvailable();
    for (int32_t i = 0; i < count; ++i) {
        const std::string name = ucnv_getAvailableName(i);
        if (TextEncoding::open(name)) {
            names.push_back(name);
        }
    }
    return names;
}

Result<std::u32string> codePoints(std::string_view utf8) {
    std::u32string points;
    while (!utf8.empty()) {
        const Utf8Character next =
            utf8Character({reinterpret_cast<const Byte*>(utf8.data()), utf8.size()});
        if (next.size == 0) {
            return Error::invalid(kOperation, "not UTF-8: " + printable(utf8.substr(0, 8)));
        }
        points.push_back(next.point);
        utf8.remove_prefix(next.size);
    }
    return points;
}

std::vector<char32_t> caseVariants(char32_t character) {
    std::vector<char32_t> variants{character};
    const auto point = static_cast<UChar32>(character);
    const UChar32 fold = u_foldCase(point, U_FOLD_CASE_DEFAULT);
    USet* const set = uset_openEmpty();
    uset_add(set, point);
    uset_add(set, fold);
    uset_closeOver(set, USET_CASE_INSENSITIVE);
    const int32_t items = uset_getItemCount(set);
    for (int32_t i = 0; i < items; ++i) {
        UChar32 from = 0;
        UChar32 to = 0;
        UErrorCode status = U_ZERO_ERROR;
        // Strings of several characters belong to full case folding, which is another one.
        if (uset_getItem(set, i, &from, &to, nullptr, 0, &status) != 0) {
            continue;
        }
        for (UChar32 each = from; each <= to; ++each) {
            if (each != point && u_foldCase(each, U_FOLD_CASE_DEFAULT) == fold) {
                variants.push_back(static_cast<char32_t>(each));
            }
        }
    }
    uset_close(set);
    return variants;
}

}  // namespace octavo::core
