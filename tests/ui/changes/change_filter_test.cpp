#include "ui/changes/change_filter.h"

#include <QTest>

using namespace octavo;
using core::Offset;
using ui::ChangeFilter;
using ui::ChangeRow;

namespace {

struct Sample {
    const char* word;
    ChangeRow row;
    const char* name = "";
};

ChangeRow rowOf(Offset at, Offset before, Offset content, bool isOff = false, bool isKept = false,
                core::TransactionId step = 1) {
    return {{1, isOff, {{at}, before}, {at, isOff ? before : content}}, content, step, isKept};
}

/// 0x100 and on: one of each kind, and what can be said of it.
const Sample kSamples[] = {
    {"o", rowOf(0x100, 4, 4), "Magic number"},
    {"i", rowOf(0x200, 0, 2)},
    {"d", rowOf(0x300, 3, 0, false, true, 2), "deleted padding"},
    {"r", rowOf(0x400, 2, 5), "100"},
    {"x", rowOf(0x500, 4, 6, true)},
};

}  // namespace

class ChangeFilterTest : public QObject {
    Q_OBJECT

private slots:
    void admits_data();
    void admits();
};

void ChangeFilterTest::admits_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("admitted");
    const auto row = [](const char* name, const char* text, const char* admitted) {
        QTest::newRow(name) << text << admitted;
    };
    row("nothing", "", "oidrx");
    row("spaces", "   ", "oidrx");
    row("off", "off", "x");
    row("on", "on", "oidr");
    row("large letters", "OFF", "x");
    row("kept", "kept", "d");
    row("a kind", "overwritten", "o");
    row("its beginning", "ins", "i");
    row("a kind that is a part of a name too", "deleted", "d");
    row("a kind of what is off", "replaced", "rx");
    row("both must fit", "replaced on", "r");
    row("and cannot", "inserted off", "");
    row("too little of a kind is a part of a name", "de", "d");
    row("a name", "magic", "o");
    row("two parts of a name", "number mag", "o");
    row("no such name", "nobody", "");
    row("an offset", "0x100", "o");
    row("an offset within", "0x103", "o");
    row("one behind the end", "0x104", "");
    row("decimal", "256", "o");
    row("where bytes were deleted", "0x300", "d");
    row("a number that is a name", "100", "r");
    row("a range", "0x102-0x200", "oi");
    row("up to a byte before", "0x104-0x1ff", "");
    row("where the file's bytes stand", "0x503", "x");
    row("and not those that are off", "0x504", "");
    row("to the very end", "0x400-0x7fffffffffffffff", "rx");
    row("a range the wrong way round", "0x200-0x100", "");
    row("half a range", "0x200-", "");
    row("a step", "#2", "d");
    row("no such step", "#22", "");
    row("no number", "#", "");
    row("a range and a kind", "0x0-0x400 deleted", "d");
}

void ChangeFilterTest::admits() {
    QFETCH(QString, text);
    QFETCH(QString, admitted);
    const ChangeFilter filter(text);
    QString found;
    for (const Sample& sample : kSamples) {
        if (filter.admits(sample.row, sample.name)) {
            found += QLatin1String(sample.word);
        }
    }
    QCOMPARE(found, admitted);
    QCOMPARE(filter.isEmpty(), text.trimmed().isEmpty());
    QCOMPARE(ChangeFilter::wordOfStep(2), QString("#2"));
}

QTEST_GUILESS_MAIN(ChangeFilterTest)
#include "change_filter_test.moc"
