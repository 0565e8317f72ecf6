// Errors as values, after leveldb's Status: what was tried, on what, and why it failed.
//
// No exception crosses a layer of Octavo; a function that can fail returns Result<T>, which holds
// either the value or an Error. Asserts guard against our own mistakes only: asking a failed
// result for its value is one.
// Thread rule: plain values.
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace octavo::core {

/// What kind of failure it is, for those who must decide and not only tell.
enum class ErrorCode {
    System,           ///< the system refused; see Error::systemError
    InvalidArgument,  ///< a bad value from outside: a range, a pattern, a number
    UnsupportedFile,  ///< a directory, FIFO, socket or character device
    ReadOnly,         ///< the access mode forbids it
    LengthChanged,    ///< this way of saving cannot insert or delete bytes
    ChangedOutside,   ///< another program changed or replaced the file
    Unreadable,       ///< bytes that are needed could not be read
    TooLarge,         ///< a result would pass kMaxLength or a stated limit
    Cancelled,        ///< the user stopped it
    NoRoom,           ///< the disk has not enough room for what is to be written
    CannotReplace,    ///< no new file can take this one's place; see the reason
    Detached,         ///< a new file would not be in all things what the old one is
    NoRoomToKeep,     ///< what undo needs could not be kept, so nothing was written
    SwitchedOff,    ///< the edit falls into a change that is switched off: drop it or switch it on
    Locked,         ///< another program holds a lock on the file
    SourceChanged,  ///< a file that pending changes refer to is not what it was
    NotLoaded,      ///< the history lies on the disk and must be fetched first
};

struct Error {
    ErrorCode code = ErrorCode::System;
    std::string operation;  ///< a verb: "open", "write"
    std::string path;       ///< may be empty; any bytes
    int systemError = 0;    ///< errno, or 0
    std::string reason;     ///< plain English, no full stop

    /// One line: operation, path, reason; control characters of the path are escaped.
    std::string message() const;

    /// True where the system says that there is no such file.
    bool isMissing() const;

    static Error fromSystem(std::string_view operation, std::string_view path, int systemError);
    static Error invalid(std::string_view operation, std::string_view reason);
};

/// `text` with control characters, backslashes and line ends written as escapes, so that a file
/// name always stays on one line.
std::string printable(std::string_view text);

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : content_(std::move(value)) {}
    Result(Error error) : content_(std::move(error)) {}

    bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        assert(ok());
        return std::get<0>(content_);
    }
    const T& value() const& {
        assert(ok());
        return std::get<0>(content_);
    }
    T&& value() && {
        assert(ok());
        return std::get<0>(std::move(content_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& {
        assert(!ok());
        return std::get<1>(content_);
    }
    Error&& error() && {
        assert(!ok());
        return std::get<1>(std::move(content_));
    }

private:
    std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), ok_(false) {}

    bool ok() const { return ok_; }
    explicit operator bool() const { return ok_; }
    const Error& error() const {
        assert(!ok_);
        return error_;
    }

private:
    Error error_;
    bool ok_ = true;
};

using Status = Result<void>;

}  // namespace octavo::core
