#include "ui/style/theme.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using octavo::ui::Theme;

namespace {

/// Relative luminance after WCAG 2.1.
double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

struct Colour {
    const char* name;
    QColor Theme::*member;
};

const Colour kSurfaces[] = {{"window", &Theme::window},
                            {"base", &Theme::base},
                            {"alternate", &Theme::alternate},
                            {"caret row", &Theme::caretRow}};
const Colour kTints[] = {{"selection", &Theme::selection},
                         {"match", &Theme::match},
                         {"changed", &Theme::changed},
                         {"inserted", &Theme::inserted}};
const Colour kBytes[] = {{"printable", &Theme::printableByte},
                         {"control", &Theme::controlByte},
                         {"high", &Theme::highByte},
                         {"FF", &Theme::ffByte},
                         {"text", &Theme::text}};

QByteArray nameOf(const Theme& theme) {
    return &theme == &Theme::light() ? "light" : &theme == &Theme::dark() ? "dark" : "contrast";
}

void addPair(const Theme& theme, const Colour& front, const Colour& back, double least) {
    // High contrast wants more of everything.
    const bool isHigh = &theme == &Theme::highContrast();
    const double wanted = !isHigh ? least : least < 4.5 ? 4.5 : 7.0;
    const QByteArray name = nameOf(theme) + ": " + front.name + " on " + back.name;
    QTest::newRow(name) << theme.*front.member << theme.*back.member << wanted;
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void contrastIsEnough_data();
    void contrastIsEnough();
    void paletteReads_data();
    void paletteReads();
    void paletteLeadsBackToItsTheme();
};

void ThemeTest::contrastIsEnough_data() {
    QTest::addColumn<QColor>("front");
    QTest::addColumn<QColor>("back");
    QTest::addColumn<double>("least");

    const Colour base{"base", &Theme::base};
    for (const Theme* theme : {&Theme::light(), &Theme::dark(), &Theme::highContrast()}) {
        for (const Colour& back : kSurfaces) {
            for (const Colour& front : kBytes)
                addPair(*theme, front, back, 4.5);
            addPair(*theme, {"dim text", &Theme::dimText}, back, 4.5);
            addPair(*theme, {"accent", &Theme::accent}, back, 4.5);
            addPair(*theme, {"pending badge", &Theme::pendingBadge}, back, 4.5);
            addPair(*theme, {"warning", &Theme::warning}, back, 4.5);
            // Zeros recede on purpose.
            addPair(*theme, {"zero", &Theme::zeroByte}, back, 3.0);
        }
        for (const Colour& back : kTints)
            for (const Colour& front : kBytes)
                addPair(*theme, front, back, 4.5);
        addPair(*theme, {"on accent", &Theme::onAccent}, {"accent", &Theme::accent}, 4.5);
        addPair(*theme, {"text", &Theme::text}, {"behind warning", &Theme::behindWarning}, 4.5);
        addPair(*theme, {"warning", &Theme::warning}, {"behind warning", &Theme::behindWarning},
                4.5);
        addPair(*theme, {"accent", &Theme::accent}, {"behind warning", &Theme::behindWarning}, 4.5);

        addPair(*theme, {"match line", &Theme::matchLine}, base, 3.0);
        addPair(*theme, {"match line", &Theme::matchLine}, {"match", &Theme::match}, 3.0);
        addPair(*theme, {"changed line", &Theme::changedLine}, base, 3.0);
        addPair(*theme, {"changed line", &Theme::changedLine}, {"changed", &Theme::changed}, 3.0);
        addPair(*theme, {"inserted line", &Theme::insertedLine}, base, 3.0);
        addPair(*theme, {"inserted line", &Theme::insertedLine}, {"inserted", &Theme::inserted},
                3.0);
        addPair(*theme, {"deleted", &Theme::deleted}, base, 3.0);
        addPair(*theme, {"accent ring", &Theme::accent}, {"selection", &Theme::selection}, 3.0);
    }
}

void ThemeTest::contrastIsEnough() {
    QFETCH(QColor, front);
    QFETCH(QColor, back);
    QFETCH(double, least);
    const double found = contrast(front, back);
    QVERIFY2(found >= least, qPrintable(QStringLiteral("%1 on %2 is %3:1, wanted %4:1")
                                            .arg(front.name(), back.name())
                                            .arg(found)
                                            .arg(least)));
}

void ThemeTest::paletteReads_data() {
    QTest::addColumn<QPalette>("palette");
    QTest::addColumn<QPalette::ColorRole>("front");
    QTest::addColumn<QPalette::ColorRole>("back");

    struct Pair {
        const char* name;
        QPalette::ColorRole front, back;
    };
    const Pair pairs[] = {
        {"window text", QPalette::WindowText, QPalette::Window},
        {"text", QPalette::Text, QPalette::Base},
        {"text on alternate", QPalette::Text, QPalette::AlternateBase},
        {"placeholder", QPalette::PlaceholderText, QPalette::Base},
        {"button", QPalette::ButtonText, QPalette::Button},
        {"tool tip", QPalette::ToolTipText, QPalette::ToolTipBase},
        {"highlight", QPalette::HighlightedText, QPalette::Highlight},
        {"link", QPalette::Link, QPalette::Window},
        {"visited link", QPalette::LinkVisited, QPalette::Base},
    };
    for (const Theme* theme : {&Theme::light(), &Theme::dark(), &Theme::highContrast()})
        for (const Pair& pair : pairs)
            QTest::addRow("%s: %s", nameOf(*theme).constData(), pair.name)
                << theme->palette() << pair.front << pair.back;
}

void ThemeTest::paletteReads() {
    QFETCH(QPalette, palette);
    QFETCH(QPalette::ColorRole, front);
    QFETCH(QPalette::ColorRole, back);
    for (const auto group : {QPalette::Active, QPalette::Inactive})
        QVERIFY(contrast(palette.color(group, front), palette.color(group, back)) >= 4.5);
    QVERIFY(palette.color(QPalette::Disabled, front) != palette.color(QPalette::Disabled, back));
}

void ThemeTest::paletteLeadsBackToItsTheme() {
    QVERIFY(!Theme::of(Theme::light().palette()).isDark);
    QVERIFY(Theme::of(Theme::dark().palette()).isDark);
    QCOMPARE(&Theme::of(Theme::highContrast().palette()), &Theme::highContrast());
    QCOMPARE(&Theme::of(Theme::dark().palette()), &Theme::dark());
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
