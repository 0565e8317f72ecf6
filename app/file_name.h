// File names as the system has them (any bytes) and as text.
//
// Bytes that are not UTF-8 travel through text as lone surrogates U+DC80 to U+DCFF, so that a name
// comes back as it was, whatever it is.
// Thread rule: any thread; pure functions.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace octavo::app {

/// Text that pathFromText() turns back into the same bytes. Not for showing.
QString textFromPath(std::string_view path);
std::string pathFromText(const QString& text);

/// What stands behind the last slash.
std::string_view lastPart(std::string_view path);

/// For showing: one line, control characters and bytes that are no text as escapes.
QString displayPath(const std::string& path);
/// The last part of the path, for showing.
QString displayName(const std::string& path);
/// The folder of the path, for showing.
QString displayFolder(const std::string& path);

}  // namespace octavo::app
