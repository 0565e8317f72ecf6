// What the program was asked to do.
//
//   octavo [--goto OFFSET] [--read-only] [--theme light|dark|auto]
//          [--shot OUT.png [--size WxH] [--scale N]] [FILE...]
//
// A colon belongs to the name; what follows "--" is names only.
// Thread rule: plain value.
#pragma once

#include "app/settings.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace octavo::app {

struct CommandLine {
    std::vector<std::string> files;  ///< any bytes
    QString goTo;                    ///< an expression as in the Go to bar; may be empty
    bool readOnly = false;
    std::optional<ThemeChoice> theme;
    QString shot;  ///< the picture to write; empty where none is wanted
    QSize shotSize;

    bool helpWanted = false;
    bool versionWanted = false;
    QString text;   ///< of the help or the version
    QString fault;  ///< one line, empty where all was understood
};

/// `arguments` without the program's name, made by textFromPath().
CommandLine parseCommandLine(const QStringList& arguments);

/// The number behind the last --scale, which Qt wants to know before the program begins; nothing
/// where it is not one from 0.5 to 8, which is a fault of the command line.
std::optional<double> scaleArgument(int argc, char** argv);

}  // namespace octavo::app
