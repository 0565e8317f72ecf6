#include "app/cli/info_command.h"

#include "app/cli/json_stream.h"
#include "app/cli/recovery_note.h"
#include "core/file/mapped_file.h"
#include "core/save/recover_save.h"

#include <array>
#include <charconv>
#include <functional>
#include <string>

namespace octavo::cli {

using core::MappedFile;
using core::Offset;
using core::Result;

namespace {

std::string_view nameOf(core::FileKind kind) {
    return kind == core::FileKind::BlockDevice ? "block device" : "regular file";
}

std::string_view nameOf(MappedFile::Mode mode) {
    switch (mode) {
    case MappedFile::Mode::Whole:
        return "whole";
    case MappedFile::Mode::Windows:
        return "windows";
    case MappedFile::Mode::Memory:
        return "read into memory";
    case MappedFile::Mode::Process:
        return "process memory";
    case MappedFile::Mode::Direct:
        break;
    }
    return "not mapped";
}

std::string hexadecimal(Offset number) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return "0x" + std::string(digits.data(), end);
}

/// Calls `visit` with each run of data and each hole, in order.
core::Status visitExtents(const MappedFile& file,
                          const std::function<void(std::string_view, core::Extent)>& visit) {
    for (Offset at = 0; at < file.length();) {
        const Result<core::FileExtent> data = file.nextData({at});
        if (!data) {
            return data.error();
        }
        // A file that was cut meanwhile has neither beyond its end; call it a hole.
        const Offset dataAt = data->isEmpty() ? file.length() : data->offset.value;
        if (dataAt > at) {
            visit(file.mode() == MappedFile::Mode::Process ? "gap" : "hole", {at, dataAt - at});
        }
        if (!data->isEmpty()) {
            visit("data", {dataAt, data->length});
        }
        at = dataAt + data->length;
    }
    return {};
}

core::Status printText(const MappedFile& file, Output& output) {
    const core::FileInfo& info = file.openedInfo();
    output.write("path:    " + core::printable(file.path()) + "\n");
    output.write("size:    " + std::to_string(file.length()) + " bytes (" +
                 hexadecimal(file.length()) + ")\n");
    output.write("kind:    " + std::string(nameOf(info.kind)) + "\n");
    output.write("mapping: " + std::string(nameOf(file.mode())) + "\n");
    output.write("extents: (offset, length)\n");
    return visitExtents(file, [&](std::string_view kind, core::Extent extent) {
        output.write("  " + std::string(kind) + " " + std::to_string(extent.offset) + " " +
                     std::to_string(extent.length) + "\n");
    });
}

core::Status printJson(const MappedFile& file, Output& output) {
    const core::FileInfo& info = file.openedInfo();
    JsonStream json(output);
    json.beginObject();
    json.key("path");
    json.value(file.path());
    json.key("size");
    json.value(file.length());
    json.key("kind");
    json.value(nameOf(info.kind));
    json.key("mapping");
    json.value(nameOf(file.mode()));
    json.key("extents");
    json.beginArray();
    core::Status visited = visitExtents(file, [&](std::string_view kind, core::Extent extent) {
        json.beginObject();
        json.key("kind");
        json.value(kind);
        json.key("offset");
        json.value(extent.offset);
        json.key("length");
        json.value(extent.length);
        json.end();
    });
    json.end();
    json.end();
    return visited;
}

int run(const Arguments& arguments, Output& output) {
    core::SaveRecovery recovery;
    const auto file =
        core::openRecovered(core::systemFileSystem(), arguments.operand(0), {}, &recovery);
    if (!file) {
        return output.fail(file.error());
    }
    tell(recovery, arguments.operand(0), output);
    const core::Status printed =
        arguments.has("--json") ? printJson(**file, output) : printText(**file, output);
    return printed ? kDone : output.fail(printed.error());
}

}  // namespace

const Command& infoCommand() {
    static const Command command{
        {"info", {"FILE"}, {{"--json", {}, "as a JSON object on one line"}}},
        "Tells the size and kind of a file, how it is mapped, where it has data and holes.",
        "JSON: {\"path\", \"size\", \"kind\", \"mapping\", \"extents\": [{\"kind\", \"offset\",\n"
        "\"length\"}, ...]}. Kind of a file: regular file, block device; of an extent: data, hole,\n"
        "gap (in the memory of a process). Mapping: whole, windows, not mapped (read instead), read\n"
        "into memory, process memory. What of a path is not UTF-8 becomes U+FFFD in JSON.\n",
        run};
    return command;
}

}  // namespace octavo::cli
