// Reading files through the engine, as ratios to what the machine can do.
//
//   BM_Sum...     an AVX2 loop over a fresh mapping, populated and dropped in windows
//   BM_Pread...   the same loop over 256 KiB plain reads
//   BM_Engine...  the same loop over what MappedFile gives
//   BM_Find...    every match of a query on so many threads; the label counts them
//   BM_Rg...      ripgrep for the same, where it is installed
//
// OCTAVO_BENCHMARK_FILE names a file of some GiB; without it one of 1 GiB is made. Cold rows drop
// the page cache of the file by posix_fadvise before each run.
#include "core/document/document.h"
#include "core/file/mapped_file.h"
#include "core/search/find.h"
#include "core/search/search_query.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <immintrin.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace octavo::core;

namespace {

__attribute__((target("avx2"))) std::uint64_t sum(const Byte* data, std::size_t size) {
    __m256i total = _mm256_setzero_si256();
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + i));
        total = _mm256_add_epi64(total, _mm256_sad_epu8(bytes, _mm256_setzero_si256()));
    }
    alignas(32) std::uint64_t parts[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(parts), total);
    std::uint64_t result = parts[0] + parts[1] + parts[2] + parts[3];
    for (; i < size; ++i)
        result += data[i];
    return result;
}

/// The file that is read, made once and removed at the end where it is ours.
class Subject {
public:
    Subject() {
        if (const char* given = std::getenv("OCTAVO_BENCHMARK_FILE")) {
            path_ = given;
            return;
        }
        path_ = "octavo-benchmark.bin";
        isOurs_ = true;
        const int descriptor =
            ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        std::vector<std::uint64_t> block(std::size_t{1} << 17);
        std::mt19937_64 engine(7);
        for (int i = 0; i < 1024; ++i) {
            std::ranges::generate(block, engine);
            if (::write(descriptor, block.data(), block.size() * 8) < 0)
                std::abort();
        }
        ::close(descriptor);
    }
    ~Subject() {
        if (isOurs_)
            ::unlink(path_.c_str());
    }
    const std::string& path() const { return path_; }
    Offset size() const {
        struct stat status {};
        ::stat(path_.c_str(), &status);
        return status.st_size;
    }
    void dropCache() const {
        const int descriptor = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
        ::fdatasync(descriptor);
        ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
        ::close(descriptor);
    }

private:
    std::string path_;
    bool isOurs_ = false;
};

const Subject& subject() {
    static const Subject theSubject;
    return theSubject;
}

template <typename Read>
void measure(benchmark::State& state, Read read) {
    const bool cold = state.range(0) != 0;
    (void)subject();
    for (auto _ : state) {
        if (cold) {
            state.PauseTiming();
            subject().dropCache();
            state.ResumeTiming();
        }
        benchmark::DoNotOptimize(read());
    }
    state.SetBytesProcessed(state.iterations() * subject().size());
    state.SetLabel(cold ? "cold" : "warm");
}

void BM_Sum(benchmark::State& state) {
    measure(state, [] {
        const int descriptor = ::open(subject().path().c_str(), O_RDONLY | O_CLOEXEC);
        const auto size = static_cast<std::size_t>(subject().size());
        auto* data =
            static_cast<Byte*>(::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0));
        std::uint64_t total = 0;
        constexpr std::size_t window = std::size_t{8} << 20;
        for (std::size_t at = 0; at < size; at += window) {
            const std::size_t count = std::min(window, size - at);
            ::madvise(data + at, count, MADV_POPULATE_READ);
            total += sum(data + at, count);
            ::madvise(data + at, count, MADV_DONTNEED);
        }
        ::munmap(data, size);
        ::close(descriptor);
        return total;
    });
}

/// The same on two threads, a half for each: how far the machine itself scales.
void BM_SumOnTwo(benchmark::State& state) {
    measure(state, [] {
        const int descriptor = ::open(subject().path().c_str(), O_RDONLY | O_CLOEXEC);
        const auto size = static_cast<std::size_t>(subject().size());
        auto* data =
            static_cast<Byte*>(::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0));
        constexpr std::size_t window = std::size_t{8} << 20;
        std::atomic<std::size_t> next = 0;
        std::atomic<std::uint64_t> total = 0;
        const auto work = [&] {
            for (std::size_t at = next.fetch_add(window); at < size; at = next.fetch_add(window)) {
                const std::size_t count = std::min(window, size - at);
                ::madvise(data + at, count, MADV_POPULATE_READ);
                total += sum(data + at, count);
                ::madvise(data + at, count, MADV_DONTNEED);
            }
        };
        std::thread other(work);
        work();
        other.join();
        ::munmap(data, size);
        ::close(descriptor);
        return total.load();
    });
}

void BM_Pread(benchmark::State& state) {
    measure(state, [] {
        const int descriptor = ::open(subject().path().c_str(), O_RDONLY | O_CLOEXEC);
        Bytes block(std::size_t{256} << 10);
        std::uint64_t total = 0;
        for (Offset at = 0;;) {
            const ssize_t got = ::pread(descriptor, block.data(), block.size(), at);
            if (got <= 0)
                break;
            total += sum(block.data(), static_cast<std::size_t>(got));
            at += got;
        }
        ::close(descriptor);
        return total;
    });
}

std::uint64_t sumByEngine(const MappedFile& file, std::size_t blockLength) {
    Bytes block(blockLength);
    std::uint64_t total = 0;
    Unreadable unreadable;
    for (Offset at = 0; at < file.length(); at += static_cast<Offset>(block.size())) {
        const auto count = static_cast<std::size_t>(
            std::min(static_cast<Offset>(block.size()), file.length() - at));
        file.read({at}, MutableByteSpan(block).first(count), at, unreadable);
        total += sum(block.data(), count);
    }
    return total;
}

void BM_Engine(benchmark::State& state) {
    measure(state, [] {
        const auto file = *MappedFile::open(systemFileSystem(), subject().path());
        return sumByEngine(*file, std::size_t{256} << 10);
    });
}

/// What the guard and the reader's protocol cost on the mapped path: blocks of 64 KiB copied out
/// of a mapping that stays, with (0) and without (1) the pin, the mark and the question for the
/// size.
void BM_MappedCopy(benchmark::State& state) {
    const bool plain = state.range(0) != 0;
    const auto file = *MappedFile::open(systemFileSystem(), subject().path());
    const Offset size = std::min<Offset>(file->length(), Offset{256} << 20);
    const int descriptor = ::open(subject().path().c_str(), O_RDONLY | O_CLOEXEC);
    auto* data = static_cast<const Byte*>(
        ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_SHARED, descriptor, 0));
    Bytes block(std::size_t{64} << 10);
    Unreadable unreadable;
    const auto pass = [&] {
        for (Offset at = 0; at < size; at += static_cast<Offset>(block.size())) {
            if (plain)
                std::memcpy(block.data(), data + at, block.size());
            else
                file->read({at}, block, at, unreadable);
            benchmark::DoNotOptimize(block.data());
        }
    };
    pass();  // the pages are mapped from here on
    for (auto _ : state)
        pass();
    ::munmap(const_cast<Byte*>(data), static_cast<std::size_t>(size));
    ::close(descriptor);
    state.SetBytesProcessed(state.iterations() * size);
    state.SetLabel(plain ? "plain memcpy" : "engine");
}

void BM_RandomReads(benchmark::State& state) {
    const auto file = *MappedFile::open(systemFileSystem(), subject().path());
    std::mt19937_64 engine(3);
    std::uniform_int_distribution<Offset> place(0, file->length() - 64);
    Bytes block(64);
    Unreadable unreadable;
    for (auto _ : state) {
        file->read({place(engine)}, block, 0, unreadable);
        benchmark::DoNotOptimize(block.data());
    }
    state.SetLabel("64 bytes each");
}

void BM_Open(benchmark::State& state) {
    const std::string path = "octavo-benchmark-sparse.bin";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (::ftruncate(descriptor, state.range(0)) != 0)
        state.SkipWithError("the file system takes no file of this size");
    for (auto _ : state)
        benchmark::DoNotOptimize(MappedFile::open(systemFileSystem(), path));
    ::close(descriptor);
    ::unlink(path.c_str());
}

struct Sought {
    const char* name;
    SearchQuery query;
    const char* rg;  // its options and pattern, or nothing
};

SearchQuery hex(const char* text) {
    return {.kind = SearchKind::Hex, .text = text};
}

SearchQuery expression(const char* text) {
    return {.kind = SearchKind::Regex, .text = text};
}

const std::vector<Sought>& sought() {
    static const std::string eight = "F7 3E 91 D2 11 22 9A 5C ";
    static const std::string manyOfEight = eight + eight + eight + eight;
    static const std::string sixtyFour = manyOfEight + manyOfEight;
    static const std::string sixteen = eight + eight;
    static const std::vector<Sought> all{
        {"literal2", hex("F7 3E"), nullptr},
        {"literal4", hex("F7 3E 91 D2"), nullptr},
        {"literal8", hex(eight.c_str()), nullptr},
        {"literal16", hex(sixteen.c_str()), nullptr},
        {"literal64", hex(sixtyFour.c_str()), nullptr},
        {"masked", hex("4D 5A ?? ?? 50 4? 99 98"), nullptr},
        {"text", {.kind = SearchKind::Text, .text = "Qzx7absent"}, "-F Qzx7absent"},
        {"elf", expression("\\x7fELF[\\x01\\x02][\\x01\\x02]"),
         "--no-unicode -o '\\x7fELF[\\x01\\x02][\\x01\\x02]'"},
        {"password", expression("(?i)password"), "--no-unicode -o '(?i)password'"},
        {"number", expression("[0-9]{3}-[0-9]{4}"), "--no-unicode -o '[0-9]{3}-[0-9]{4}'"},
        {"strings",
         {.kind = SearchKind::Strings, .text = {}, .leastCharacters = 12},
         "--no-unicode -o '[\\x20-\\x7e\\t]{12,}'"},
    };
    return all;
}

void findEach(benchmark::State& state, const SearchQuery& query, unsigned threads) {
    const auto finder = makeFinder(query);
    const auto document =
        Document::open(systemFileSystem(), subject().path(), AccessMode::ReadOnly);
    if (!finder || !document) {
        state.SkipWithError("cannot begin");
        return;
    }
    const Snapshot snapshot = (*document)->snapshot();
    std::uint64_t count = 0;
    for (auto _ : state) {
        count = 0;
        Progress progress;
        const auto outcome =
            findAll(snapshot, **finder, {0, snapshot.length()}, progress,
                    [&count](const Hit&) { return ++count != 0; }, {.threads = threads});
        if (!outcome) {
            state.SkipWithError("the search failed");
            return;
        }
    }
    state.SetBytesProcessed(state.iterations() * snapshot.length());
    state.SetLabel(std::to_string(count));
}

void rgEach(benchmark::State& state, const char* options) {
    if (std::system("command -v rg >/dev/null") != 0) {
        state.SkipWithError("ripgrep is not installed");
        return;
    }
    const std::string command =
        "rg -a -c " + std::string(options) + " '" + subject().path() + "' >/dev/null";
    for (auto _ : state)
        benchmark::DoNotOptimize(std::system(command.c_str()));
    state.SetBytesProcessed(state.iterations() * subject().size());
}

const bool kRegistered = [] {
    for (const Sought& each : sought()) {
        for (const unsigned threads : {1U, 0U}) {
            const std::string name =
                std::string("BM_Find/") + each.name + (threads == 1 ? "/one thread" : "/all cores");
            benchmark::RegisterBenchmark(
                name.c_str(),
                [&each, threads](benchmark::State& state) { findEach(state, each.query, threads); })
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime();
        }
        if (each.rg == nullptr)
            continue;
        benchmark::RegisterBenchmark((std::string("BM_Rg/") + each.name).c_str(),
                                     [&each](benchmark::State& state) { rgEach(state, each.rg); })
            ->Unit(benchmark::kMillisecond)
            ->UseRealTime();
    }
    return true;
}();

}  // namespace

BENCHMARK(BM_Sum)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_SumOnTwo)->Arg(0)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_Pread)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_Engine)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_MappedCopy)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_RandomReads);
BENCHMARK(BM_Open)->Arg(Offset{1} << 20)->Arg(Offset{4} << 30)->Arg(Offset{1} << 40);

BENCHMARK_MAIN();
