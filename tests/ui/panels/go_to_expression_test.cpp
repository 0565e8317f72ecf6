#include "ui/panels/go_to_expression.h"

#include <QTest>

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
    for (const char* none : {"", "+1", "-1", "50%", "end", "0x", "1f"})
        QVERIFY2(!parseNumber(none), none);
}

void GoToExpressionTest::isRefused_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<GoToFault>("fault");
    QTest::newRow("nothing") << "" << GoToFault::Empty;
    QTest::newRow("blanks") << "  " << GoToFault::Empty;
    QTest::newRow("beyond the end") << "1001" << GoToFault::BeyondEnd;
    QTest::newRow("beyond 64 bits") << "99999999999999999999999" << GoToFault::BeyondEnd;
    QTest::newRow("hexadecimal beyond 64 bits") << "0xFFFFFFFFFFFFFFFFF" << GoToFault::BeyondEnd;
    QTest::newRow("relative beyond") << "+901" << GoToFault::BeyondEnd;
    QTest::newRow("relative beyond 64 bits") << "+9223372036854775807" << GoToFault::BeyondEnd;
    QTest::newRow("relative before") << "-101" << GoToFault::BeforeStart;
    QTest::newRow("more than all") << "100.1%" << GoToFault::BeyondEnd;
    QTest::newRow("less than nothing") << "-1%" << GoToFault::BeforeStart;
    QTest::newRow("no number in percent") << "x%" << GoToFault::NotUnderstood;
    QTest::newRow("percent alone") << "%" << GoToFault::NotUnderstood;
    QTest::newRow("not a number in percent") << "nan%" << GoToFault::NotUnderstood;
    QTest::newRow("letters") << "here" << GoToFault::NotUnderstood;
    QTest::newRow("hexadecimal without its sign") << "1F" << GoToFault::NotUnderstood;
    QTest::newRow("only the sign of hexadecimal") << "0x" << GoToFault::NotUnderstood;
    QTest::newRow("only a plus") << "+" << GoToFault::NotUnderstood;
    QTest::newRow("two signs") << "+-4" << GoToFault::NotUnderstood;
    QTest::newRow("a comma") << "1,5" << GoToFault::NotUnderstood;
}

void GoToExpressionTest::isRefused() {
    QFETCH(QString, text);
    QFETCH(GoToFault, fault);
    const GoToTarget target = parseGoTo(text, GoToPlace{100, 1000});
    QCOMPARE(target.fault, fault);
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

QTEST_GUILESS_MAIN(GoToExpressionTest)
#include "go_to_expression_test.moc"
