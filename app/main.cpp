#include "app/program.h"

int main(int argc, char** argv) {
    return octavo::app::runProgram(argc, argv);
}
