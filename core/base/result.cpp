#include "core/base/result.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace octavo::core {

namespace {

std::string describe(int systemError) {
    std::array<char, 256> buffer{};
    // The GNU form may answer with a static string of its own instead of filling the buffer.
    return ::strerror_r(systemError, buffer.data(), buffer.size());
}

}  // namespace

std::string Error::message() const {
    std::string line = operation;
    if (!path.empty())
        line += (line.empty() ? "" : " ") + printable(path);
    if (!line.empty())
        line += ": ";
    return line + reason;
}

bool Error::isMissing() const {
    return systemError == ENOENT || systemError == ENOTDIR;
}

Error Error::fromSystem(std::string_view operation, std::string_view path, int systemError) {
    return {ErrorCode::System, std::string(operation), std::string(path), systemError,
            describe(systemError)};
}

Error Error::invalid(std::string_view operation, std::string_view reason) {
    return {ErrorCode::InvalidArgument, std::string(operation), {}, 0, std::string(reason)};
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\\') {
            out += "\\\\";
        } else if (code < 0x20 || code == 0x7F) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\x%02X", code);
            out += escape.data();
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace octavo::core
