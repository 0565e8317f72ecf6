// The encoding of the text pane: which characters the bytes of a row are, and which bytes a
// character that is typed becomes.
//
// In an encoding of one byte each cell has its character. In UTF-8 and UTF-16 the first cell of a
// character shows it and the others belong to it; UTF-16 units stand at even offsets of the
// document. What is no character, or none that can be seen, is shown as a dot.
//
// Thread rule: GUI thread; copies share their table.
#pragma once

#include "core/base/types.h"
#include "ui/hex/hex_cell.h"

#include <QString>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace octavo::ui {

/// A cell of the text pane.
struct TextCell {
    /// 0 where nothing stands here that could be shown by itself.
    char32_t character = 0;
    /// Cells of the character from here on; 0 where the cell belongs to one that began before it.
    std::uint8_t cells = 1;
    friend bool operator==(const TextCell&, const TextCell&) = default;
};

/// The bytes of a row with those around it that are known.
struct TextRow {
    core::Offset offset = 0;  ///< of bytes[0] of the row
    const core::Byte* bytes = nullptr;
    int before = 0;  ///< readable bytes before bytes[0]
    int count = 0;
    int after = 0;  ///< readable bytes behind the row
};
/// The bytes of a row of the grid; valid as long as that is.
TextRow textRow(const HexRow& cells);

class TextCodec {
public:
    using Table = std::array<char32_t, 256>;
    /// Bytes around a row that can decide what its first and last cells are.
    static constexpr int kContext = HexRow::kContext;

    /// Latin-1.
    TextCodec();
    /// Any name of an encoding with one byte for each character that ICU knows, UTF-8, UTF-16LE
    /// and UTF-16BE; nothing for another.
    static std::optional<TextCodec> named(const std::string& name);

    /// As it is registered.
    const std::string& name() const { return name_; }
    /// As people call it.
    QString label() const;
    /// What the bytes of every character are a multiple of, from even offsets on: 2 in UTF-16.
    int unitBytes() const { return form_ == Form::Utf16Little || form_ == Form::Utf16Big ? 2 : 1; }
    /// The character of each byte, 0 for those without; nothing in UTF-8 and UTF-16.
    const Table* table() const { return table_.get(); }

    /// Fills `cells`, one for each byte of the row.
    void decode(const TextRow& row, std::span<TextCell> cells) const;
    /// Nothing where the encoding does not have one of the characters.
    std::optional<core::Bytes> encode(const QString& text) const;
    /// The bytes as a text, with whatever characters they are; U+FFFD stands for what is none.
    /// May be called on any thread.
    QString decode(core::ByteSpan bytes) const;

private:
    enum class Form { SingleByte, Utf8, Utf16Little, Utf16Big };

    void decodeUtf8(const TextRow& row, std::span<TextCell> cells) const;
    void decodeUtf16(const TextRow& row, std::span<TextCell> cells) const;

    std::string name_;
    Form form_ = Form::SingleByte;
    std::shared_ptr<const Table> table_;
};

/// Names of the encodings with one byte for each character, in the order of the alphabet.
std::vector<std::string> singleByteEncodings();

}  // namespace octavo::ui
