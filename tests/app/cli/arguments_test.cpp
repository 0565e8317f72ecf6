#include "app/cli/arguments.h"

#include <QtTest>

using namespace octavo;
using namespace octavo::cli;

class ArgumentsTest : public QObject {
    Q_OBJECT

private slots:
    void number_data();
    void number();
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void numberOption();
};

namespace {

const Syntax kSyntax{
    "cut", {"FILE"}, {{"--from", "O", "where"}, {"--text", "T", "what"}, {"--all", {}, "all"}}};

std::vector<std::string> wordsOf(const QStringList& list) {
    std::vector<std::string> words;
    for (const QString& word : list) {
        words.push_back(word.toStdString());
    }
    return words;
}

}  // namespace

void ArgumentsTest::number_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("value");  // -1: refused

    const auto row = [](const char* text, qint64 value) {
        QTest::newRow(*text == '\0' ? "nothing" : text) << QByteArray(text) << value;
    };
    row("0", 0);
    row("1", 1);
    row("007", 7);
    row("0x0", 0);
    row("0x10", 16);
    row("0XfF", 255);
    row("4294967296", Q_INT64_C(4294967296));
    row("9223372036854775807", core::kMaxLength);
    row("0x7fffffffffffffff", core::kMaxLength);
    row("0x00000000000000000000ff", 255);
    row("9223372036854775808", -1);
    row("0x8000000000000000", -1);
    row("18446744073709551616", -1);
    row("99999999999999999999999999", -1);
    row("", -1);
    row("0x", -1);
    row("-1", -1);
    row("-0", -1);
    row("+1", -1);
    row("0x-1", -1);
    row("0x+1", -1);
    row(" 1", -1);
    row("1 ", -1);
    row("1k", -1);
    row("ff", -1);
    row("0xfg", -1);
    row("1.5", -1);
    row("1e3", -1);
    row("0x0x1", -1);
    QTest::newRow("NUL") << QByteArray("1\0", 2) << qint64{-1};
}

void ArgumentsTest::number() {
    QFETCH(QByteArray, text);
    QFETCH(qint64, value);
    QCOMPARE(parseNumber({text.data(), static_cast<std::size_t>(text.size())}).value_or(-1), value);
}

void ArgumentsTest::accepted_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("from");  // null: not given
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("all");

    const QString none;
    QTest::newRow("operand alone") << QStringList{"f"} << "f" << none << none << false;
    QTest::newRow("options behind") << QStringList{"f", "--all", "--from", "3"} << "f"
                                    << "3" << none << true;
    QTest::newRow("options in front") << QStringList{"--from", "3", "--all", "f"} << "f"
                                      << "3" << none << true;
    QTest::newRow("options around") << QStringList{"--from", "3", "f", "--all"} << "f"
                                    << "3" << none << true;
    QTest::newRow("with =") << QStringList{"--from=3", "f"} << "f"
                            << "3" << none << false;
    QTest::newRow("= in the value")
        << QStringList{"f", "--text=a=b"} << "f" << none << "a=b" << false;
    QTest::newRow("empty value") << QStringList{"f", "--text="} << "f" << none << "" << false;
    QTest::newRow("empty word as value")
        << QStringList{"f", "--text", ""} << "f" << none << "" << false;
    QTest::newRow("option as value")
        << QStringList{"f", "--text", "--all"} << "f" << none << "--all" << false;
    QTest::newRow("-- as value") << QStringList{"f", "--text", "--"} << "f" << none << "--"
                                 << false;
    QTest::newRow("after --") << QStringList{"--all", "--", "--from"} << "--from" << none << none
                              << true;
    QTest::newRow("-- after --") << QStringList{"--", "--"} << "--" << none << none << false;
    QTest::newRow("single dash") << QStringList{"-"} << "-" << none << none << false;
    QTest::newRow("empty operand") << QStringList{""} << "" << none << none << false;
}

void ArgumentsTest::accepted() {
    QFETCH(QStringList, words);
    QFETCH(QString, file);
    QFETCH(QString, from);
    QFETCH(QString, text);
    QFETCH(bool, all);

    const auto arguments = Arguments::parse(kSyntax, wordsOf(words));
    QVERIFY2(arguments.ok(), arguments ? "" : arguments.error().message().c_str());
    QCOMPARE(arguments->operand(0), file.toStdString());
    const auto check = [&](const char* option, const QString& wanted) {
        const std::optional<std::string_view> value = arguments->value(option);
        return value.has_value() == !wanted.isNull() &&
               (!value || std::string(*value) == wanted.toStdString());
    };
    QVERIFY(check("--from", from));
    QVERIFY(check("--text", text));
    QCOMPARE(arguments->has("--all"), all);
    QVERIFY(!arguments->wantsHelp());
}

void ArgumentsTest::refused_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("reason");

    QTest::newRow("nothing") << QStringList{} << "missing is FILE";
    QTest::newRow("option alone") << QStringList{"--all"} << "missing is FILE";
    QTest::newRow("too many") << QStringList{"f", "g"} << "too many: g";
    QTest::newRow("unknown option") << QStringList{"f", "--any"} << "no option --any";
    QTest::newRow("unknown with value") << QStringList{"f", "--any=3"} << "no option --any ";
    QTest::newRow("short option") << QStringList{"f", "-a"} << "no option -a";
    QTest::newRow("negative number") << QStringList{"f", "-5"} << "no option -5";
    QTest::newRow("cut short") << QStringList{"f", "--fro", "3"} << "no option --fro ";
    QTest::newRow("no value") << QStringList{"f", "--from"} << "missing after --from";
    QTest::newRow("value for a flag") << QStringList{"f", "--all=1"} << "belongs to --all";
    QTest::newRow("twice") << QStringList{"f", "--from", "1", "--from=2"} << "twice: --from";
    QTest::newRow("flag twice") << QStringList{"f", "--all", "--all"} << "twice: --all";
    QTest::newRow("line end") << QStringList{"f", "--a\nb"} << "no option --a\\nb";
}

void ArgumentsTest::refused() {
    QFETCH(QStringList, words);
    QFETCH(QString, reason);

    const auto arguments = Arguments::parse(kSyntax, wordsOf(words));
    QVERIFY(!arguments.ok());
    QCOMPARE(arguments.error().code, core::ErrorCode::InvalidArgument);
    const QString message = QString::fromStdString(arguments.error().message());
    QVERIFY2(message.startsWith("cut: ") && message.contains(reason) && !message.contains('\n'),
             qPrintable(message));
}

void ArgumentsTest::numberOption() {
    const auto given = Arguments::parse(kSyntax, wordsOf({"f", "--from", "0x20"}));
    QVERIFY(given.ok());
    const auto number = given->number("--from", 7);
    QVERIFY(number.ok());
    QCOMPARE(*number, core::Offset{32});

    const auto absent = Arguments::parse(kSyntax, wordsOf({"f"}));
    QVERIFY(absent.ok());
    const auto fallback = absent->number("--from", 7);
    QVERIFY(fallback.ok());
    QCOMPARE(*fallback, core::Offset{7});

    const auto wrong = Arguments::parse(kSyntax, wordsOf({"f", "--from", "x\n"}));
    QVERIFY(wrong.ok());
    const auto refused = wrong->number("--from", 7);
    QVERIFY(!refused.ok());
    const QString message = QString::fromStdString(refused.error().message());
    QVERIFY2(message.contains("--from") && message.contains("x\\n"), qPrintable(message));

    const auto help = Arguments::parse(kSyntax, wordsOf({"--help"}));
    QVERIFY(help.ok());
    QVERIFY(help->wantsHelp());
}

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "arguments_test.moc"
