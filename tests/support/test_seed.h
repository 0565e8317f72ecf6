#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <cstdint>
#include <random>
#include <vector>

namespace octavo::test {

/// The seed that every run repeats, so that a change that breaks it breaks for everybody.
inline constexpr std::uint64_t kFixedSeed = 0x0C7A0;

/// The fresh seed of this run: OCTAVO_TEST_SEED (decimal or 0x-hexadecimal; `./dev test` sets it
/// once for all tests and prints it) or, without it, a random number. The same at every call.
inline std::uint64_t freshSeed() {
    static const std::uint64_t seed = [] {
        bool valid = false;
        const std::uint64_t given = qgetenv("OCTAVO_TEST_SEED").toULongLong(&valid, 0);
        if (valid && given != 0) {
            return given;
        }
        std::random_device device;
        return (std::uint64_t{device()} << 32U) | device();
    }();
    return seed;
}

/// The seeds a randomised test runs with: the fixed one and the fresh one. Prints both, so that a
/// failure can be repeated with OCTAVO_TEST_SEED.
inline std::vector<std::uint64_t> testSeeds() {
    const std::vector<std::uint64_t> seeds{kFixedSeed, freshSeed()};
    for (const std::uint64_t seed : seeds) {
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
    }
    return seeds;
}

/// By how much to multiply the number of random operations: 20 with OCTAVO_TEST_SCALE=full
/// (`./dev test --full`), 1 otherwise.
inline int testScale() {
    return qgetenv("OCTAVO_TEST_SCALE") == "full" ? 20 : 1;
}

}  // namespace octavo::test
