#include "app/cli/json_stream.h"

#include <nlohmann/json.hpp>
#include <string>

namespace octavo::cli {

namespace {

std::string quoted(std::string_view text) {
    using nlohmann::json;
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

void JsonStream::separate() {
    if (needsComma_) {
        output_.write(",");
    }
    needsComma_ = true;
}

void JsonStream::begin(char opening, char closing) {
    separate();
    output_.write({&opening, 1});
    closing_.push_back(closing);
    needsComma_ = false;
}

void JsonStream::end() {
    output_.write({&closing_.back(), 1});
    closing_.pop_back();
    needsComma_ = true;
    if (closing_.empty()) {
        output_.write("\n");
    }
}

void JsonStream::key(std::string_view name) {
    separate();
    output_.write(quoted(name));
    output_.write(":");
    needsComma_ = false;
}

void JsonStream::value(std::string_view text) {
    separate();
    output_.write(quoted(text));
}

void JsonStream::value(core::Offset number) {
    separate();
    output_.write(std::to_string(number));
}

void JsonStream::flag(bool isTrue) {
    separate();
    output_.write(isTrue ? "true" : "false");
}

void JsonStream::value(core::Extent extent) {
    beginObject();
    key("offset");
    value(extent.offset);
    key("length");
    value(extent.length);
    end();
}

}  // namespace octavo::cli
