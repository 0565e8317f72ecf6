// find and rfind: what Python 3.11 answers, its rules against every small case, damage.
#include "tests/support/memory_maps.h"

#include <QTest>

#include <cstring>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr std::nullopt_t none = std::nullopt;
constexpr Offset kLeast = -kMaxLength - 1;

struct Row {
    const char* hay;
    const char* needle;
    std::optional<Offset> start;
    std::optional<Offset> end;
    Offset found;   // -1: nowhere
    Offset rfound;  // -1: nowhere
};

/// What mmap.mmap answers with its position at 2.
const std::vector<Row>& pythonRows() {
    static const std::vector<Row> rows = {
        {"aaaa", "zz", -3, none, -1, -1},
        {"aaaa", "", 4, none, 4, 4},
        {"aaaa", "", none, none, 2, 4},
        {"aaaa", "abc", -3, none, -1, -1},
        {"abcabcabc", "a", 9, none, -1, -1},
        {"aaaa", "zz", 2, 2, -1, -1},
        {"abcabcabc", "ca", -3, none, -1, -1},
        {"aaaa", "zz", 0, none, -1, -1},
        {"abcabcabc", "abc", kLeast, kMaxLength, 0, 6},
        {"aaaa", "", 0, 0, 0, 0},
        {"abcabcabc", "a", kMaxLength, none, -1, -1},
        {"abcabcabc", "aa", 1, -1, -1, -1},
        {"aaaa", "abc", 0, kLeast, -1, -1},
        {"abcabcabc", "aa", 14, none, -1, -1},
        {"aaaa", "ca", 2, 2, -1, -1},
        {"abcabcabc", "ca", 0, none, 2, 5},
        {"abcabcabc", "ca", 1, -1, 2, 5},
        {"aaaa", "abcabcabcd", 5, 2, -1, -1},
        {"abcabcabc", "ca", kLeast, kMaxLength, 2, 5},
        {"aaaa", "abc", 0, 0, -1, -1},
        {"aaaa", "", 2, 2, 2, 2},
        {"abcabcabc", "ca", 5, 2, -1, -1},
        {"abcabcabc", "a", none, none, 3, 6},
        {"aaaa", "aa", 9, none, -1, -1},
        {"abcabcabc", "zz", kLeast, kMaxLength, -1, -1},
        {"aaaa", "zz", 0, 0, -1, -1},
        {"abcabcabc", "", kLeast, kMaxLength, 0, 9},
        {"aaaa", "ca", 4, none, -1, -1},
        {"abcabcabc", "a", 5, 2, -1, -1},
        {"abcabcabc", "", 0, kLeast, 0, 0},
        {"abcabcabc", "abc", 0, 0, -1, -1},
        {"aaaa", "zz", 9, none, -1, -1},
        {"abcabcabc", "a", 2, 2, -1, -1},
        {"abcabcabc", "zz", -3, none, -1, -1},
        {"aaaa", "a", kMaxLength, none, -1, -1},
        {"abcabcabc", "", kMaxLength, none, 9, 9},
        {"abcabcabc", "aa", kLeast, kMaxLength, -1, -1},
        {"aaaa", "abc", 9, none, -1, -1},
        {"aaaa", "abcabcabcd", -3, none, -1, -1},
        {"abcabcabc", "zz", 0, none, -1, -1},
        {"aaaa", "ca", kMaxLength, none, -1, -1},
        {"aaaa", "aa", 2, 2, -1, -1},
        {"aaaa", "zz", none, none, -1, -1},
        {"aaaa", "abcabcabcd", none, none, -1, -1},
        {"abcabcabc", "abcabcabcd", 0, kLeast, -1, -1},
        {"abcabcabc", "abcabcabcd", kLeast, kMaxLength, -1, -1},
        {"aaaa", "a", -100, 100, 0, 3},
        {"aaaa", "a", 0, kLeast, -1, -1},
        {"abcabcabc", "aa", 0, none, -1, -1},
        {"aaaa", "ca", 9, none, -1, -1},
        {"abcabcabc", "ca", kMaxLength, none, -1, -1},
        {"aaaa", "abcabcabcd", 2, 2, -1, -1},
        {"aaaa", "aa", 0, 0, -1, -1},
        {"aaaa", "", 0, none, 0, 4},
        {"abcabcabc", "abc", 0, none, 0, 6},
        {"aaaa", "abc", kLeast, kMaxLength, -1, -1},
        {"aaaa", "zz", 1, -1, -1, -1},
        {"aaaa", "ca", -100, 100, -1, -1},
        {"abcabcabc", "aa", 0, 0, -1, -1},
        {"abcabcabc", "abcabcabcd", 5, 2, -1, -1},
        {"abcabcabc", "a", -100, 100, 0, 6},
        {"aaaa", "aa", 0, kLeast, -1, -1},
        {"abcabcabc", "", -3, none, 6, 9},
        {"aaaa", "ca", -3, none, -1, -1},
        {"abcabcabc", "aa", kMaxLength, none, -1, -1},
        {"abcabcabc", "", none, none, 2, 9},
        {"aaaa", "aa", kLeast, kMaxLength, 0, 2},
        {"abcabcabc", "abc", 2, 2, -1, -1},
        {"abcabcabc", "zz", 0, kLeast, -1, -1},
        {"aaaa", "", 1, -1, 1, 3},
        {"abcabcabc", "abcabcabcd", 14, none, -1, -1},
        {"aaaa", "abcabcabcd", 0, 0, -1, -1},
        {"aaaa", "", -3, none, 1, 4},
        {"aaaa", "", kMaxLength, none, 4, 4},
        {"abcabcabc", "abc", 1, -1, 3, 3},
        {"abcabcabc", "ca", 9, none, -1, -1},
        {"abcabcabc", "", 14, none, 9, 9},
        {"aaaa", "abc", 4, none, -1, -1},
        {"aaaa", "ca", 0, kLeast, -1, -1},
        {"abcabcabc", "abc", 9, none, -1, -1},
    };
    return rows;
}

Offset number(const Result<std::optional<Offset>>& found) {
    if (!found)
        return -2;
    return found->value_or(-1);
}

/// CPython's rule, place by place.
Offset stupidFind(const QByteArray& hay, const QByteArray& needle, Offset start, Offset end,
                  bool forwards) {
    const Offset length = hay.size();
    const auto place = [&](Offset at) {
        if (at < 0)
            at += length;
        return at < 0 ? Offset{0} : at > length ? length : at;
    };
    Offset found = -1;
    for (Offset at = place(start); at + needle.size() <= place(end); ++at) {
        if (hay.mid(at, needle.size()) == needle) {
            found = at;
            if (forwards)
                break;
        }
    }
    return found;
}

/// All texts of a and b up to a length.
std::vector<QByteArray> words(int longest) {
    std::vector<QByteArray> all{""};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].size() == longest)
            continue;
        all.push_back(all[i] + "a");
        all.push_back(all[i] + "b");
    }
    return all;
}

}  // namespace

class MemoryMapFindTest : public QObject {
    Q_OBJECT

private slots:
    void likePython_data();
    void likePython();
    void everySmallCase();
    void acrossPages();
    void needleOfTheMapItself();
    void contains_data();
    void contains();
    void compares_data();
    void compares();
};

void MemoryMapFindTest::likePython_data() {
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < pythonRows().size(); ++i) {
        const Row& row = pythonRows()[i];
        const QByteArray name = QByteArray::number(int(i)) + " " + row.needle + " in " + row.hay;
        QTest::newRow(name.constData()) << int(i);
    }
}

void MemoryMapFindTest::likePython() {
    QFETCH(int, row);
    const Row& wanted = pythonRows()[std::size_t(row)];
    MemoryMap map = mapOf(wanted.hay);
    QVERIFY(map.seek(2));
    const QByteArray needle = wanted.needle;
    QCOMPARE(number(map.find(span(needle), wanted.start, wanted.end)), wanted.found);
    QCOMPARE(number(map.rfind(span(needle), wanted.start, wanted.end)), wanted.rfound);
    QCOMPARE(*map.tell(), Offset{2});
}

void MemoryMapFindTest::everySmallCase() {
    for (const QByteArray& hay : words(5)) {
        const MemoryMap map = mapOf(hay);
        for (const QByteArray& needle : words(3)) {
            for (Offset start = -6; start <= 6; ++start) {
                for (Offset end = -6; end <= 6; ++end) {
                    const Offset first = stupidFind(hay, needle, start, end, true);
                    const Offset last = stupidFind(hay, needle, start, end, false);
                    if (number(map.find(span(needle), start, end)) == first &&
                        number(map.rfind(span(needle), start, end)) == last)
                        continue;
                    QFAIL(qPrintable(QString("%1 in %2 [%3, %4)")
                                         .arg(needle.constData(), hay.constData())
                                         .arg(start)
                                         .arg(end)));
                }
            }
        }
    }
}

void MemoryMapFindTest::acrossPages() {
    const TestFolder folder;
    QByteArray bytes(3 * 4096 + 5, 'x');
    bytes.replace(4090, 12, "hello, world");
    const MemoryMap map = mapOf(folder, "file", bytes, MapAccess::ReadOnly);
    const QByteArray needle = "hello, world";
    QCOMPARE(number(map.find(span(needle))), Offset{4090});
    QCOMPARE(number(map.rfind(span(needle))), Offset{4090});
    QCOMPARE(number(map.find(span(needle), 4091)), Offset{-1});
    QCOMPARE(number(map.rfind(span(needle), 0, 4101)), Offset{-1});
}

void MemoryMapFindTest::needleOfTheMapItself() {
    const MemoryMap map = mapOf("abcabc");
    const ByteSpan all = *map.span();
    QCOMPARE(number(map.find(all.first(3), 1)), Offset{3});
    QCOMPARE(number(map.rfind(all)), Offset{0});
    QVERIFY(*map.equals(all));
}

void MemoryMapFindTest::contains_data() {
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<bool>("expected");
    // CPython compares one-byte elements here, so that none but these are ever "in" a map.
    QTest::newRow("one byte") << QByteArray("c") << true;
    QTest::newRow("several, as the documents use it") << QByteArray("cab") << true;
    QTest::newRow("all") << QByteArray("abcabc") << true;
    QTest::newRow("none, which bytes always hold") << QByteArray("") << true;
    QTest::newRow("absent") << QByteArray("ac") << false;
    QTest::newRow("longer") << QByteArray("abcabcabc") << false;
}

void MemoryMapFindTest::contains() {
    QFETCH(QByteArray, needle);
    QFETCH(bool, expected);
    MemoryMap map = mapOf("abcabc");
    QVERIFY(map.seek(0, MemoryMap::SeekFrom::End));  // the position has no say here
    QCOMPARE(*map.contains(span(needle)), expected);
}

void MemoryMapFindTest::compares_data() {
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    const char* const texts[] = {"", "a", "b", "ab", "abc", "abd", "\xff", "\x01"};
    for (const char* left : texts) {
        for (const char* right : texts)
            QTest::addRow("%s and %s", left, right) << QByteArray(left) << QByteArray(right);
    }
}

void MemoryMapFindTest::compares() {
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    const MemoryMap map = mapOf(left);
    QCOMPARE(*map.equals(span(right)), left == right);
    const int wanted = std::strcmp(left.constData(), right.constData());
    QVERIFY(*map.compare(span(right)) == (wanted <=> 0));
}

QTEST_GUILESS_MAIN(MemoryMapFindTest)
#include "memory_map_find_test.moc"
