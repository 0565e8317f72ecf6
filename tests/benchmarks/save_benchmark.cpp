// Saving, as ratios to the bare system calls and to cp, on each file system that can be mounted
// (in a file of the current folder's disk) and on the current folder's own ("here").
//
//   BM_Bare...   sorted pwrites of the same bytes and one fdatasync
//   BM_Flush...  the document's flush: journal, sync, write, sync
//   BM_Copy      cp --reflink=never --sparse=never and a sync
//   BM_Insert... bytes at the front of the file, by the strategy that is taken by default
//
// "written" is what the process gave to write calls, in KiB. OCTAVO_BENCHMARK_GIB is the size of
// the file (1). The files are real, not sparse.
#include "core/document/document.h"
#include "tests/support/loop_mount.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kGiB = Offset{1} << 30;

Offset fileSize() {
    const char* given = std::getenv("OCTAVO_BENCHMARK_GIB");
    return kGiB * (given == nullptr ? 1 : std::max(1, std::atoi(given)));
}

/// Where a benchmark works: a mounted file system, or the current folder.
class Ground {
public:
    explicit Ground(const std::string& kind) {
        if (kind != "here")
            mount_ =
                std::make_unique<LoopMount>(QString::fromStdString(kind), 3 * fileSize() + kGiB);
        folder_ = mount_ ? mount_->folder() : std::string(".");
        if (mount_ && !mount_->isMounted())
            return;
        path_ = folder_ + "/octavo-benchmark.bin";
        const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        std::vector<std::uint64_t> block(std::size_t{1} << 17);
        std::mt19937_64 random(7);
        std::ranges::generate(block, random);
        for (Offset at = 0; at < fileSize(); at += kGiB >> 10) {
            block[0] = random();  // so that nothing is the same as what stands elsewhere
            isGood_ = ::write(file, block.data(), block.size() * 8) > 0;
        }
        ::fsync(file);
        ::close(file);
    }
    ~Ground() {
        ::unlink(path_.c_str());
        ::unlink((path_ + ".copy").c_str());
    }

    bool isGood() const { return isGood_; }
    const std::string& path() const { return path_; }

private:
    std::unique_ptr<LoopMount> mount_;
    std::string folder_;
    std::string path_;
    bool isGood_ = false;
};

/// One file system at a time, since each takes its room.
Ground& ground(const std::string& kind) {
    static std::string made;
    static std::unique_ptr<Ground> current;
    if (made != kind) {
        current.reset();
        current = std::make_unique<Ground>(kind);
        made = kind;
    }
    return *current;
}

std::int64_t written() {
    std::ifstream io("/proc/self/io");
    std::string name;
    std::int64_t value = 0;
    while (io >> name >> value) {
        if (name == "wchar:")
            return value;
    }
    return 0;
}

std::vector<Offset> places(std::uint64_t seed, int count) {
    std::mt19937_64 random(seed);
    std::vector<Offset> places(static_cast<std::size_t>(count));
    for (Offset& at : places)
        at = static_cast<Offset>(random() % static_cast<std::uint64_t>(fileSize()));
    std::ranges::sort(places);
    return places;
}

void count(benchmark::State& state, std::int64_t before) {
    state.counters["written"] = benchmark::Counter(static_cast<double>(written() - before) / 1024,
                                                   benchmark::Counter::kAvgIterations);
}

void bare(benchmark::State& state, const std::string& kind, int bytes) {
    Ground& here = ground(kind);
    if (!here.isGood())
        return state.SkipWithError("not to be had here");
    const int file = ::open(here.path().c_str(), O_RDWR | O_CLOEXEC);
    std::uint64_t seed = 1;
    const std::int64_t before = written();
    for (auto _ : state) {
        state.PauseTiming();
        const std::vector<Offset> all = places(seed, bytes);
        const char value = static_cast<char>(++seed);
        state.ResumeTiming();
        for (const Offset at : all)
            benchmark::DoNotOptimize(::pwrite(file, &value, 1, at));
        ::fdatasync(file);
    }
    count(state, before);
    ::close(file);
}

bool flush(Document& document, SaveOptions options = {}) {
    const auto save = document.prepareFlush(options);
    Progress progress;
    if (!save || !(*save)->run(progress))
        return false;
    document.finishFlush(**save);
    return true;
}

void flushed(benchmark::State& state, const std::string& kind, int bytes) {
    Ground& here = ground(kind);
    if (!here.isGood())
        return state.SkipWithError("not to be had here");
    auto document = Document::open(systemFileSystem(), here.path());
    std::uint64_t seed = 1;
    const std::int64_t before = written();
    for (auto _ : state) {
        state.PauseTiming();
        const Byte value = static_cast<Byte>(++seed);
        for (const Offset at : places(seed - 1, bytes))
            (void)(*document)->overwrite(at, {&value, 1});
        state.ResumeTiming();
        if (!flush(**document))
            return state.SkipWithError("a flush failed");
    }
    count(state, before);
}

void copied(benchmark::State& state, const std::string& kind) {
    Ground& here = ground(kind);
    if (!here.isGood())
        return state.SkipWithError("not to be had here");
    const std::string copy = here.path() + ".copy";
    const std::string line = "cp --reflink=never --sparse=never '" + here.path() + "' '" + copy +
                             "' && sync '" + copy + "'";
    for (auto _ : state) {
        ::unlink(copy.c_str());
        if (std::system(line.c_str()) != 0)
            return state.SkipWithError("cp failed");
    }
    ::unlink(copy.c_str());
}

void inserted(benchmark::State& state, const std::string& kind, Offset bytes, SaveOptions options) {
    Ground& here = ground(kind);
    if (!here.isGood())
        return state.SkipWithError("not to be had here");
    const std::int64_t before = written();
    for (auto _ : state) {
        state.PauseTiming();
        auto document = Document::open(systemFileSystem(), here.path());
        (void)(*document)->insert(0, Bytes(static_cast<std::size_t>(bytes), Byte{'x'}));
        state.ResumeTiming();
        if (!flush(**document, options))
            return state.SkipWithError("a flush failed");
        state.PauseTiming();
        document->reset();
        state.ResumeTiming();
    }
    count(state, before);
}

void add(const std::string& name, int iterations, std::function<void(benchmark::State&)> run) {
    benchmark::RegisterBenchmark(name.c_str(), std::move(run))
        ->Iterations(iterations)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
}

const bool kRegistered = [] {
    for (const std::string kind : {"here", "ext4", "xfs", "btrfs"}) {
        for (const auto& [bytes, iterations] : {std::pair(1, 200), std::pair(10'000, 5)}) {
            const std::string row = "/" + kind + "/" + std::to_string(bytes);
            add("BM_BareBytes" + row, iterations, [=](auto& state) { bare(state, kind, bytes); });
            add("BM_FlushBytes" + row, iterations,
                [=](auto& state) { flushed(state, kind, bytes); });
        }
        add("BM_Copy/" + kind, 3, [=](auto& state) { copied(state, kind); });
        add("BM_InsertBlock/" + kind, 3, [=](auto& state) { inserted(state, kind, 4096, {}); });
        if (kind != "btrfs" && kind != "here")
            add("BM_InsertBlockByShift/" + kind, 3, [=](auto& state) {
                inserted(state, kind, 4096, {.strategy = SaveStrategy::Shift});
            });
        add("BM_InsertByte/" + kind, 3, [=](auto& state) { inserted(state, kind, 1, {}); });
    }
    return true;
}();

}  // namespace
