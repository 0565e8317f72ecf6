// Text as bytes, in any encoding that ICU converts and whose characters do not depend on what
// stands before them.
//
// Thread rule: an object is for one thread at a time.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct UConverter;

namespace octavo::core {

class TextEncoding {
public:
    /// By any name that ICU knows ("UTF-8", "koi8-r", "cp037"). An error in words where there is
    /// none of that name, or where it has states (ISO-2022).
    static Result<TextEncoding> open(std::string_view name);

    TextEncoding(TextEncoding&&) noexcept;
    TextEncoding& operator=(TextEncoding&&) noexcept;
    ~TextEncoding();

    const std::string& name() const { return name_; }
    /// As it is registered ("windows-1251" for what ICU calls ibm-5347_P100-1998); name() where it
    /// is not.
    std::string registeredName() const;

    /// The character as bytes; nothing where the encoding does not have it.
    std::optional<Bytes> encode(char32_t character);
    /// The same of a text; an error names the first character that the encoding does not have.
    Result<Bytes> encode(std::u32string_view text);

    /// The bytes as a text; U+FFFD stands for what is none.
    std::u16string decode(ByteSpan bytes);

    /// The character of each byte, 0 where it has none; nothing where there are characters of
    /// several bytes.
    std::optional<std::array<char32_t, 256>> singleByteTable();

private:
    TextEncoding(std::string name, UConverter* converter);

    std::string name_;
    UConverter* converter_;
};

/// The names of the encodings that text can be sought in, one for each, in ICU's order.
std::vector<std::string> encodingNames();

/// Code points of UTF-8; an error tells where it is none.
Result<std::u32string> codePoints(std::string_view utf8);

/// The character and those that are the same to one who does not look at case, by simple case
/// folding; the character itself is the first.
std::vector<char32_t> caseVariants(char32_t character);

}  // namespace octavo::core
