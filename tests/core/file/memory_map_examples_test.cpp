// The worked examples of the documents on Python's mmap, one test each, with the output that the
// documents print.
#include "core/search/regex.h"
#include "tests/support/memory_maps.h"
#include "tests/support/python_repr.h"

#include <QFile>
#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

QByteArray lorem() {
    return TestFolder::read(OCTAVO_SOURCE_DIR "/tests/support/data/lorem.txt");
}

QByteArray repr(const Result<Bytes>& bytes) {
    return bytes ? pythonRepr(*bytes) : text(bytes);
}

/// bytes.rstrip()
Result<Bytes> stripped(Result<Bytes> bytes) {
    while (bytes && !bytes->empty() && QByteArray(" \t\n\r\v\f").contains(char(bytes->back())))
        bytes->pop_back();
    return bytes;
}

/// f.readline().rstrip() of the file as text.
QByteArray firstLine(const std::string& path) {
    return TestFolder::read(path).split('\n').value(0);
}

MemoryMap mapPath(const std::string& path, MapAccess access) {
    MemoryMapOptions options;
    options.access = access;
    return std::move(*MemoryMap::fromPath(path, options));
}

}  // namespace

class MemoryMapExamplesTest : public QObject {
    Q_OBJECT

private slots:
    void reference_likeByteArray();
    void guide_slice();
    void guide_read();
    void guide_logFile();
    void worked_read();
    void worked_writeSlice();
    void worked_writeCopy();
    void worked_regex();
};

// Document 1: obj[index] = 97, and obj[i1:i2] = b'...'.
void MemoryMapExamplesTest::reference_likeByteArray() {
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", "0123456789");
    QVERIFY(map.setAt(3, 97));
    QVERIFY(map.setSlice({5, 8}, span(QByteArray("..."))));
    QCOMPARE(TestFolder::read(folder.path("file")), QByteArray("012a4...89"));
}

// Document 2: the quick example.
void MemoryMapExamplesTest::guide_slice() {
    const TestFolder folder;
    const MemoryMap mm = mapOf(folder, "example.txt", "Hello, World!\n", MapAccess::ReadOnly);
    QCOMPARE(repr(mm.slice({std::nullopt, 5})), QByteArray("b'Hello'"));
}

// Document 2: create a memory-mapped file and read from it.
void MemoryMapExamplesTest::guide_read() {
    const TestFolder folder;
    MemoryMap mm = mapOf(folder, "example.txt", "Hello, World!\n", MapAccess::ReadOnly);
    QCOMPARE(repr(mm.read()), QByteArray("b'Hello, World!\\n'"));
}

// Document 2: the log file. It says that the file is changed; in copy mode it is not, as document 1
// says.
void MemoryMapExamplesTest::guide_logFile() {
    const TestFolder folder;
    const QByteArray log = "12:00 started\n12:01 ERROR no paper\n12:02 ERROR no ink\n";
    const std::string path = folder.write("large_log.txt", log);
    MemoryMap mm = mapPath(path, MapAccess::CopyOnWrite);
    const QByteArray error = "ERROR";
    QVERIFY(*mm.contains(span(error)));
    const Result<std::optional<Offset>> start = mm.find(span(error));
    QVERIFY(start && *start);
    QVERIFY(mm.setSlice({**start, **start + 5}, span(QByteArray("FIXED"))));
    QCOMPARE(content(mm), QByteArray("12:00 started\n12:01 FIXED no paper\n12:02 ERROR no ink\n"));

    // "If the replacement isn't exactly the same length as the target, ... ValueError"
    const QByteArray before = content(mm);
    const Status unequal = mm.setSlice({**start, **start + 5}, span(QByteArray("repaired")));
    QVERIFY(!unequal);
    QVERIFY(unequal.error().code == ErrorCode::InvalidArgument);
    QCOMPARE(content(mm), before);

    mm.close();
    QCOMPARE(TestFolder::read(path), log);
}

// Document 3: mmap_read.py.
void MemoryMapExamplesTest::worked_read() {
    const TestFolder folder;
    MemoryMap m = mapPath(folder.write("lorem.txt", lorem()), MapAccess::ReadOnly);
    QByteArray out;
    out += "First 10 bytes via read : " + repr(m.read(10)) + "\n";
    out += "First 10 bytes via slice: " + repr(m.slice({std::nullopt, 10})) + "\n";
    out += "2nd   10 bytes via read : " + repr(m.read(10)) + "\n";
    QCOMPARE(out, QByteArray("First 10 bytes via read : b'Lorem ipsu'\n"
                             "First 10 bytes via slice: b'Lorem ipsu'\n"
                             "2nd   10 bytes via read : b'm dolor si'\n"));
}

// Document 3: mmap_write_slice.py.
void MemoryMapExamplesTest::worked_writeSlice() {
    const TestFolder folder;
    const std::string copy = folder.write("lorem_copy.txt", lorem());
    const QByteArray word = "consectetuer";
    const QByteArray turned = [&] {
        QByteArray bytes = word;
        std::reverse(bytes.begin(), bytes.end());
        return bytes;
    }();
    QByteArray out;
    out += "Looking for    : " + pythonRepr(span(word)) + "\n";
    out += "Replacing with : " + pythonRepr(span(turned)) + "\n";

    MemoryMap m = mapPath(copy, MapAccess::Default);
    out += "Before:\n" + repr(stripped(m.readLine())) + "\n";
    QVERIFY(m.seek(0));
    const Offset loc = **m.find(span(word));
    QVERIFY(m.setSlice({loc, loc + word.size()}, span(turned)));
    QVERIFY(*m.flush() == MemoryMap::Flushed::Written);
    QVERIFY(m.seek(0));
    out += "After :\n" + repr(stripped(m.readLine())) + "\n";
    out += "File  :\n" + firstLine(copy) + "\n";

    QCOMPARE(out, QByteArray(R"(Looking for    : b'consectetuer'
Replacing with : b'reutetcesnoc'
Before:
b'Lorem ipsum dolor sit amet, consectetuer adipiscing elit.'
After :
b'Lorem ipsum dolor sit amet, reutetcesnoc adipiscing elit.'
File  :
Lorem ipsum dolor sit amet, reutetcesnoc adipiscing elit.
)"));
}

// Document 3: mmap_write_copy.py.
void MemoryMapExamplesTest::worked_writeCopy() {
    const TestFolder folder;
    const std::string copy = folder.write("lorem_copy.txt", lorem());
    const QByteArray word = "consectetuer";
    const QByteArray turned = "reutetcesnoc";
    QByteArray out;
    MemoryMap m = mapPath(copy, MapAccess::CopyOnWrite);
    out += "Memory Before:\n" + repr(stripped(m.readLine())) + "\n";
    out += "File Before  :\n" + firstLine(copy) + "\n\n";
    QVERIFY(m.seek(0));
    const Offset loc = **m.find(span(word));
    QVERIFY(m.setSlice({loc, loc + word.size()}, span(turned)));
    QVERIFY(m.seek(0));
    out += "Memory After :\n" + repr(stripped(m.readLine())) + "\n";
    out += "File After   :\n" + firstLine(copy) + "\n";

    QCOMPARE(out, QByteArray(R"(Memory Before:
b'Lorem ipsum dolor sit amet, consectetuer adipiscing elit.'
File Before  :
Lorem ipsum dolor sit amet, consectetuer adipiscing elit.

Memory After :
b'Lorem ipsum dolor sit amet, reutetcesnoc adipiscing elit.'
File After   :
Lorem ipsum dolor sit amet, consectetuer adipiscing elit.
)"));
    m.close();
    QCOMPARE(TestFolder::read(copy), lorem());
}

// Document 3: mmap_regex.py.
void MemoryMapExamplesTest::worked_regex() {
    const TestFolder folder;
    const MemoryMap m = mapPath(folder.write("lorem.txt", lorem()), MapAccess::ReadOnly);
    RegexOptions options;
    options.dotMatchesNewline = options.ignoreCase = options.multiLine = true;
    const Result<Regex> pattern = Regex::compile(R"((\.\W+)?([^.]?nulla[^.]*?\.))", options);
    QVERIFY(pattern);
    const Result<ByteSpan> all = m.span();
    QVERIFY(all);
    QByteArray out;
    for (const RegexMatch& match : pattern->findAll(*all)) {
        Result<Bytes> sentence = m.slice(MapSlice::of(*match.groups[2]));
        QVERIFY(sentence);
        std::replace(sentence->begin(), sentence->end(), Byte{'\n'}, Byte{' '});
        out += repr(sentence) + "\n";
    }
    QVERIFY(m.verify({0, *m.length()}));
    QCOMPARE(out, QByteArray("b'Nulla facilisi.'\n"
                             "b'Nulla feugiat augue eleifend nulla.'\n"));
}

QTEST_GUILESS_MAIN(MemoryMapExamplesTest)
#include "memory_map_examples_test.moc"
