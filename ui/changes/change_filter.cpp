#include "ui/changes/change_filter.h"

#include "ui/changes/change_text.h"
#include "ui/panels/go_to_expression.h"

#include <QStringList>

namespace octavo::ui {

using core::ChangeKind;
using core::Extent;
using core::Offset;

namespace {

constexpr qsizetype kShortestKind = 3;
constexpr QLatin1Char kStepSign('#');

/// "0x100" or "0x100-0x200", both ends included.
std::optional<Extent> placeOf(const QString& text) {
    const qsizetype dash = text.indexOf(QLatin1Char('-'));
    const std::optional<Offset> from = parseNumber(text.left(dash));
    const std::optional<Offset> last = dash < 0 ? from : parseNumber(text.mid(dash + 1));
    if (!from || !last || *last < *from) {
        return std::nullopt;
    }
    return Extent{*from, std::min(*last - *from, core::kMaxLength - *from - 1) + 1};
}

}  // namespace

QString ChangeFilter::wordOfStep(core::TransactionId step) {
    return kStepSign + QString::number(step);
}

ChangeFilter::Word ChangeFilter::wordOf(const QString& text) {
    Word word;
    word.text = text;
    for (const auto& [name, state] :
         {std::pair(offWord(), State::Off), {onWord(), State::On}, {keptWord(), State::Kept}}) {
        if (text.compare(name, Qt::CaseInsensitive) == 0) {
            word.state = state;
        }
    }
    for (const ChangeKind kind : {ChangeKind::Overwritten, ChangeKind::Inserted,
                                  ChangeKind::Deleted, ChangeKind::Replaced}) {
        if (text.size() >= kShortestKind && kindText(kind).startsWith(text, Qt::CaseInsensitive)) {
            word.kind = kind;
        }
    }
    word.place = placeOf(text);
    if (text.startsWith(kStepSign)) {
        word.step = parseNumber(text.mid(1));
    }
    return word;
}

ChangeFilter::ChangeFilter(const QString& text) {
    for (const QString& word : text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        words_.push_back(wordOf(word));
    }
}

bool ChangeFilter::Word::fits(const ChangeRow& row) const {
    if (state) {
        switch (*state) {
        case State::Off:
            return row.change.isOff;
        case State::On:
            return !row.change.isOff;
        case State::Kept:
            return row.isKept;
        }
    }
    if (kind) {
        return row.kind() == *kind;
    }
    if (step) {
        return row.step == *step;
    }
    if (place) {
        const Extent& now = row.change.now;
        return now.isEmpty() ? place->contains(now.offset) : !intersection(now, *place).isEmpty();
    }
    return false;
}

bool ChangeFilter::admits(const ChangeRow& row, const std::string& name) const {
    const QString text = name.empty() ? QString() : QString::fromStdString(name);
    return std::ranges::all_of(words_, [&](const Word& word) {
        return word.fits(row) || text.contains(word.text, Qt::CaseInsensitive);
    });
}

}  // namespace octavo::ui
