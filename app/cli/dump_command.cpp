#include "app/cli/dump_command.h"

#include "app/cli/recovery_note.h"
#include "app/cli/unreadable_error.h"
#include "core/base/hex_rows.h"
#include "core/file/mapped_file.h"
#include "core/save/recover_save.h"

#include <algorithm>
#include <string>

namespace octavo::cli {

using core::Offset;
using core::Result;

namespace {

// Bytes read at a time; the rows are four and a half times as long.
constexpr Offset kBlock = Offset{256} << 10;

core::Extent requestedPart(Offset from, Offset length, Offset fileLength) {
    const Offset offset = std::min(from, fileLength);
    return {offset, std::min(length, fileLength - offset)};
}

int dump(const core::MappedFile& file, core::Extent part, Output& output) {
    core::Bytes bytes;
    std::string rows;
    core::Unreadable unreadable;
    for (Offset at = part.offset; at < part.end();) {
        bytes.resize(static_cast<std::size_t>(std::min(kBlock, part.end() - at)));
        const auto count = static_cast<Offset>(bytes.size());
        core::Unreadable here;
        if (file.holeLength({at}) >= count) {
            // Some file systems make pages for a hole that is read.
            std::ranges::fill(bytes, core::Byte{0});
        } else {
            file.read({at}, bytes, at, here);
        }
        rows.clear();
        core::appendHexRows(rows, at, bytes, here);
        if (!output.write(rows)) {
            return kFailed;
        }
        for (const core::Extent& extent : here.extents()) {
            unreadable.add(extent);
        }
        at += count;
    }
    if (!unreadable.isEmpty()) {
        return output.fail(unreadableError("read", file.path(), unreadable));
    }
    return kDone;
}

int run(const Arguments& arguments, Output& output) {
    const Result<Offset> from = arguments.number("--offset", 0);
    if (!from) {
        return output.fail(from.error());
    }
    const Result<Offset> length = arguments.number("--length", core::kMaxLength);
    if (!length) {
        return output.fail(length.error());
    }
    core::SaveRecovery recovery;
    const auto file =
        core::openRecovered(core::systemFileSystem(), arguments.operand(0), {}, &recovery);
    if (!file) {
        return output.fail(file.error());
    }
    tell(recovery, arguments.operand(0), output);
    return dump(**file, requestedPart(*from, *length, (*file)->length()), output);
}

}  // namespace

const Command& dumpCommand() {
    static const Command command{
        {"dump",
         {"FILE"},
         {{"--offset", "O", "begin at this offset (0)"},
          {"--length", "N", "stop after as many bytes (at the end of the file)"}}},
        "Shows bytes in hexadecimal and as text, in the layout of xxd.",
        "Bytes that cannot be read are shown as ??, and rows without any readable byte are left\n"
        "out; one line on standard error names them, and the exit status is 2.\n",
        run};
    return command;
}

}  // namespace octavo::cli
