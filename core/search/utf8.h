// One character of UTF-8, by ICU.
// Thread rule: plain functions.
#pragma once

#include "core/base/types.h"

#include <cstddef>
#include <string>

namespace octavo::core {

struct Utf8Character {
    char32_t point = 0;
    std::size_t size = 0;  ///< in bytes; 0 where the bytes do not begin with a character
};

/// The character that `bytes` begin with.
Utf8Character utf8Character(ByteSpan bytes);

/// Adds the character, which is one, to a text.
void appendUtf8(std::string& text, char32_t point);

/// True for what a screen shows something for, the blank included, beyond Latin-1's controls.
bool isPrintableCharacter(char32_t point);

}  // namespace octavo::core
