#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <algorithm>
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

/// How many random operations there are to be where `usual` are usual: twenty times as many with
/// OCTAVO_TEST_SCALE=full (`./dev test --full`), a part of them under a sanitizer, which takes that
/// much longer for each. The fresh seed makes others of them each time.
inline int scaled(int usual) {
    if (qgetenv("OCTAVO_TEST_SCALE") == "full") {
        return 20 * usual;
    }
#if defined(__SANITIZE_THREAD__)
    return std::max(1, usual / 4);
#elif defined(__SANITIZE_ADDRESS__)
    return std::max(1, usual / 2);
#else
    return usual;
#endif
}

}  // namespace octavo::test
