// The search, against glibc's memmem over the same bytes: the figure to look at is the ratio of
// the bytes_per_second of find and memmem of the same row.
#include "core/content/add_buffer.h"
#include "core/search/matcher.h"
#include "tests/support/find_bytes.h"
#include "tests/support/snapshot_builder.h"

#include <cstring>
#include <random>
#include <string>

#include <benchmark/benchmark.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr std::size_t kLength = std::size_t{256} << 20;

enum Data { Random, Text, Zeros };

const Bytes& bytesOf(Data data) {
    static const auto make = [](Data which) {
        std::mt19937_64 engine(1);
        const std::string_view letters = "eeeetttaaooinnsshhrrdlu  ,.\n";
        Bytes bytes(kLength);
        for (std::size_t i = 0; i < bytes.size() && which != Zeros; ++i) {
            const std::uint64_t number = engine();
            bytes[i] = which == Random ? static_cast<Byte>(number)
                                       : static_cast<Byte>(letters[number % letters.size()]);
        }
        return bytes;
    };
    static const Bytes all[] = {make(Random), make(Text), make(Zeros)};
    return all[data];
}

const Snapshot& snapshotOf(Data data) {
    static const Snapshot all[] = {
        octavo::test::snapshotOf(bytesOf(Random), kMaxLength),
        octavo::test::snapshotOf(bytesOf(Text), kMaxLength),
        octavo::test::snapshotOf(bytesOf(Zeros), kMaxLength),
    };
    return all[data];
}

constexpr const char* kLiteral8 = "6f 63 74 61 76 6f 21 7e";
constexpr const char* kLiteral16 = "6f 63 74 61 76 6f 21 7e 6f 63 74 61 76 6f 21 7f";
constexpr const char* kMasked = "6f 63 ?? 6? ?6 6f 21 7e";
constexpr const char* kCommon16 = "65 74 61 6f 69 6e 73 68 72 64 6c 75 65 74 61 6f";
constexpr const char* kZerosThenOne = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01";
constexpr const char* kOneInZeros = "00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00";

void setBytes(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kLength));
}

void find(benchmark::State& state, Data data, const char* hex, bool backward) {
    const Snapshot& snapshot = snapshotOf(data);
    const Pattern pattern = *Pattern::fromHex(hex);
    for (auto _ : state) {
        Progress progress;
        auto outcome = findFirst(snapshot, pattern, {0, snapshot.length()}, backward, progress);
        if (!outcome || outcome->match) {
            state.SkipWithError("the pattern must be absent");
            return;
        }
    }
    setBytes(state);
}

void match(benchmark::State& state, Data data, const char* hex) {
    const Bytes& bytes = bytesOf(data);
    Matcher matcher(*Pattern::fromHex(hex));
    matcher.tune(bytes);
    for (auto _ : state) {
        if (matcher.first(bytes)) {
            state.SkipWithError("the pattern must be absent");
            return;
        }
    }
    setBytes(state);
}

void memmemOver(benchmark::State& state, Data data, const char* hex) {
    const Bytes& bytes = bytesOf(data);
    const Pattern pattern = *Pattern::fromHex(hex);
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            ::memmem(bytes.data(), bytes.size(), pattern.bytes().data(), pattern.bytes().size()));
    }
    setBytes(state);
}

void copy(benchmark::State& state) {
    const Snapshot& snapshot = snapshotOf(Random);
    Bytes chunk(std::size_t{1} << 20);
    for (auto _ : state) {
        for (Offset at = 0; at < snapshot.length(); at += static_cast<Offset>(chunk.size())) {
            benchmark::DoNotOptimize(snapshot.read(at, chunk));
        }
    }
    setBytes(state);
}

}  // namespace

BENCHMARK(copy)->Name("read alone");

BENCHMARK_CAPTURE(find, random_8, Random, kLiteral8, false);
BENCHMARK_CAPTURE(find, random_8_backward, Random, kLiteral8, true);
BENCHMARK_CAPTURE(match, random_8, Random, kLiteral8);
BENCHMARK_CAPTURE(memmemOver, random_8, Random, kLiteral8);

BENCHMARK_CAPTURE(find, random_16, Random, kLiteral16, false);
BENCHMARK_CAPTURE(match, random_16, Random, kLiteral16);
BENCHMARK_CAPTURE(memmemOver, random_16, Random, kLiteral16);

// A masked pattern is compared with memmem for a literal of the same length.
BENCHMARK_CAPTURE(find, random_masked, Random, kMasked, false);
BENCHMARK_CAPTURE(match, random_masked, Random, kMasked);

BENCHMARK_CAPTURE(find, text_16, Text, kCommon16, false);
BENCHMARK_CAPTURE(match, text_16, Text, kCommon16);
BENCHMARK_CAPTURE(memmemOver, text_16, Text, kCommon16);

BENCHMARK_CAPTURE(find, zeros_then_one, Zeros, kZerosThenOne, false);
BENCHMARK_CAPTURE(find, zeros_one_between, Zeros, kOneInZeros, false);
BENCHMARK_CAPTURE(find, zeros_one_between_backward, Zeros, kOneInZeros, true);
BENCHMARK_CAPTURE(memmemOver, zeros_then_one, Zeros, kZerosThenOne);
BENCHMARK_CAPTURE(memmemOver, zeros_one_between, Zeros, kOneInZeros);
