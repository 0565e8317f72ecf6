// Searches for every match where there are very many, and replacing them.
//
//   sum/...      an AVX2 loop over the same bytes: what the machine can do
//   zeros/...    a needle of 63 zeros with a one in the middle, in zeros
//   list/...     every match into a HitStore; the label is their number and the store's MiB
//   store/...    a hundred million hits into a HitStore, and into a plain vector
//   replace/...  a million matches found and replaced as one step; the label is the peak of the
//                process's memory above what it had before, in MiB
#include "core/content/add_buffer.h"
#include "core/document/document.h"
#include "core/search/find.h"
#include "core/search/hit_store.h"
#include "core/search/replace_all.h"
#include "core/search/replacement_query.h"
#include "core/search/search_query.h"
#include "tests/support/snapshot_builder.h"

#include <chrono>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <immintrin.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr std::size_t kLength = std::size_t{1} << 29U;

__attribute__((target("avx2"))) std::uint64_t sum(const Bytes& bytes) {
    __m256i total = _mm256_setzero_si256();
    for (std::size_t i = 0; i + 32 <= bytes.size(); i += 32) {
        const __m256i some = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(&bytes[i]));
        total = _mm256_add_epi64(total, _mm256_sad_epu8(some, _mm256_setzero_si256()));
    }
    alignas(32) std::uint64_t parts[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(parts), total);
    return parts[0] + parts[1] + parts[2] + parts[3];
}

const Bytes& zeros() {
    static const Bytes bytes(kLength, 0);
    return bytes;
}

const Snapshot& snapshotOfZeros() {
    static const Snapshot snapshot = snapshotOf(ByteSpan(zeros()), kMaxLength);
    return snapshot;
}

const Snapshot& snapshotOfRandom() {
    static const Snapshot snapshot = [] {
        Bytes bytes(kLength / 2);
        std::mt19937_64 engine(1);
        for (Byte& byte : bytes)
            byte = static_cast<Byte>(engine());
        return snapshotOf(ByteSpan(bytes), kMaxLength);
    }();
    return snapshot;
}

SearchQuery hex(const std::string& text) {
    SearchQuery query;
    query.text = text;
    return query;
}

void sumZeros(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(sum(zeros()));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kLength));
}

void listInto(benchmark::State& state, const Snapshot& snapshot, const std::string& pattern,
              unsigned threads) {
    const auto finder = makeFinder(hex(pattern));
    std::string label;
    for (auto _ : state) {
        HitStore store;
        Progress progress;
        const auto outcome =
            findAll(snapshot, **finder, {0, snapshot.length()}, progress,
                    [&](const Hit& hit) { return store.add(hit); }, {.threads = threads});
        if (!outcome || outcome->stoppedAt) {
            state.SkipWithError("the search was given up");
            return;
        }
        label = std::to_string(store.size()) + ", " + std::to_string(store.memory() >> 20U);
    }
    state.SetBytesProcessed(state.iterations() * snapshot.length());
    state.SetLabel(label);
}

void zerosWithAOne(benchmark::State& state) {
    std::string needle;
    for (int i = 0; i < 63; ++i)
        needle += i == 31 ? "01 " : "00 ";
    listInto(state, snapshotOfZeros(), needle, static_cast<unsigned>(state.range(0)));
}

void fourZeros(benchmark::State& state) {
    listInto(state, snapshotOfZeros(), "00 00 00 00", static_cast<unsigned>(state.range(0)));
}

void oneOfEight(benchmark::State& state) {
    listInto(state, snapshotOfRandom(), "[00-1F]", static_cast<unsigned>(state.range(0)));
}

void oneOf256(benchmark::State& state) {
    listInto(state, snapshotOfRandom(), "A7", static_cast<unsigned>(state.range(0)));
}

template <typename Add>
void addMany(Add add) {
    std::uint64_t number = 1;
    Offset offset = 0;
    for (int i = 0; i < 100'000'000; ++i) {
        number = number * 6364136223846793005U + 1442695040888963407U;
        offset += 3 + static_cast<Offset>(number >> 52U);
        add(Hit{offset, 3});
    }
}

void intoStore(benchmark::State& state) {
    std::size_t memory = 0;
    for (auto _ : state) {
        HitStore store;
        addMany([&](const Hit& hit) { store.add(hit); });
        memory = store.memory();
    }
    state.SetLabel(std::to_string(memory >> 20U) + " MiB");
}

void intoVector(benchmark::State& state) {
    std::size_t memory = 0;
    for (auto _ : state) {
        std::vector<Hit> hits;
        addMany([&](const Hit& hit) { hits.push_back(hit); });
        memory = hits.capacity() * sizeof(Hit);
    }
    state.SetLabel(std::to_string(memory >> 20U) + " MiB");
}

/// Peak or present memory of the process, in MiB.
long memoryOf(const char* name) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        long kib = 0;
        if (word == name && status >> kib)
            return kib >> 10;
    }
    return 0;
}

void replaceMillion(benchmark::State& state, const char* with) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i)
        text += "a needle in hay ";
    const ByteSpan bytes(reinterpret_cast<const Byte*>(text.data()), text.size());
    SearchQuery query;
    query.kind = SearchKind::Text;
    query.text = "needle";
    long peak = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const auto document = Document::untitled();
        if (!document->insert(0, bytes))
            state.SkipWithError("no document");
        std::ofstream("/proc/self/clear_refs") << 5;
        const long before = memoryOf("VmRSS:");
        state.ResumeTiming();
        ReplaceAll found(document->snapshot(), query, {0, document->length()},
                         *makeReplacement(query, with, false), {.find = {.threads = 0}});
        Progress progress;
        std::vector<Document::Replacement> replacements;
        if (found.run(progress)) {
            for (std::size_t i = 0; i < found.size(); ++i)
                replacements.push_back({found.extent(i), found.bytes(i)});
        }
        if (replacements.size() != 1'000'000 || !document->replaceMany(replacements))
            state.SkipWithError("not replaced");
        peak = memoryOf("VmHWM:") - before;
        state.PauseTiming();
        const auto start = std::chrono::steady_clock::now();
        if (!document->undo())
            state.SkipWithError("not undone");
        const std::chrono::duration<double> undo = std::chrono::steady_clock::now() - start;
        state.counters["undo_s"] = undo.count();
        state.ResumeTiming();
    }
    state.SetLabel(std::to_string(peak) + " MiB");
}

}  // namespace

BENCHMARK(sumZeros)->Name("sum/zeros")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(zerosWithAOne)
    ->Name("zeros/one between")
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(fourZeros)
    ->Name("list/four zeros in zeros")
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(oneOfEight)
    ->Name("list/every eighth byte")
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(oneOf256)
    ->Name("list/one byte of 256")
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(intoStore)->Name("store/packed")->Unit(benchmark::kMillisecond);
BENCHMARK(intoVector)->Name("store/vector")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(replaceMillion, longer, "haystack")
    ->Name("replace/longer")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(replaceMillion, same, "thread")
    ->Name("replace/same length")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
