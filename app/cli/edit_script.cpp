#include "app/cli/edit_script.h"

#include "app/cli/arguments.h"
#include "core/search/pattern.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace octavo::cli {

using core::Error;
using core::Offset;
using core::Result;
using core::Status;

namespace {

using Kind = ScriptEdit::Kind;

struct Form {
    std::string_view name;
    Kind kind;
    bool hasLength;
    bool hasBytes;
};

constexpr std::array<Form, 4> kForms = {{
    {"overwrite", Kind::Overwrite, false, true},
    {"insert", Kind::Insert, false, true},
    {"delete", Kind::Delete, true, false},
    {"fill", Kind::Fill, true, true},
}};

constexpr std::string_view kBlanks = " \t\r\n\v\f";

std::string_view withoutBlanksInFront(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text;
}

/// Takes the first word off `text`.
std::string_view takeWord(std::string_view& text) {
    text = withoutBlanksInFront(text);
    const std::string_view word = text.substr(0, text.find_first_of(kBlanks));
    text.remove_prefix(word.size());
    return word;
}

Error wrong(const std::string& reason) {
    return Error::invalid({}, reason);
}

/// A word of the script as an error shows it. A file that is no script can be one long word.
std::string shown(std::string_view word) {
    constexpr std::size_t kMostShown = 40;
    return core::printable(word.substr(0, kMostShown)) + (word.size() > kMostShown ? "..." : "");
}

Result<Offset> takeNumber(std::string_view& text, const char* what) {
    const std::string_view word = takeWord(text);
    if (word.empty()) {
        return wrong(std::string("the ") + what + " is missing");
    }
    if (const std::optional<Offset> number = parseNumber(word)) {
        return *number;
    }
    return wrong(std::string("the ") + what + " is no number from 0 to 2^63 - 1: " + shown(word));
}

Result<core::Bytes> takeBytes(std::string_view text) {
    if (withoutBlanksInFront(text).empty()) {
        return wrong("the bytes are missing");
    }
    const Result<core::Pattern> pattern = core::Pattern::fromHex(text);
    if (!pattern) {
        return wrong(pattern.error().reason);
    }
    if (!pattern->isLiteral()) {
        return wrong("? stands for no byte that could be written");
    }
    return core::Bytes(pattern->bytes().begin(), pattern->bytes().end());
}

struct FileCloser {
    void operator()(std::FILE* file) const {
        if (file != stdin) {
            std::fclose(file);
        }
    }
};

using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

/// The buffer that getline(3) grows.
struct LineBuffer {
    LineBuffer() = default;
    ~LineBuffer() { std::free(text); }
    LineBuffer(const LineBuffer&) = delete;
    LineBuffer& operator=(const LineBuffer&) = delete;

    char* text = nullptr;
    std::size_t size = 0;
};

Status applyLine(core::Document& document, std::string_view line) {
    const Result<std::optional<ScriptEdit>> edit = parseScriptLine(line);
    if (!edit) {
        return edit.error();
    }
    return *edit ? applyEdit(document, **edit) : Status();
}

Error inLine(const core::Document& document, const std::string& script, std::size_t number,
             const Error& error) {
    Error located = error;
    located.operation = "edit";
    located.path = document.path();
    located.reason = "line " + std::to_string(number) + " of " +
                     (script == "-" ? "standard input" : core::printable(script)) + ": " +
                     (error.operation.empty() ? "" : error.operation + ": ") + error.reason;
    return located;
}

}  // namespace

Result<std::optional<ScriptEdit>> parseScriptLine(std::string_view line) {
    const std::string_view name = takeWord(line);
    if (name.empty() || name.front() == '#') {
        return std::optional<ScriptEdit>();
    }
    const auto form = std::ranges::find(kForms, name, &Form::name);
    if (form == kForms.end()) {
        return wrong("there is no edit " + shown(name));
    }
    ScriptEdit edit;
    edit.kind = form->kind;
    const Result<Offset> offset = takeNumber(line, "offset");
    if (!offset) {
        return offset.error();
    }
    edit.offset = *offset;
    if (form->hasLength) {
        const Result<Offset> length = takeNumber(line, "length");
        if (!length) {
            return length.error();
        }
        edit.length = *length;
    }
    if (form->hasBytes) {
        Result<core::Bytes> bytes = takeBytes(line);
        if (!bytes) {
            return bytes.error();
        }
        edit.bytes = *std::move(bytes);
    } else if (const std::string_view more = takeWord(line); !more.empty()) {
        return wrong("one word too many: " + shown(more));
    }
    return std::optional(std::move(edit));
}

Status applyEdit(core::Document& document, const ScriptEdit& edit) {
    switch (edit.kind) {
    case Kind::Overwrite:
        return document.overwrite(edit.offset, edit.bytes);
    case Kind::Insert:
        return document.insert(edit.offset, edit.bytes);
    case Kind::Delete:
        return document.erase({edit.offset, edit.length});
    case Kind::Fill:
        break;
    }
    return document.fill({edit.offset, edit.length}, edit.bytes);
}

Status applyScript(core::Document& document, const std::string& script) {
    const FileHandle file(script == "-" ? stdin : std::fopen(script.c_str(), "re"));
    if (!file) {
        return Error::fromSystem("open", script, errno);
    }
    LineBuffer buffer;
    for (std::size_t number = 1;; ++number) {
        errno = 0;
        const ssize_t length = ::getline(&buffer.text, &buffer.size, file.get());
        if (length < 0) {
            break;
        }
        const std::string_view line(buffer.text, static_cast<std::size_t>(length));
        if (const Status applied = applyLine(document, line); !applied) {
            return inLine(document, script, number, applied.error());
        }
    }
    if (std::feof(file.get()) == 0) {
        return Error::fromSystem("read", script == "-" ? "standard input" : script, errno);
    }
    return {};
}

}  // namespace octavo::cli
