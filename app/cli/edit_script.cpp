#include "app/cli/edit_script.h"

#include "app/cli/arguments.h"
#include "core/document/import_file.h"
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

/// The last word of an edit, which may hold blanks.
enum class Tail { None, Bytes, Path };

struct Form {
    std::string_view name;
    Kind kind;
    bool hasOffset;
    bool hasLength;
    Tail tail;
};

constexpr std::array<Form, 7> kForms = {{
    {"overwrite", Kind::Overwrite, true, false, Tail::Bytes},
    {"insert", Kind::Insert, true, false, Tail::Bytes},
    {"insert-file", Kind::InsertFile, true, false, Tail::Path},
    {"delete", Kind::Delete, true, true, Tail::None},
    {"fill", Kind::Fill, true, true, Tail::Bytes},
    {"replace", Kind::Replace, true, true, Tail::Bytes},
    {"set-size", Kind::SetSize, false, true, Tail::None},
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

Result<std::string> takePath(std::string_view text) {
    text = withoutBlanksInFront(text);
    if (text.empty()) {
        return wrong("the file is missing");
    }
    return std::string(text.substr(0, text.find_last_not_of(kBlanks) + 1));
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

/// The lines of a script are one step: where two of them meet, they are one change.
class Transaction {
public:
    explicit Transaction(core::Document& document) : document_(document) {
        document_.beginTransaction("script");
    }
    ~Transaction() { document_.endTransaction(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

private:
    core::Document& document_;
};

Status takeTail(std::string_view line, Tail tail, ScriptEdit& edit) {
    if (tail == Tail::Bytes) {
        Result<core::Bytes> bytes = takeBytes(line);
        if (!bytes) {
            return bytes.error();
        }
        edit.bytes = *std::move(bytes);
    } else if (tail == Tail::Path) {
        Result<std::string> path = takePath(line);
        if (!path) {
            return path.error();
        }
        edit.path = *std::move(path);
    } else if (const std::string_view more = takeWord(line); !more.empty()) {
        return wrong("one word too many: " + shown(more));
    }
    return {};
}

Status insertFile(core::Document& document, Offset offset, const std::string& path) {
    core::Progress progress;
    const Result<core::Content> content =
        core::importFile(core::systemFileSystem(), path, progress);
    return content ? document.replace({offset, 0}, *content) : Status(content.error());
}

Status applyLine(core::Document& document, std::string_view line) {
    const Result<std::optional<ScriptEdit>> edit = parseScriptLine(line);
    if (!edit) {
        return edit.error();
    }
    return *edit ? applyEdit(document, **edit) : Status();
}

/// `error` is of the document, or of a file that a line names.
Error inLine(const core::Document& document, const std::string& script, std::size_t number,
             const Error& error) {
    Error located = error;
    located.operation = "edit";
    located.path = document.path();
    const bool isOfDocument = error.path.empty() || error.path == document.path();
    Error inner = error;
    inner.path = isOfDocument ? "" : error.path;
    located.reason = "line " + std::to_string(number) + " of " +
                     (script == "-" ? "standard input" : core::printable(script)) + ": " +
                     inner.message();
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
    if (form->hasOffset) {
        const Result<Offset> offset = takeNumber(line, "offset");
        if (!offset) {
            return offset.error();
        }
        edit.offset = *offset;
    }
    if (form->hasLength) {
        const Result<Offset> length = takeNumber(line, "length");
        if (!length) {
            return length.error();
        }
        edit.length = *length;
    }
    if (const Status taken = takeTail(line, form->tail, edit); !taken) {
        return taken.error();
    }
    return std::optional(std::move(edit));
}

Status applyEdit(core::Document& document, const ScriptEdit& edit) {
    switch (edit.kind) {
    case Kind::Overwrite:
        return document.overwrite(edit.offset, edit.bytes);
    case Kind::Insert:
        return document.insert(edit.offset, edit.bytes);
    case Kind::InsertFile:
        return insertFile(document, edit.offset, edit.path);
    case Kind::Delete:
        return document.erase({edit.offset, edit.length});
    case Kind::Fill:
        return document.fill({edit.offset, edit.length}, edit.bytes);
    case Kind::Replace:
        return document.replace({edit.offset, edit.length}, edit.bytes);
    case Kind::SetSize:
        break;
    }
    return document.setLength(edit.length);
}

Status applyScript(core::Document& document, const std::string& script) {
    const FileHandle file(script == "-" ? stdin : std::fopen(script.c_str(), "re"));
    if (!file) {
        return Error::fromSystem("open", script, errno);
    }
    const Transaction transaction(document);
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
