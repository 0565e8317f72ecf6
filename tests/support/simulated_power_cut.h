// What a power cut may leave of a simulated disk.
//
// Of all that is not lasting (see simulated_disk.h) each part is kept, dropped or torn: names,
// places of blocks, attributes, and of every block each sector. Where few combinations exist,
// powerCuts() gives all of them, with one of the many ways in which a block can be torn; else some
// that are drawn, among them nothing at all, everything, and what a journal leaves that writes all
// changes of names and places in their order.
// Thread rule: plain functions.
#pragma once

#include "tests/support/simulated_disk.h"

#include <cstdint>
#include <string>
#include <vector>

namespace octavo::test {

struct PowerCutOptions {
    std::uint64_t seed = 1;
    int most = 32;  ///< how many to draw where there are more
    /// The names of a folder change in the order in which that was asked for, as on every file
    /// system with a journal; else each change of a name comes or goes by itself.
    bool namesInOrder = true;
};

struct PowerCut {
    SimulatedDisk disk;  ///< as it is found when the power is back: all of it certain
    std::string how;     ///< the choices, to print: the seed and number, or the combination
};

std::vector<PowerCut> powerCuts(const SimulatedDisk& disk, const PowerCutOptions& options);

}  // namespace octavo::test
