// The piece tree and the snapshot on it, beside the plainest thing that could do the same.
//
//   edits       a million random overwrites, insertions and deletions in a file of 1 TiB, each as
//               the document makes it: find the place, keep what goes, put in what comes. Look at
//               median_ns; the clock's own share is clock_ns
//   map_insert  the yardstick of an edit: a million random keys into a std::map
//   locate      against a binary search in a flat array of as many borders
//   iterate     against a walk over a flat array of as many pieces
//   read        against memcpy of the same bytes: bytes_per_second
#include "core/content/add_buffer.h"
#include "core/content/piece_tree.h"
#include "core/content/snapshot.h"
#include "tests/support/snapshot_builder.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <random>

#include <benchmark/benchmark.h>
#include <malloc.h>

using namespace octavo::core;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kEdits = 1000000;
constexpr Offset kTebibyte = Offset{1} << 40;
constexpr SourceId kFile = 0;
constexpr SourceId kAdded = 1;

enum class Hold { Nothing, CopyPerEdit };

/// Random edits of a few bytes, as the document makes them.
class Editor {
public:
    PieceTree& tree() { return tree_; }

    void edit() {
        const std::uint64_t dice = engine_();
        const auto offset =
            static_cast<Offset>(engine_() % static_cast<std::uint64_t>(tree_.length() - 64));
        const auto length = static_cast<Offset>(1 + (dice >> 8U) % 16);
        const auto kind = dice % 3;  // 0 overwrites, 1 inserts, 2 deletes
        PieceTree::Cursor cursor(tree_, offset);
        const Border from = borderAt(cursor, offset);
        Border to = from;
        if (kind != 1) {
            while (cursor.end().offset < offset + length)
                cursor.next();
            to = borderAt(cursor, offset + length);
        }
        removed_ = tree_.pieces(from, to);
        const Offset newLength = kind == 2 ? 0 : length;
        const Piece piece{added_, newLength, to.fileOffset - from.fileOffset, kAdded,
                          ChangeTag::on(++change_)};
        tree_.replace(from, to, {&piece, 1});
        added_ += newLength;
    }

private:
    static Border borderAt(const PieceTree::Cursor& cursor, Offset offset) {
        const Offset inside = offset - cursor.offset();
        return {offset, cursor.fileOffset() + cursor.piece().fileCut(inside)};
    }

    PieceTree tree_{Piece::inPlace(0, kTebibyte, kFile)};
    std::vector<Piece> removed_;
    std::mt19937_64 engine_{1};
    Offset added_ = 0;
    ChangeId change_ = 0;
};

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double nanoseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::nano>(duration).count();
}

/// What two looks at the clock cost without anything between.
double clockCost() {
    std::vector<double> costs;
    for (int i = 0; i < 10000; ++i) {
        const auto start = Clock::now();
        costs.push_back(nanoseconds(Clock::now() - start));
    }
    return median(costs);
}

/// Times each call of `step` and tells the median.
template <typename Step>
void timeEach(benchmark::State& state, std::size_t count, Step step) {
    std::vector<double> costs(count);
    for (double& cost : costs) {
        const auto start = Clock::now();
        step();
        cost = nanoseconds(Clock::now() - start);
    }
    state.counters["median_ns"] = median(costs);
    state.counters["clock_ns"] = clockCost();
}

void edits(benchmark::State& state, Hold hold) {
    for (auto _ : state) {
        const std::size_t before = ::mallinfo2().uordblks;
        Editor editor;
        PieceTree copy;
        timeEach(state, kEdits, [&] {
            if (hold == Hold::CopyPerEdit)
                copy = editor.tree();
            editor.edit();
        });
        copy = PieceTree();
        const auto pieces = static_cast<double>(editor.tree().pieceCount());
        const std::size_t used = ::mallinfo2().uordblks - before;
        state.counters["pieces"] = pieces;
        state.counters["bytes_a_piece"] = static_cast<double>(used) / pieces;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(kEdits));
}

void ascendingEdits(benchmark::State& state) {
    for (auto _ : state) {
        PieceTree tree(Piece::inPlace(0, kTebibyte, kFile));
        Offset at = 0;
        ChangeId change = 0;
        timeEach(state, kEdits, [&] {
            const Piece piece{at, 1, 1, kAdded, ChangeTag::on(++change)};
            tree.replace({at, at}, {at + 1, at + 1}, {&piece, 1});
            at += 100;
        });
        state.counters["bytes_a_piece"] =
            static_cast<double>(tree.memorySize()) / static_cast<double>(tree.pieceCount());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(kEdits));
}

void mapInsert(benchmark::State& state) {
    for (auto _ : state) {
        std::map<Offset, Piece> map;
        std::mt19937_64 engine(1);
        timeEach(state, kEdits, [&] { map.try_emplace(static_cast<Offset>(engine() >> 1U)); });
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(kEdits));
}

/// A tree of a million pieces that random edits left, made once.
const PieceTree& edited() {
    static const PieceTree tree = [] {
        Editor editor;
        while (editor.tree().pieceCount() < kEdits) {
            for (std::size_t i = 0; i < kEdits / 10; ++i)
                editor.edit();
        }
        return editor.tree();
    }();
    return tree;
}

void locate(benchmark::State& state) {
    const PieceTree& tree = edited();
    std::mt19937_64 engine(2);
    for (auto _ : state) {
        const auto offset =
            static_cast<Offset>(engine() % static_cast<std::uint64_t>(tree.length()));
        benchmark::DoNotOptimize(PieceTree::Cursor(tree, offset).piece());
    }
}

void locateAtFile(benchmark::State& state) {
    const PieceTree& tree = edited();
    std::mt19937_64 engine(2);
    for (auto _ : state) {
        const auto offset =
            static_cast<Offset>(engine() % static_cast<std::uint64_t>(tree.fileLength()));
        benchmark::DoNotOptimize(PieceTree::Cursor::atFile(tree, {offset}).piece());
    }
}

void locateInArray(benchmark::State& state) {
    const PieceTree& tree = edited();
    std::vector<Offset> ends;
    for (PieceTree::Cursor cursor(tree, Offset{0}); !cursor.atEnd(); cursor.next())
        ends.push_back(cursor.end().offset);
    std::mt19937_64 engine(2);
    for (auto _ : state) {
        const auto offset =
            static_cast<Offset>(engine() % static_cast<std::uint64_t>(tree.length()));
        benchmark::DoNotOptimize(std::upper_bound(ends.begin(), ends.end(), offset));
    }
}

void iterate(benchmark::State& state) {
    const PieceTree& tree = edited();
    std::int64_t pieces = 0;
    for (auto _ : state) {
        Offset sum = 0;
        for (PieceTree::Cursor cursor(tree, Offset{0}); !cursor.atEnd(); cursor.next(), ++pieces)
            sum += cursor.piece().start ^ cursor.offset();
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(pieces);
}

void iterateArray(benchmark::State& state) {
    const std::vector<Piece> all = edited().pieces({}, edited().end());
    std::int64_t pieces = 0;
    for (auto _ : state) {
        Offset sum = 0;
        Offset at = 0;
        for (const Piece& piece : all) {
            sum += piece.start ^ at;
            at += piece.length;
            ++pieces;
        }
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(pieces);
}

constexpr std::size_t kReadLength = std::size_t{64} << 20;
constexpr std::size_t kBlock = std::size_t{1} << 20;

const Bytes& bytesToRead() {
    static const Bytes bytes(kReadLength, 0x5A);
    return bytes;
}

void setBytes(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kReadLength));
}

/// Sequential reading in blocks of 1 MiB.
void read(benchmark::State& state, Offset pieceLength) {
    const Snapshot snapshot = octavo::test::snapshotOf(bytesToRead(), pieceLength);
    Bytes block(kBlock);
    for (auto _ : state) {
        for (std::size_t at = 0; at < kReadLength; at += kBlock)
            benchmark::DoNotOptimize(snapshot.read(static_cast<Offset>(at), block));
    }
    setBytes(state);
}

void copyBytes(benchmark::State& state) {
    const Bytes& bytes = bytesToRead();
    Bytes block(kBlock);
    for (auto _ : state) {
        for (std::size_t at = 0; at < kReadLength; at += kBlock) {
            std::memcpy(block.data(), bytes.data() + at, kBlock);
            benchmark::ClobberMemory();
        }
    }
    setBytes(state);
}

void copyTree(benchmark::State& state) {
    const PieceTree& tree = edited();
    for (auto _ : state)
        benchmark::DoNotOptimize(PieceTree(tree));
}

/// As the document makes one, and lets it go.
void makeSnapshot(benchmark::State& state) {
    const PieceTree& tree = edited();
    const auto sources = std::make_shared<SourceTable>();
    const auto writes = std::make_shared<const std::atomic<std::uint64_t>>(0);
    for (auto _ : state)
        benchmark::DoNotOptimize(Snapshot(tree, sources, 1, writes));
}

}  // namespace

BENCHMARK_CAPTURE(edits, no_copy_held, Hold::Nothing)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(edits, copy_held_per_edit, Hold::CopyPerEdit)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(ascendingEdits)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(mapInsert)->Iterations(1)->Unit(benchmark::kMillisecond);

BENCHMARK(locate);
BENCHMARK(locateAtFile);
BENCHMARK(locateInArray);
BENCHMARK(iterate)->Unit(benchmark::kMillisecond);
BENCHMARK(iterateArray)->Unit(benchmark::kMillisecond);

BENCHMARK_CAPTURE(read, pieces_of_4_KiB, 4096)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read, pieces_of_32_bytes, 32)->Unit(benchmark::kMillisecond);
BENCHMARK(copyBytes)->Unit(benchmark::kMillisecond);

BENCHMARK(copyTree);
BENCHMARK(makeSnapshot);
