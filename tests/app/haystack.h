// What the tests of searching search.
#pragma once

#include <QByteArray>

namespace octavo::test {

/// Ten kilobytes of dots with "needle" at 100, 5,000 and 9,994 (the very end).
inline QByteArray haystack() {
    QByteArray bytes(10'000, '.');
    for (const int at : {100, 5'000, 9'994})
        bytes.replace(at, 6, "needle");
    return bytes;
}

}  // namespace octavo::test
