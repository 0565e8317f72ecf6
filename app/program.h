// The program octavo behind its main(): reads the command line, opens windows, takes the picture,
// ends.
//
// Thread rule: GUI thread.
#pragma once

namespace octavo::app {

/// Returns the exit status: 0, 1 where the picture could not be taken, 2 for a bad command line.
int runProgram(int& argc, char** argv);

}  // namespace octavo::app
