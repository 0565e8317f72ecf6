#include "ui/results/hit_table_model.h"

#include "core/search/hit_text.h"
#include "ui/panels/number_text.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;

namespace {

constexpr std::chrono::milliseconds kFrameWait{4};
constexpr int kCellWidth = 3;  // two digits and a space

}  // namespace

HitTableModel::HitTableModel(QObject* parent) : LongTableModel(parent) {
    connect(&fetcher_, &RowFetcher::fetched, this, &HitTableModel::take);
}

void HitTableModel::setList(HitList* list) {
    rows_.clear();
    if (list_ != nullptr)
        list_->disconnect(this);
    list_ = list;
    names_.clear();
    if (list != nullptr) {
        names_ = core::alternativeNames(list->query());
        connect(list, &HitList::changed, this, &HitTableModel::refresh);
    }
    refresh();
}

std::uint64_t HitTableModel::total() const {
    return list_ != nullptr ? list_->count() : 0;
}

int HitTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

void HitTableModel::load(std::uint64_t first, int rows) {
    if (list_ == nullptr)
        return;
    const std::vector<core::Hit> hits = list_->hits(first, static_cast<std::size_t>(rows));
    const std::uint64_t revision = list_->document().document().revision();
    if (std::ranges::equal(hits, rows_, {}, {}, &Row::hit)) {
        if (revision != fetchedRevision_)
            fetch();
        return;
    }
    rows_.clear();
    for (const core::Hit& hit : hits)
        rows_.push_back({hit});
    fetch();
}

Extent HitTableModel::extentOf(std::uint64_t number) const {
    const std::vector<core::Hit> hits = list_->hits(number, 1);
    return hits.empty() ? Extent() : list_->now(hits.front());
}

Extent HitTableModel::readFor(Extent match) const {
    const core::Offset from = std::max<core::Offset>(match.offset - kBefore, 0);
    const core::Offset text = match.offset + std::min(match.length, kText);
    const core::Offset to = std::max(from + std::min(kShown, core::kMaxLength - from), text);
    return {from, std::min(to, list_->document().document().length()) - from};
}

void HitTableModel::fetch() {
    std::vector<Extent> wanted;
    for (Row& row : rows_) {
        row.read = readFor(list_->now(row.hit));
        row.known = 0;
        row.isUnreadable = false;
        row.bytes.assign(static_cast<std::size_t>(row.read.length), 0);
        wanted.push_back(row.read);
    }
    fetchedRevision_ = list_->document().document().revision();
    fetcher_.request(list_->document().document().snapshot(), wanted, {}, ++generation_);
    fetcher_.waitForUrgent(kFrameWait);
}

void HitTableModel::take(const FetchedBytes& fetched) {
    if (fetched.generation != generation_)
        return;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        Row& row = rows_[i];
        // An extent is asked for in parts that come in order.
        const core::Offset at = row.read.offset + row.known;
        const Extent part = intersection(fetched.extent, row.read);
        if (part.isEmpty() || part.offset > at || part.end() <= at)
            continue;
        std::copy_n(fetched.bytes.begin() + (part.offset - fetched.extent.offset), part.length,
                    row.bytes.begin() + (part.offset - row.read.offset));
        row.known = part.end() - row.read.offset;
        row.isUnreadable = row.isUnreadable || !fetched.unreadable.isEmpty();
        if (row.known == row.read.length && static_cast<int>(i) < rowCount())
            emit dataChanged(index(static_cast<int>(i), 0),
                             index(static_cast<int>(i), ColumnCount - 1));
    }
}

Extent HitTableModel::matchIn(const Row& row, int column) const {
    const Extent match = list_->now(row.hit);
    const Extent shown{row.read.offset, std::min(row.read.length, kShown)};
    const Extent part = intersection(match, shown);
    if (part.isEmpty())
        return {};
    const core::Offset before = part.offset - shown.offset;
    if (column == Bytes)
        return {before * kCellWidth, part.length * kCellWidth - 1};
    const bool isString = list_->query().kind == core::SearchKind::Strings;
    return column == Text && !isString ? Extent{before, part.length} : Extent();
}

QVariant HitTableModel::text(const Row& row, int column) const {
    const Extent match = list_->now(row.hit);
    const bool isGone = match.isEmpty() && row.hit.length > 0;
    switch (column) {
    case Offset:
        return offsetText(match.offset);
    case Length:
        if (isGone)
            return tr("deleted");
        return row.hit.cut ? tr("%1, cut").arg(groupedNumber(match.length))
                           : groupedNumber(match.length);
    case As:
        return row.hit.alternative < names_.size()
                   ? QString::fromStdString(names_[row.hit.alternative])
                   : QString();
    default:
        break;
    }
    if (row.isUnreadable)
        return tr("unreadable");
    if (row.known < row.read.length)
        return QString();
    const core::ByteSpan bytes(row.bytes);
    const core::ByteSpan shown = bytes.first(std::min<std::size_t>(bytes.size(), kShown));
    if (column == Bytes)
        return QString::fromStdString(core::hexText(shown));
    if (list_->query().kind != core::SearchKind::Strings)
        return QString::fromStdString(core::plainText(shown));
    const Extent part = intersection({match.offset, std::min(match.length, kText)}, row.read);
    const QString string = QString::fromStdString(core::hitText(
        list_->query(), bytes.subspan(static_cast<std::size_t>(part.offset - row.read.offset),
                                      static_cast<std::size_t>(part.length))));
    return match.length > kText ? string + QChar(u'…') : string;
}

QVariant HitTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= rows_.size())
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return int(index.column() <= Length ? Qt::AlignRight : Qt::AlignLeft) |
               int(Qt::AlignVCenter);
    case MatchFromRole:
        return static_cast<int>(matchIn(row, index.column()).offset);
    case MatchLengthRole:
        return static_cast<int>(matchIn(row, index.column()).length);
    default:
        return {};
    }
}

QVariant HitTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section <= Length ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Offset:
        return tr("Offset");
    case Length:
        return tr("Length");
    case As:
        return tr("As");
    case Bytes:
        return tr("Bytes");
    case Text:
        return tr("Text");
    default:
        return {};
    }
}

}  // namespace octavo::ui
