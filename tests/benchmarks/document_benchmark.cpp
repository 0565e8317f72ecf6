// A whole edit of a document - pieces, change set, history, tracked positions - in a file of 1 TiB.
//
//   edits        a million random overwrites, insertions and deletions: median_ns of one edit (of
//                blocks of a hundred); undo_bytes, the history an edit
//   held         the same with a new snapshot held at each edit
//   map_insert   the yardstick: as many random keys into a std::map
//   undo         all of it back again, step by step
//   replace_all  a hundred thousand places at once, one step
#include "core/document/document.h"
#include "tests/support/test_folder.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <random>

#include <benchmark/benchmark.h>
#include <unistd.h>

using namespace octavo::core;
using octavo::test::TestFolder;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kEdits = 1000000;
constexpr std::size_t kBlock = 100;
constexpr Offset kTebibyte = Offset{1} << 40;

/// A sparse file of 1 TiB, open.
class Setting {
public:
    Setting() {
        const std::string path = folder_.write("file", {});
        if (::truncate(path.c_str(), kTebibyte) == 0)
            document_ = *Document::open(systemFileSystem(), path);
    }
    Document* document() { return document_.get(); }

    void edit() {
        const std::uint64_t dice = engine_();
        const auto at =
            static_cast<Offset>(engine_() % static_cast<std::uint64_t>(document_->length() - 64));
        const auto count = static_cast<std::size_t>(1 + (dice >> 8U) % 16);
        const ByteSpan bytes(bytes_.data(), count);
        const auto length = static_cast<Offset>(count);
        switch (dice % 3) {
        case 0:
            benchmark::DoNotOptimize(document_->overwrite(at, bytes).ok());
            break;
        case 1:
            benchmark::DoNotOptimize(document_->insert(at, bytes).ok());
            break;
        default:
            benchmark::DoNotOptimize(document_->erase({at, length}).ok());
            break;
        }
    }

private:
    TestFolder folder_;
    std::unique_ptr<Document> document_;
    std::mt19937_64 engine_{1};
    std::array<Byte, 16> bytes_{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
};

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Runs `edit` kEdits times and returns the median of the blocks, in nanoseconds an edit.
template <typename Edit>
double medianOf(Edit edit) {
    std::vector<double> blocks;
    for (std::size_t i = 0; i < kEdits; i += kBlock) {
        const Clock::time_point start = Clock::now();
        for (std::size_t k = 0; k < kBlock; ++k)
            edit();
        const std::chrono::duration<double, std::nano> took = Clock::now() - start;
        blocks.push_back(took.count() / static_cast<double>(kBlock));
    }
    return median(blocks);
}

void edits(benchmark::State& state) {
    for (auto _ : state) {
        Setting setting;
        if (setting.document() == nullptr)
            return state.SkipWithError("no file of 1 TiB here");
        state.counters["median_ns"] = medianOf([&] { setting.edit(); });
        state.counters["undo_bytes"] =
            static_cast<double>(setting.document()->history().memory()) / kEdits;
        state.counters["pieces"] =
            static_cast<double>(setting.document()->snapshot().tree().pieceCount());
    }
}

void held(benchmark::State& state) {
    for (auto _ : state) {
        Setting setting;
        if (setting.document() == nullptr)
            return state.SkipWithError("no file of 1 TiB here");
        Snapshot snapshot;
        state.counters["median_ns"] = medianOf([&] {
            snapshot = setting.document()->snapshot();
            setting.edit();
        });
    }
}

void mapInsert(benchmark::State& state) {
    for (auto _ : state) {
        std::map<std::uint64_t, std::uint64_t> map;
        std::mt19937_64 engine(1);
        state.counters["median_ns"] = medianOf([&] { map[engine()] = 1; });
    }
}

void undo(benchmark::State& state) {
    for (auto _ : state) {
        Setting setting;
        if (setting.document() == nullptr)
            return state.SkipWithError("no file of 1 TiB here");
        for (std::size_t i = 0; i < kEdits; ++i)
            setting.edit();
        state.counters["median_ns"] =
            medianOf([&] { benchmark::DoNotOptimize(setting.document()->undo().ok()); });
    }
}

void replaceAll(benchmark::State& state) {
    constexpr std::size_t kPlaces = 100000;
    for (auto _ : state) {
        Setting setting;
        if (setting.document() == nullptr)
            return state.SkipWithError("no file of 1 TiB here");
        std::vector<Extent> extents;
        for (std::size_t i = 0; i < kPlaces; ++i)
            extents.push_back({static_cast<Offset>(i) * 4096, 4});
        static constexpr std::array<Byte, 7> kNew{1, 2, 3, 4, 5, 6, 7};
        const Content content = Content::bytes(kNew);
        const Clock::time_point start = Clock::now();
        benchmark::DoNotOptimize(setting.document()->replaceMany(extents, content).ok());
        const std::chrono::duration<double, std::nano> took = Clock::now() - start;
        state.counters["place_ns"] = took.count() / static_cast<double>(kPlaces);
    }
}

}  // namespace

BENCHMARK(edits)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(held)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(mapInsert)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(undo)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(replaceAll)->Iterations(1)->Unit(benchmark::kMillisecond);
