// Regular expressions over bytes: what matches where, captures, options, bad patterns.
#include "core/search/regex.h"
#include "tests/support/test_folder.h"

#include <QRegularExpression>
#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// Options by letters: i, s, m as in (?ism).
RegexOptions optionsFrom(const QByteArray& letters) {
    RegexOptions options;
    options.ignoreCase = letters.contains('i');
    options.dotMatchesNewline = letters.contains('s');
    options.multiLine = letters.contains('m');
    return options;
}

/// "0-3 5-5": where the matches are.
QByteArray places(const std::vector<RegexMatch>& matches) {
    QByteArray out;
    for (const RegexMatch& match : matches) {
        out += (out.isEmpty() ? "" : " ") + QByteArray::number(qlonglong(match.extent().offset)) +
               "-" + QByteArray::number(qlonglong(match.extent().end()));
    }
    return out;
}

}  // namespace

class RegexTest : public QObject {
    Q_OBJECT

private slots:
    void findsAll_data();
    void findsAll();
    void captures_data();
    void captures();
    void findsFrom_data();
    void findsFrom();
    void stopsAtMost();
    void badPattern_data();
    void badPattern();
    void everyByte();
    void longBytes();
    void likePerl();
};

void RegexTest::findsAll_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, QByteArray pattern, QByteArray options, QByteArray bytes,
                        QByteArray expected) {
        QTest::newRow(name) << pattern << options << bytes << expected;
    };
    row("literal", "ab", "", "abcab", "0-2 3-5");
    row("nothing", "x", "", "abc", "");
    row("in nothing", "x", "", "", "");
    row("empty pattern in nothing", "", "", "", "0-0");
    row("empty pattern", "", "", "ab", "0-0 1-1 2-2");
    row("empty beside another", "a*", "", "aab", "0-2 2-2 3-3");
    row("no overlap", "aa", "", "aaaaa", "0-2 2-4");
    row("leftmost first", "a|ab", "", "ab", "0-1");
    row("greedy", "a.*b", "", "aXbXb", "0-5");
    row("lazy", "a.*?b", "", "aXbXb", "0-3");
    row("class", "[0-9]+", "", "a12b345", "1-3 4-7");
    row("dot stops at a line", "a.b", "", QByteArray("a\nb"), "");
    row("dot by option", "a.b", "s", QByteArray("a\nb"), "0-3");
    row("case", "aB", "", "AbaB", "2-4");
    row("no case", "aB", "i", "AbaB", "0-2 2-4");
    row("case folds Latin-1", "\xe9", "i", "\xc9\xe9\xca", "0-1 1-2");
    row("high bytes are no letters", "\\w", "", "\xe9z", "1-2");
    row("begin of all", "^a", "", "a\na", "0-1");
    row("begin of lines", "^a", "m", "a\na", "0-1 2-3");
    row("end of all", "a$", "", "a\na", "2-3");
    row("end of lines", "a$", "m", "a\na", "0-1 2-3");
    row("end is behind the last line feed", "a$", "", "a\n", "");
    row("end of the text whatever the option", "a\\z", "m", "a\na", "2-3");
    row("word boundary", "\\bab\\b", "", "ab cab ab", "0-2 7-9");
    row("zero byte", QByteArray("a\0b", 3), "", QByteArray("xa\0b", 4), "1-4");
    row("zero byte by escape", "\\x00+", "", QByteArray("a\0\0b", 4), "1-3");
    row("high byte by escape", "\\xff", "", "\xfe\xff\xff", "1-2 2-3");
    row("high byte as it is", "\xff\xfe", "", "\xff\xff\xfe", "1-3");
    row("two bytes of UTF-8", "\xc3\xa9", "", "\xc3\xa9", "0-2");
    row("any byte is one", ".", "", "\xc3\xa9", "0-1 1-2");
    row("counted", "a{2,3}", "", "aaaaa", "0-3 3-5");
}

void RegexTest::findsAll() {
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const auto regex = Regex::compile(pattern.toStdString(), optionsFrom(options));
    QVERIFY2(regex, regex ? "" : regex.error().message().c_str());
    QCOMPARE(places(regex->findAll(span(bytes))), expected);
}

void RegexTest::captures_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QByteArray("b") << QByteArray("abc") << QByteArray("1-2");
    QTest::newRow("two") << QByteArray("(a)(b+)") << QByteArray("xabb")
                         << QByteArray("1-4 1-2 2-4");
    QTest::newRow("nested") << QByteArray("((a)b)") << QByteArray("ab")
                            << QByteArray("0-2 0-2 0-1");
    QTest::newRow("took no part") << QByteArray("(a)|(b)") << QByteArray("b")
                                  << QByteArray("0-1 none 0-1");
    QTest::newRow("empty, but took part")
        << QByteArray("a(x*)b") << QByteArray("ab") << QByteArray("0-2 1-1");
    QTest::newRow("empty in nothing")
        << QByteArray("(x*)") << QByteArray("") << QByteArray("0-0 0-0");
    QTest::newRow("the last turn")
        << QByteArray("(a|b)+") << QByteArray("aab") << QByteArray("0-3 2-3");
    QTest::newRow("not captured") << QByteArray("(?:a)(b)") << QByteArray("ab")
                                  << QByteArray("0-2 1-2");
    QTest::newRow("named") << QByteArray("(?P<first>a)") << QByteArray("a")
                           << QByteArray("0-1 0-1");
}

void RegexTest::captures() {
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const auto regex = Regex::compile(pattern.toStdString());
    QVERIFY(regex);
    const std::optional<RegexMatch> match = regex->findFirst(span(bytes));
    QVERIFY(match);
    QCOMPARE(match->groups.size(), regex->groupCount() + 1);
    QByteArrayList got;
    for (const std::optional<Extent>& group : match->groups) {
        got << (group ? QByteArray::number(qlonglong(group->offset)) + "-" +
                            QByteArray::number(qlonglong(group->end()))
                      : QByteArray("none"));
    }
    QCOMPARE(got.join(' '), expected);
}

void RegexTest::findsFrom_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<Offset>("from");
    QTest::addColumn<Offset>("expected");  // -1: nowhere
    const QByteArray ab = "ab";
    QTest::newRow("from the beginning") << ab << Offset{0} << Offset{0};
    QTest::newRow("from behind the first") << ab << Offset{1} << Offset{3};
    QTest::newRow("from the second") << ab << Offset{3} << Offset{3};
    QTest::newRow("from behind the second") << ab << Offset{4} << Offset{-1};
    QTest::newRow("from the end") << ab << Offset{5} << Offset{-1};
    QTest::newRow("empty from the end") << QByteArray("") << Offset{5} << Offset{5};
    QTest::newRow("from behind the end") << QByteArray("") << Offset{6} << Offset{-1};
    QTest::newRow("from nowhere") << QByteArray("") << Offset{-1} << Offset{-1};
    QTest::newRow("from the last number") << QByteArray("") << kMaxLength << Offset{-1};
    QTest::newRow("the beginning stays where it is")
        << QByteArray("^ab") << Offset{3} << Offset{-1};
    QTest::newRow("what is before counts") << QByteArray("\\bab") << Offset{3} << Offset{-1};
}

void RegexTest::findsFrom() {
    QFETCH(QByteArray, pattern);
    QFETCH(Offset, from);
    QFETCH(Offset, expected);
    const auto match = Regex::compile(pattern.toStdString())->findFirst(span("abcab"), from);
    QCOMPARE(match ? match->extent().offset : -1, expected);
}

void RegexTest::stopsAtMost() {
    const auto regex = Regex::compile("a");
    QCOMPARE(places(regex->findAll(span("aaaa"), 0)), QByteArray());
    QCOMPARE(places(regex->findAll(span("aaaa"), 2)), QByteArray("0-1 1-2"));
    QCOMPARE(places(regex->findAll(span("aaaa"), 9)), QByteArray("0-1 1-2 2-3 3-4"));
}

void RegexTest::badPattern_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("open parenthesis") << QByteArray("abc(d") << QByteArray("\"abc(d\"");
    QTest::newRow("closing parenthesis") << QByteArray("ab)c") << QByteArray("\"ab)c\"");
    QTest::newRow("open class") << QByteArray("a[bc") << QByteArray("\"[bc\"");
    QTest::newRow("class backwards") << QByteArray("x[z-a]") << QByteArray("\"z-a\"");
    QTest::newRow("nothing to repeat") << QByteArray("*a") << QByteArray("\"*\"");
    QTest::newRow("repeated twice") << QByteArray("a**") << QByteArray("\"**\"");
    QTest::newRow("unknown escape") << QByteArray("a\\y") << QByteArray("\"\\\\y\"");
    QTest::newRow("backslash at the end") << QByteArray("a\\") << QByteArray("trailing \\");
    QTest::newRow("backreference") << QByteArray("(a)\\1") << QByteArray("\"\\\\1\"");
    QTest::newRow("look-ahead") << QByteArray("a(?=b)") << QByteArray("\"(?=\"");
    QTest::newRow("count too large") << QByteArray("a{9999}") << QByteArray("\"{9999}\"");
    QTest::newRow("a pattern of one line") << QByteArray("(\n") << QByteArray("\"(\\n\"");
    QTest::newRow("too large") << QByteArray("((a{500}){500}){500}") << QByteArray("{500}");
}

void RegexTest::badPattern() {
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, part);
    for (const char* letters : {"", "ism"}) {
        const auto regex = Regex::compile(pattern.toStdString(), optionsFrom(letters));
        QVERIFY(!regex);
        QVERIFY(regex.error().code == ErrorCode::InvalidArgument);
        const std::string message = regex.error().message();
        QVERIFY2(message.find(part.toStdString()) != std::string::npos, message.c_str());
        QVERIFY2(message.find("(?m)") == std::string::npos, message.c_str());
    }
}

void RegexTest::everyByte() {
    QByteArray all(256, '\0');
    for (int i = 0; i < 256; ++i)
        all[i] = char(i);
    const auto any = Regex::compile(".", optionsFrom("s"));
    QCOMPARE(any->findAll(span(all)).size(), std::size_t{256});
    const auto noLine = Regex::compile(".");
    QCOMPARE(noLine->findAll(span(all)).size(), std::size_t{255});
    for (int i = 0; i < 256; ++i) {
        const std::string pattern = "\\x{" + QByteArray::number(i, 16).toStdString() + "}";
        QCOMPARE(places(Regex::compile(pattern)->findAll(span(all))),
                 QByteArray::number(i) + "-" + QByteArray::number(i + 1));
    }
}

void RegexTest::longBytes() {
    QByteArray bytes(4 << 20, 'a');
    bytes.append("b");
    // Quadratic for one that tries at each place anew, and without end for one that goes back.
    QCOMPARE(places(Regex::compile("(a|aa)+b")->findAll(span(bytes))),
             "0-" + QByteArray::number(bytes.size()));
    QVERIFY(!Regex::compile("(a|aa)+c")->findFirst(span(bytes)));
}

void RegexTest::likePerl() {
    // Every text of up to five of a, b and line feed, against Qt's engine, which goes back.
    const char* const patterns[] = {"a", "ab", "a+", "a*b", "(a|b)a", "[^a]+", "b?a", "(ab)+?"};
    QByteArrayList texts{""};
    for (qsizetype i = 0; texts[i].size() < 5; ++i) {
        for (const char c : {'a', 'b', '\n'})
            texts << texts[i] + c;
    }
    for (const char* pattern : patterns) {
        const QRegularExpression perl(pattern);
        const auto regex = Regex::compile(pattern);
        for (const QByteArray& bytes : texts) {
            QByteArrayList expected;
            for (auto match = perl.globalMatch(bytes); match.hasNext();) {
                const QRegularExpressionMatch one = match.next();
                expected << QByteArray::number(one.capturedStart()) + "-" +
                                QByteArray::number(one.capturedEnd());
            }
            QCOMPARE(places(regex->findAll(span(bytes))), expected.join(' '));
        }
    }
}

QTEST_GUILESS_MAIN(RegexTest)
#include "regex_test.moc"
