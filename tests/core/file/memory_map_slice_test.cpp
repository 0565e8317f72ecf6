// Slices: what Python 3.11 answers, and its rules written out against every small case.
#include "core/file/memory_map_slice.h"
#include "tests/support/memory_maps.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr std::nullopt_t none = std::nullopt;
constexpr Offset kLeast = -kMaxLength - 1;

struct Row {
    std::optional<Offset> start;
    std::optional<Offset> stop;
    Offset step;
    const char* result;
};

QByteArray describe(const Row& row) {
    const auto number = [](std::optional<Offset> value) {
        return value ? QByteArray::number(qlonglong(*value)) : QByteArray();
    };
    return "[" + number(row.start) + ":" + number(row.stop) + ":" + number(row.step) + "]";
}

/// What mmap.mmap answers on b"abcdefghij".
const std::vector<Row>& pythonRows() {
    static const std::vector<Row> rows = {
        {none, none, 1, "abcdefghij"},
        {none, none, -1, "jihgfedcba"},
        {2, 5, 1, "cde"},
        {-3, none, 1, "hij"},
        {none, -3, 1, "abcdefg"},
        {5, 2, 1, ""},
        {5, 2, -1, "fed"},
        {none, none, 2, "acegi"},
        {1, none, 3, "beh"},
        {-1, -11, -1, "jihgfedcba"},
        {0, 10, 100, "a"},
        {50, none, -4, "jfb"},
        {none, -50, -4, "jfb"},
        {kMaxLength, kLeast, -1, "jihgfedcba"},
        {kLeast, kMaxLength, 1, "abcdefghij"},
        {none, none, kMaxLength, "a"},
        {none, none, kLeast, "j"},
        {-1, none, kLeast, "j"},
        {4, 4, 1, ""},
        {10, 10, 1, ""},
        {11, none, 1, ""},
        {11, kLeast, 7, ""},
        {-5, -50, 2, ""},
        {none, -50, -2, "jhfdb"},
        {kLeast, 11, 100, "a"},
        {-50, kLeast, kLeast, ""},
        {-9, 5, -1, ""},
        {5, kMaxLength, -100, ""},
        {none, 1, 10, "a"},
        {0, -1, 1, "abcdefghi"},
        {50, -50, -100, "j"},
        {-10, -9, -kMaxLength, ""},
        {5, -5, 3, ""},
        {0, 5, kLeast, ""},
        {10, 50, kMaxLength, ""},
        {-1, -10, -100, "j"},
        {-5, kLeast, kMaxLength, ""},
        {11, -2, 1, ""},
        {50, 9, -9, ""},
        {kLeast, 3, 100, "a"},
        {50, -1, 3, ""},
        {1, -50, kLeast, "b"},
        {1, -5, 2, "bd"},
        {-10, 5, 1, "abcde"},
        {-1, -10, kMaxLength, ""},
        {3, 0, 1, ""},
        {-9, -2, -2, ""},
        {kMaxLength, 11, 1, ""},
        {-1, none, 2, "j"},
        {3, kLeast, 1, ""},
        {10, -10, -3, "jgd"},
        {50, 5, 1, ""},
        {-2, -2, -10, ""},
        {5, -9, -100, "f"},
        {-11, kMaxLength, -100, ""},
        {kLeast, 3, -2, ""},
        {-10, 11, -3, ""},
        {-10, 50, -3, ""},
        {kLeast, -2, 1, "abcdefgh"},
        {-10, -2, 1, "abcdefgh"},
        {-9, 5, 1, "bcde"},
        {-2, -11, -10, "i"},
        {-5, 50, kLeast, ""},
        {none, 0, 1, ""},
        {-5, 50, -kMaxLength, ""},
        {-1, -2, 10, ""},
        {-5, 9, -9, ""},
        {-5, 50, -3, ""},
        {-9, 3, 1, "bc"},
        {5, -1, -1, ""},
    };
    return rows;
}

/// The positions one by one, by the sentences of Python's reference.
std::vector<Offset> stupidPositions(std::optional<Offset> start, std::optional<Offset> stop,
                                    Offset step, Offset length) {
    const auto place = [&](std::optional<Offset> given, Offset otherwise) {
        if (!given)
            return otherwise;
        Offset at = *given < 0 ? *given + length : *given;
        if (step > 0)
            return at < 0 ? Offset{0} : at > length ? length : at;
        return at < -1 ? Offset{-1} : at > length - 1 ? length - 1 : at;
    };
    std::vector<Offset> found;
    const Offset from = place(start, step > 0 ? 0 : length - 1);
    const Offset to = place(stop, step > 0 ? length : -1);
    for (Offset at = from; step > 0 ? at < to : at > to; at += step)
        found.push_back(at);
    return found;
}

}  // namespace

class MemoryMapSliceTest : public QObject {
    Q_OBJECT

private slots:
    void likePython_data();
    void likePython();
    void assignsLikePython_data() { likePython_data(); }
    void assignsLikePython();
    void everySmallSlice();
    void stepZero();
};

void MemoryMapSliceTest::likePython_data() {
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < pythonRows().size(); ++i) {
        const QByteArray name = QByteArray::number(int(i)) + " " + describe(pythonRows()[i]);
        QTest::newRow(name.constData()) << int(i);
    }
}

void MemoryMapSliceTest::likePython() {
    QFETCH(int, row);
    const Row& wanted = pythonRows()[std::size_t(row)];
    const MemoryMap map = mapOf("abcdefghij");
    QCOMPARE(text(map.slice({wanted.start, wanted.stop, wanted.step})), QByteArray(wanted.result));
}

void MemoryMapSliceTest::assignsLikePython() {
    QFETCH(int, row);
    const Row& wanted = pythonRows()[std::size_t(row)];
    const MapSlice slice{wanted.start, wanted.stop, wanted.step};
    MemoryMap map = mapOf("abcdefghij");
    // The bytes of the slice in capitals: each must land where it came from.
    QVERIFY(map.setSlice(slice, span(QByteArray(wanted.result).toUpper())));
    QByteArray expected = "abcdefghij";
    for (const char c : QByteArray(wanted.result))
        expected.replace(c, char(c - 'a' + 'A'));
    QCOMPARE(content(map), expected);

    const QByteArray tooLong = QByteArray(wanted.result) + "x";
    QVERIFY(!map.setSlice(slice, span(tooLong)));
    QCOMPARE(content(map), expected);
}

void MemoryMapSliceTest::everySmallSlice() {
    int cases = 0;
    const auto check = [&](std::optional<Offset> start, std::optional<Offset> stop, Offset step,
                           Offset length) {
        const Result<SlicePositions> got = MapSlice{start, stop, step}.positionsIn(length);
        const std::vector<Offset> wanted = stupidPositions(start, stop, step, length);
        bool same = got && got->count == Offset(wanted.size());
        for (std::size_t i = 0; same && i < wanted.size(); ++i)
            same = got->first + Offset(i) * got->step == wanted[i];
        if (same && !wanted.empty())
            same = got->extent().offset == std::min(wanted.front(), wanted.back()) &&
                   got->extent().end() == std::max(wanted.front(), wanted.back()) + 1;
        ++cases;
        return same;
    };
    std::vector<std::optional<Offset>> places{std::nullopt};
    for (Offset at = -7; at <= 7; ++at)
        places.emplace_back(at);
    for (Offset length = 0; length <= 5; ++length) {
        for (const auto& start : places) {
            for (const auto& stop : places) {
                for (Offset step = -6; step <= 6; ++step) {
                    if (step == 0)
                        continue;
                    const Row row{start, stop, step, ""};
                    QVERIFY2(check(start, stop, step, length), describe(row).constData());
                }
            }
        }
    }
    QCOMPARE(cases, 6 * 16 * 16 * 12);
}

void MemoryMapSliceTest::stepZero() {
    MemoryMap map = mapOf("abc");
    QVERIFY(!map.slice({none, none, 0}));
    QVERIFY(!map.setSlice({none, none, 0}, {}));
    QCOMPARE(content(map), QByteArray("abc"));
}

QTEST_GUILESS_MAIN(MemoryMapSliceTest)
#include "memory_map_slice_test.moc"
