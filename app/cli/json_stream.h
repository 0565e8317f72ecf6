// Puts out JSON as it comes, so that the number of results is not bound by memory.
//
// Text that is not UTF-8 (file names can be anything) goes out with U+FFFD in place of what is
// wrong. One line without blanks.
#pragma once

#include "app/cli/output.h"
#include "core/base/types.h"

#include <string_view>
#include <vector>

namespace octavo::cli {

class JsonStream {
public:
    explicit JsonStream(Output& output) : output_(output) {}

    void beginObject() { begin('{', '}'); }
    void beginArray() { begin('[', ']'); }
    /// Ends what was begun last; the line too, where that was the first.
    void end();
    /// The name of the member that follows; only in an object.
    void key(std::string_view name);
    void value(std::string_view text);
    void value(core::Offset number);
    /// true or false. No overload of value(), which text would convert to.
    void flag(bool isTrue);

    /// {"offset": ..., "length": ...} as the next value.
    void value(core::Extent extent);

private:
    void begin(char opening, char closing);
    void separate();

    Output& output_;
    std::vector<char> closing_;
    bool needsComma_ = false;
};

}  // namespace octavo::cli
