#include "ui/changes/change_patch.h"

#include "ui/changes/change_bytes.h"
#include "ui/panels/number_text.h"

#include <string_view>

namespace octavo::ui {

using core::Content;
using core::Offset;

namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

/// " 41 42", read in one go.
void appendHex(std::string& text, const Content& content) {
    for (const Content::Run& run : content.runs()) {
        core::Bytes bytes(static_cast<std::size_t>(run.length));
        core::Unreadable unreadable;
        run.source->read(run.start, bytes, 0, unreadable);
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            text += ' ';
            if (unreadable.contains(static_cast<Offset>(at))) {
                text += "??";
                continue;
            }
            text += kDigits[bytes[at] >> 4U];
            text += kDigits[bytes[at] & 0xFU];
        }
    }
}

}  // namespace

std::string patchText(const ChangeRows& all, const std::vector<PatchLine>& lines,
                      core::Progress& progress) {
    Offset total = 0;
    for (const PatchLine& line : lines) {
        total += line.row.change.before.length + line.row.content;
    }
    progress.setTotal(total);
    std::string text;
    for (const auto& [row, switchedOff] : lines) {
        if (progress.isCancelled()) {
            break;
        }
        text += offsetText(row.change.before.offset.value).toStdString() + ':';
        appendHex(text, contentBefore(all, row, core::kMaxLength));
        text += " ->";
        appendHex(text, row.change.isOff ? switchedOff : contentAfter(all, row, core::kMaxLength));
        text += row.change.isOff ? "  (off)\n" : "\n";
        progress.addDone(row.change.before.length + row.content);
    }
    return text;
}

}  // namespace octavo::ui
