#include "core/content/content.h"
#include "core/content/memory_source.h"
#include "core/content/pattern_source.h"
#include "core/content/snapshot.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

Bytes bytesOf(const Content& content) {
    Bytes bytes(static_cast<std::size_t>(content.length()));
    MutableByteSpan rest = bytes;
    Unreadable unreadable;
    for (const Content::Run& run : content.runs()) {
        const MutableByteSpan part = rest.first(static_cast<std::size_t>(run.length));
        run.source->read(run.start, part, 0, unreadable);
        rest = rest.subspan(part.size());
    }
    return bytes;
}

Bytes text(const char* characters) {
    const QByteArray bytes(characters);
    return Bytes(span(bytes).begin(), span(bytes).end());
}

Content typed(const char* characters) {
    return Content::bytes(text(characters));
}

/// Empty where the runs are as the header says.
QByteArray problem(const Content& content) {
    Offset length = 0;
    const std::vector<Content::Run>& runs = content.runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i].source || runs[i].start < 0 || runs[i].length <= 0)
            return "a run without content";
        if (i > 0 && runs[i].source == runs[i - 1].source &&
            runs[i - 1].start + runs[i - 1].length == runs[i].start)
            return "runs that could be one";
        length += runs[i].length;
    }
    return length == content.length() ? QByteArray() : QByteArray("another length");
}

/// A document of two short sources in random pieces, some of which go on where others stop.
Snapshot randomSnapshot(std::mt19937_64& engine) {
    const auto below = [&](Offset end) {
        return std::uniform_int_distribution<Offset>(0, end - 1)(engine);
    };
    const auto sources = std::make_shared<SourceTable>();
    const QByteArray first = someBytes(1000, 1);
    const QByteArray second = someBytes(1000, 2);
    sources->add(std::make_shared<MemorySource>(Bytes(span(first).begin(), span(first).end())));
    sources->add(std::make_shared<MemorySource>(Bytes(span(second).begin(), span(second).end())));
    std::vector<Piece> pieces;
    ChangeId id = 1;
    Offset at = 0;
    for (Offset count = below(60); count > 0; --count) {
        const Offset length = below(20);
        const Offset fileLength = below(3) == 0 ? below(20) : 0;
        if (below(3) != 0)
            at = below(900);
        id += static_cast<ChangeId>(below(2));
        if (length == 0 && fileLength == 0)
            pieces.push_back({0, 0, 0, kNoSource, ChangeTag::off(id)});
        else if (length == 0)
            pieces.push_back({0, 0, fileLength, kNoSource, ChangeTag::on(id)});
        else
            pieces.push_back(
                {at, length, fileLength, static_cast<SourceId>(below(2)), ChangeTag::on(id)});
        at = std::min<Offset>(at + length, 900);
    }
    PieceTree tree;
    tree.replace({}, {}, pieces);
    return {tree, sources, 1};
}

}  // namespace

class ContentTest : public QObject {
    Q_OBJECT

private slots:
    void holds_data();
    void holds();
    void ofSnapshot();
    void keepsSources();
    void largeContentIsOneRun();
};

void ContentTest::holds_data() {
    QTest::addColumn<Content>("content");
    QTest::addColumn<Bytes>("expected");
    QTest::addColumn<std::size_t>("runs");
    const auto row = [](const char* name, const Content& content, const char* expected,
                        std::size_t runs) {
        QTest::newRow(name) << content << text(expected) << runs;
    };
    const auto joined = [](Content first, const Content& second) {
        first.append(second);
        return first;
    };
    const auto source = std::make_shared<MemorySource>(text("0123456789"));
    const auto part = [&](Offset start, Offset length) {
        return Content::of(source, start, length);
    };
    row("nothing", Content(), "", 0);
    row("no bytes", Content::bytes({}), "", 0);
    row("bytes", typed("abc"), "abc", 1);
    row("a pattern no times", Content::repeated(text("ab"), 0), "", 0);
    row("a pattern, cut", Content::repeated(text("abc"), 7), "abcabca", 1);
    row("a part of a source", part(3, 4), "3456", 1);
    row("an empty part", part(3, 0), "", 0);
    row("one behind the other", joined(typed("abc"), typed("def")), "abcdef", 2);
    row("nothing before", joined(Content(), typed("abc")), "abc", 1);
    row("nothing behind", joined(typed("abc"), Content()), "abc", 1);
    row("goes on", joined(part(1, 3), part(4, 2)), "12345", 1);
    row("leaves one out", joined(part(1, 3), part(5, 2)), "12356", 2);
    row("the same twice", joined(part(1, 3), part(1, 3)), "123123", 2);
    row("another source at the next place",
        joined(part(0, 3), Content::of(std::make_shared<MemorySource>(text("abcdef")), 3, 2)),
        "012de", 2);
    Content itself = joined(typed("ab"), typed("cd"));
    itself.append(itself);
    row("itself appended", itself, "abcdabcd", 4);
}

void ContentTest::holds() {
    QFETCH(Content, content);
    QFETCH(Bytes, expected);
    QFETCH(std::size_t, runs);
    QCOMPARE(bytesOf(content), expected);
    QCOMPARE(content.length(), static_cast<Offset>(expected.size()));
    QCOMPARE(content.runs().size(), runs);
    QCOMPARE(problem(content), QByteArray());
}

void ContentTest::ofSnapshot() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(200); ++round) {
            const Snapshot snapshot = randomSnapshot(engine);
            const Offset offset =
                std::uniform_int_distribution<Offset>(0, snapshot.length())(engine);
            const Offset length =
                std::uniform_int_distribution<Offset>(0, snapshot.length() - offset)(engine);
            for (const Extent extent : {Extent{offset, length}, Extent{0, snapshot.length()}}) {
                const Content content = Content::of(snapshot, extent);
                Bytes expected(static_cast<std::size_t>(extent.length));
                (void)snapshot.read(extent.offset, expected);
                QCOMPARE(content.length(), extent.length);
                QCOMPARE(bytesOf(content), expected);
                QCOMPARE(problem(content), QByteArray());
            }
        }
    }
}

void ContentTest::keepsSources() {
    Content content;
    std::weak_ptr<const Source> source;
    {
        const auto sources = std::make_shared<SourceTable>();
        sources->add(std::make_shared<MemorySource>(text("0123456789")));
        source = sources->shared(0);
        content = Content::of(Snapshot(PieceTree(Piece::inPlace(0, 10, 0)), sources, 1), {2, 5});
    }
    QCOMPARE(bytesOf(content), text("23456"));
    content = Content();
    QVERIFY(source.expired());
}

void ContentTest::largeContentIsOneRun() {
    const Content all = Content::repeated(text("\xDE\xAD"), kMaxLength);
    QCOMPARE(all.length(), kMaxLength);
    QCOMPARE(all.runs().size(), std::size_t{1});
    const auto sources = std::make_shared<SourceTable>();
    sources->add(all.runs().front().source);
    const Snapshot snapshot(PieceTree(Piece::inPlace(0, kMaxLength, 0)), sources, 1);
    Content most = Content::of(snapshot, {1, kMaxLength - 1});
    QCOMPARE(most.length(), kMaxLength - 1);
    QCOMPARE(most.runs().size(), std::size_t{1});
    most.append(Content::of(snapshot, {kMaxLength - 1, 1}));
    QCOMPARE(most.length(), kMaxLength);
    QCOMPARE(Content::of(snapshot, {kMaxLength, 0}).length(), Offset{0});
}

QTEST_GUILESS_MAIN(ContentTest)
#include "content_test.moc"
