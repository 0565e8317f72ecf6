// What a row of the inspector is: how the bytes at a place read as one kind of value, and which
// bytes a text stands for.
//
// A text is taken whole or refused with one sentence that says why; nothing is rounded or cut
// silently. What is read and written again is the same bytes, as far as the kind has one way to
// write a value (a NaN and a padded LEB128 have several).
// Thread rule: plain values; read and write are pure functions. Units: bytes.
#pragma once

#include "core/base/byte_order.h"
#include "core/base/types.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace octavo::ui {

struct ValueReading {
    enum class State {
        Value,
        NoValue,      ///< the bytes are none of this kind: `text` says what is wrong
        TooFewBytes,  ///< there are no more
    };

    State state = State::TooFewBytes;
    QString text;            ///< as shown
    QString plain;           ///< as copied, and as an edit begins; empty where there is no value
    std::size_t length = 0;  ///< how many bytes the value takes; 0 where there is none

    static ValueReading of(const QString& plain, std::size_t length) {
        return {State::Value, plain, plain, length};
    }
    static ValueReading none(const QString& why) { return {State::NoValue, why, {}, 0}; }
};

struct ValueBytes {
    core::Bytes bytes;
    QString fault;  ///< empty where the text was understood

    static ValueBytes faulty(const QString& fault) { return {{}, fault}; }
};

struct ValueKind {
    /// Values take no more bytes than this.
    static constexpr std::size_t kMostBytes = 16;

    QString name;
    std::size_t leastBytes = 1;  ///< with fewer, read() and write() are not to be asked
    ValueReading (*read)(core::ByteSpan bytes, core::ByteOrder order) = nullptr;
    /// `here` are the bytes that stand where the value is to go, as many as there are.
    ValueBytes (*write)(const QString& text, core::ByteSpan here, core::ByteOrder order) = nullptr;
};

/// In the order of the rows.
const std::vector<ValueKind>& valueKinds();

/// As the kind reads them, or that there are too few.
ValueReading readValue(const ValueKind& kind, core::ByteSpan bytes, core::ByteOrder order);
/// As the kind writes it; a fault too where it would reach beyond `here`.
ValueBytes writeValue(const ValueKind& kind, const QString& text, core::ByteSpan here,
                      core::ByteOrder order);

}  // namespace octavo::ui
