#include "tests/support/test_seed.h"
#include "ui/panels/go_to_expression.h"

#include <QTest>

#include <cstdint>
#include <random>

using octavo::core::Extent;
using octavo::core::kMaxLength;
using octavo::core::Offset;
using octavo::ui::GoToFault;
using octavo::ui::GoToPlace;
using octavo::ui::GoToTarget;
using octavo::ui::parseGoTo;

class GoToExpressionTest : public QObject {
    Q_OBJECT

private slots:
    void leadsTo_data();
    void leadsTo();
    void numbersAlone();
    void isRefused_data();
    void isRefused();
    void percentNeverFalls();
    void namesOfTheSelection();
    void isTheSumOfItsParts_data();
    void isTheSumOfItsParts();
    void nonsenseDoesNoHarm_data();
    void nonsenseDoesNoHarm();
};

void GoToExpressionTest::leadsTo_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Offset>("caret");
    QTest::addColumn<Offset>("length");
    QTest::addColumn<Offset>("offset");
    const Offset huge = Offset{1} << 60;

    QTest::newRow("decimal") << "100" << Offset{0} << Offset{1000} << Offset{100};
    QTest::newRow("hexadecimal") << "0x1F" << Offset{0} << Offset{1000} << Offset{31};
    QTest::newRow("hexadecimal, capital X") << "0Xff" << Offset{0} << Offset{1000} << Offset{255};
    QTest::newRow("leading zeros are decimal") << "010" << Offset{0} << Offset{1000} << Offset{10};
    QTest::newRow("blanks around") << "  7 " << Offset{0} << Offset{1000} << Offset{7};
    QTest::newRow("thousands") << "1 234 567" << Offset{0} << huge << Offset{1234567};
    QTest::newRow("narrow spaces as shown")
        << QStringLiteral("1\u202F234") << Offset{0} << huge << Offset{1234};
    QTest::newRow("underscores") << "0x1_0000" << Offset{0} << huge << Offset{65536};
    QTest::newRow("forwards") << "+16" << Offset{4} << Offset{1000} << Offset{20};
    QTest::newRow("forwards, hexadecimal") << "+0x10" << Offset{4} << Offset{1000} << Offset{20};
    QTest::newRow("backwards") << "-4" << Offset{4} << Offset{1000} << Offset{0};
    QTest::newRow("backwards with a blank") << "- 4" << Offset{10} << Offset{1000} << Offset{6};
    QTest::newRow("start") << "start" << Offset{4} << Offset{1000} << Offset{0};
    QTest::newRow("end") << "END" << Offset{4} << Offset{1000} << Offset{1000};
    QTest::newRow("the length itself") << "1000" << Offset{4} << Offset{1000} << Offset{1000};
    QTest::newRow("half") << "50%" << Offset{0} << Offset{1000} << Offset{500};
    QTest::newRow("a fraction") << "12.5 %" << Offset{0} << Offset{1000} << Offset{125};
    QTest::newRow("0 %") << "0%" << Offset{9} << Offset{1000} << Offset{0};
    QTest::newRow("100 %") << "100%" << Offset{0} << Offset{1000} << Offset{1000};
    QTest::newRow("half of an odd length") << "50%" << Offset{0} << Offset{3} << Offset{1};
    QTest::newRow("100 % of everything") << "100%" << Offset{0} << kMaxLength << kMaxLength;
    QTest::newRow("half of an exbibyte") << "50%" << Offset{0} << huge << huge / 2;
    QTest::newRow("beyond 32 bits") << "0x1000000000" << Offset{0} << huge << (Offset{1} << 36);
    QTest::newRow("the largest") << "9223372036854775807" << Offset{0} << kMaxLength << kMaxLength;
    const auto row = [](const char* name, const char* text, Offset offset) {
        QTest::newRow(name) << text << Offset{100} << Offset{1000} << offset;
    };
    row("octal", "0o17", 15);
    row("binary", "0b1_01", 5);
    row("a sum", "1+2", 3);
    row("from the end", "end-0x10", 984);
    row("from the left", "10-3-2", 5);
    row("products first", "2+3*4", 14);
    row("divided from the left", "100/5/2", 10);
    row("a quotient loses its fraction", "7/2", 3);
    row("then multiplied", "7/2*2", 6);
    row("parentheses", "(2+3)*4", 20);
    row("many parentheses", "((((1))))", 1);
    row("minus in front of a factor", "10*-2+25", 5);
    row("two minus signs", "5--2", 7);
    row("the sign of a parenthesis", "10+-(2+3)", 5);
    row("the minus of typography", "end \u2212 1", 999);
    row("blanks everywhere", " ( 1 + 2 ) * 0x 1_0 ", 48);
    row("relative with a product", "+2*8", 116);
    row("relative, back and forth", "-10+4", 94);
    row("relative with two signs", "+-4", 96);
    row("the caret by name", "caret/2", 50);
    row("in any case", "Caret+START", 100);
    row("a parenthesis is not relative", "(-5)+20", 15);
    row("percent in a sum", "50%+1", 501);
    row("percent of a parenthesis", "(20+5)%", 250);
    row("relative by percent", "+10%", 200);
    row("back by percent", "-1%", 90);
    row("minus percent", "end-12.5%", 875);
    row("large on the way", "9223372036854775807*1000/9223372036854775807", 1000);
    QTest::newRow("nothing to go to but the start") << "0" << Offset{0} << Offset{0} << Offset{0};
}

void GoToExpressionTest::leadsTo() {
    QFETCH(QString, text);
    QFETCH(Offset, caret);
    QFETCH(Offset, length);
    QFETCH(Offset, offset);
    const GoToTarget target = parseGoTo(text, GoToPlace{caret, length});
    QCOMPARE(target.fault, GoToFault::None);
    QVERIFY(target.offset.has_value());
    QCOMPARE(*target.offset, offset);
}

void GoToExpressionTest::numbersAlone() {
    using octavo::ui::parseNumber;
    QCOMPARE(parseNumber(QStringLiteral("1\u202F234")), std::optional<Offset>(1234));
    QCOMPARE(parseNumber("0x1_0"), std::optional<Offset>(16));
    QCOMPARE(parseNumber("99999999999999999999"), std::optional<Offset>(kMaxLength));
    QCOMPARE(parseNumber("0o17"), std::optional<Offset>(15));
    QCOMPARE(parseNumber("0b101"), std::optional<Offset>(5));
    QCOMPARE(parseNumber(QString(50, '9')), std::optional<Offset>(kMaxLength));
    for (const char* none :
         {"", "+1", "-1", "50%", "12.5%", "1.5", "end", "0x", "1f", "1+1", "(1)"})
        QVERIFY2(!parseNumber(none), none);
}

void GoToExpressionTest::isRefused_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<GoToFault>("fault");
    QTest::addColumn<QString>("rest");
    const auto row = [](const char* name, const QString& text, GoToFault fault,
                        const char* rest = "") {
        QTest::newRow(name) << text << fault << QString(rest);
    };
    using enum GoToFault;
    row("nothing", "", Empty);
    row("blanks", "  ", Empty);
    row("beyond the end", "1001", BeyondEnd);
    row("beyond 64 bits", "99999999999999999999999", BeyondEnd);
    row("hexadecimal beyond 64 bits", "0xFFFFFFFFFFFFFFFFF", BeyondEnd);
    row("beyond 127 bits", QString(40, '9'), TooLarge);
    row("a product beyond 127 bits", "9223372036854775807*9223372036854775807*5", TooLarge);
    row("a sum beyond 127 bits", "0x" + QString(31, 'F') + "*8+0x" + QString(31, 'F') + "*8",
        TooLarge);
    row("relative beyond", "+901", BeyondEnd);
    row("relative beyond 64 bits", "+9223372036854775807", BeyondEnd);
    row("relative before", "-101", BeforeStart);
    row("a difference before", "1-2", BeforeStart);
    row("a negative quotient", "(-7)/2", BeforeStart);
    row("more than all", "100.1%", BeyondEnd);
    row("less than nothing", "0-1%", BeforeStart);
    row("no number in percent", "x%", NotUnderstood, "x%");
    row("percent alone", "%", NotUnderstood, "%");
    row("not a number in percent", "nan%", NotUnderstood, "nan%");
    row("letters", "here", NotUnderstood, "here");
    row("a name with more behind it", "ends", NotUnderstood, "ends");
    row("hexadecimal without its sign", "1F", NotUnderstood, "F");
    row("only the sign of hexadecimal", "0x", Incomplete);
    row("octal with an 8", "0o78", NotUnderstood, "8");
    row("binary with a 2", "0b12", NotUnderstood, "2");
    row("no digit behind the sign", "0xg", NotUnderstood, "g");
    row("only a plus", "+", Incomplete);
    row("an operator at the end", "end -", Incomplete);
    row("an operator in front", "*2", NotUnderstood, "*2");
    row("two operators", "1 */ 2", NotUnderstood, "/ 2");
    row("two operands", "end 1", NotUnderstood, "1");
    row("a parenthesis that is not closed", "(1+2", Incomplete);
    row("a parenthesis that was not opened", "1+2)", NotUnderstood, ")");
    row("nothing in parentheses", "()", NotUnderstood, ")");
    row("very deep", QString(100'000, '(') + "1", NotUnderstood, nullptr);
    row("divided by zero", "end / (1-1)", DivisionByZero, "(1-1)");
    row("a comma", "1,5", NotUnderstood, ",5");
    row("a fraction of a byte", "1.5", Incomplete);
    row("a fraction in a sum", "1.5+1", NotUnderstood, ".5+1");
    row("a point without digits", "1.%", NotUnderstood, "%");
    row("hexadecimal fraction", "0x1.8%", NotUnderstood, ".8%");
}

void GoToExpressionTest::isRefused() {
    QFETCH(QString, text);
    QFETCH(GoToFault, fault);
    QFETCH(QString, rest);
    const GoToTarget target = parseGoTo(text, GoToPlace{100, 1000});
    QCOMPARE(target.fault, fault);
    if (!rest.isNull())
        QCOMPARE(target.rest, rest);
    QVERIFY(!target.offset.has_value());
}

void GoToExpressionTest::percentNeverFalls() {
    for (const Offset length : {Offset{1}, Offset{999}, Offset{1} << 33, kMaxLength}) {
        Offset before = 0;
        for (int tenths = 0; tenths <= 1000; ++tenths) {
            const QString text = QStringLiteral("%1.%2%").arg(tenths / 10).arg(tenths % 10);
            const GoToTarget target = parseGoTo(text, GoToPlace{0, length});
            QVERIFY2(target.offset.has_value(), qPrintable(text));
            QVERIFY2(*target.offset >= before && *target.offset <= length, qPrintable(text));
            before = *target.offset;
        }
        QCOMPARE(before, length);
    }
}

void GoToExpressionTest::namesOfTheSelection() {
    const auto offset = [](const char* text, const Extent& selection) {
        return parseGoTo(text, {100, 1000, selection}).offset;
    };
    QCOMPARE(offset("sel", {20, 5}), std::optional<Offset>(20));
    QCOMPARE(offset("SelEnd - 1", {20, 5}), std::optional<Offset>(24));
    // Nothing is selected: where it would begin.
    QCOMPARE(offset("sel", {}), std::optional<Offset>(100));
    QCOMPARE(offset("selend", {}), std::optional<Offset>(100));
}

// ---- Random expressions

namespace {

__extension__ typedef __int128 Wide;

constexpr GoToPlace kPlace{1000, 1'000'000, {2000, 300}};

/// An expression whose value is known because it was made from it.
struct Made {
    QString text;
    std::optional<Wide> value;  ///< nothing where a quotient or a number on the way has none
    int rank = 0;               ///< 0 a sum, 1 a product, 2 what needs no parentheses
};

class Maker {
public:
    explicit Maker(std::uint64_t seed) : random_(seed) {}

    Made make(int depth) {
        if (depth == 0 || below(5) == 0) {
            return leaf();
        }
        const Made left = make(depth - 1);
        const Made right = make(depth - 1);
        switch (below(5)) {
        case 0:
            return joined(left, "+", right, 0);
        case 1:
            return joined(left, "-", right, 0);
        case 2:
            return joined(left, "*", right, 1);
        case 3:
            return joined(left, "/", right, 1);
        default:
            return {"-" + inside(left, 2), left.value ? negated(*left.value) : left.value, 2};
        }
    }
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

private:
    static std::optional<Wide> negated(Wide value) {
        Wide result = 0;
        return __builtin_sub_overflow(Wide{0}, value, &result) ? std::nullopt
                                                               : std::optional<Wide>(result);
    }

    static QString inside(const Made& part, int leastRank) {
        return part.rank < leastRank ? "(" + part.text + ")" : part.text;
    }

    static Made joined(const Made& left, const QString& sign, const Made& right, int rank) {
        Made made{inside(left, rank) + sign + inside(right, rank + 1), {}, rank};
        if (!left.value || !right.value) {
            return made;
        }
        Wide result = 0;
        bool isFaulty = false;
        if (sign == "+") {
            isFaulty = __builtin_add_overflow(*left.value, *right.value, &result);
        } else if (sign == "-") {
            isFaulty = __builtin_sub_overflow(*left.value, *right.value, &result);
        } else if (sign == "*") {
            isFaulty = __builtin_mul_overflow(*left.value, *right.value, &result);
        } else if (*right.value == 0) {
            isFaulty = true;
        } else {
            result = *left.value / *right.value;
        }
        if (!isFaulty) {
            made.value = result;
        }
        return made;
    }

    Made leaf() {
        const std::uint64_t number = random_() >> (24 + below(40));
        const auto value = static_cast<Wide>(number);
        switch (below(8)) {
        case 0:
            return {"0x" + QString::number(number, 16), value, 2};
        case 1:
            return {"0o" + QString::number(number, 8), value, 2};
        case 2:
            return {"0b" + QString::number(number, 2), value, 2};
        case 3: {
            const std::uint64_t percent = below(300);
            return {QString::number(percent) + "%",
                    static_cast<Wide>(percent) * kPlace.length / 100, 2};
        }
        case 4:
            return {"caret", kPlace.caret, 2};
        case 5:
            return {"selend", kPlace.selection.end(), 2};
        case 6:
            return {"end", kPlace.length, 2};
        default:
            return {QString::number(number), value, 2};
        }
    }

    std::mt19937_64 random_;
};

void addSeeds() {
    QTest::addColumn<quint64>("seed");
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        QTest::addRow("%llu", static_cast<unsigned long long>(seed)) << quint64{seed};
    }
}

}  // namespace

void GoToExpressionTest::isTheSumOfItsParts_data() {
    addSeeds();
}

void GoToExpressionTest::isTheSumOfItsParts() {
    QFETCH(quint64, seed);
    Maker maker(seed);
    int led = 0;
    for (int round = 0; round < octavo::test::scaled(20'000); ++round) {
        const Made made = maker.make(static_cast<int>(maker.below(6)));
        // With a minus in front it would be relative.
        const QString text = made.text.startsWith('-') ? "0" + made.text : made.text;
        const GoToTarget target = parseGoTo(text, kPlace);
        GoToFault expected = GoToFault::None;
        if (made.value && *made.value < 0) {
            expected = GoToFault::BeforeStart;
        } else if (made.value && *made.value > kPlace.length) {
            expected = GoToFault::BeyondEnd;
        }
        if (!made.value) {
            QVERIFY2(target.fault == GoToFault::TooLarge ||
                         target.fault == GoToFault::DivisionByZero,
                     qPrintable(text));
            continue;
        }
        QVERIFY2(target.fault == expected, qPrintable(text));
        if (expected == GoToFault::None) {
            ++led;
            QVERIFY2(*target.offset == *made.value, qPrintable(text));
        }
    }
    QVERIFY(led > 1000);
}

void GoToExpressionTest::nonsenseDoesNoHarm_data() {
    addSeeds();
}

void GoToExpressionTest::nonsenseDoesNoHarm() {
    QFETCH(quint64, seed);
    Maker maker(seed);
    const QStringList parts{"1", "9", "0x",  "0b",     "F", "end",        "sel", "caret",
                            "+", "-", "*",   "/",      "(", ")",          "%",   ".",
                            " ", "_", "end", "\u2212", "?", "99999999999"};
    int understood = 0;
    for (int round = 0; round < octavo::test::scaled(50'000); ++round) {
        QString text;
        for (std::uint64_t left = maker.below(12); left > 0; --left) {
            text += parts[static_cast<qsizetype>(
                maker.below(static_cast<std::uint64_t>(parts.size())))];
        }
        const GoToTarget target = parseGoTo(text, kPlace);
        QCOMPARE(target.offset.has_value(), target.fault == GoToFault::None);
        QVERIFY2(text.endsWith(target.rest), qPrintable(text));
        if (target.offset) {
            ++understood;
            QVERIFY2(*target.offset >= 0 && *target.offset <= kPlace.length, qPrintable(text));
            // The same in parentheses, where it is not relative.
            const QChar first = text.trimmed().front();
            if (first != '+' && first != '-' && first != '_' && first != QChar(0x2212)) {
                QCOMPARE(parseGoTo("(" + text + ")", kPlace).offset, target.offset);
            }
        }
    }
    QVERIFY(understood > 500);
}

QTEST_GUILESS_MAIN(GoToExpressionTest)
#include "go_to_expression_test.moc"
