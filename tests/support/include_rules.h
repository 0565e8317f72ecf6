#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace octavo::test {

/// Source files by path from the root ("core/file/mapped_file.h"), with their text.
using SourceTree = QMap<QString, QString>;

/// Reads the C++ files of the layers core, ui and app below `root`.
SourceTree readSources(const QString& root);

/// The includes of `tree` that run against the layers, one sentence each ("FILE:LINE: includes
/// TARGET: reason"), in the order of files and lines. The rules:
/// - core <- ui <- app; app/cli sees only core and itself, and nobody sees app/cli;
/// - inside core a folder sees itself and those that include_rules.cpp grants it;
/// - no Qt in core and app/cli;
/// - headers of the system in core/file/posix alone, of all of core;
/// - own headers are written from the root, so that the line shows the layer.
QStringList includeViolations(const SourceTree& tree);

}  // namespace octavo::test
