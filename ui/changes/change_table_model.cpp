#include "ui/changes/change_table_model.h"

#include "core/search/hit_text.h"
#include "ui/changes/change_text.h"
#include "ui/panels/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace octavo::ui {

namespace {

QString sideText(const ChangeSide& side) {
    if (side.isUnreadable) {
        return QCoreApplication::translate("ChangeTableModel", "unreadable");
    }
    if (side.bytes.empty()) {
        return QCoreApplication::translate("ChangeTableModel", "nothing");
    }
    QString text = QString::fromStdString(core::hexText(side.bytes));
    return side.hasMore ? text + QStringLiteral(" …") : text;
}

bool isRightAligned(int column) {
    return column == ChangeTableModel::Offset || column == ChangeTableModel::Size;
}

int alignmentOf(int column) {
    return int(isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
}

}  // namespace

QString sidesText(const ChangeSides& sides) {
    return QStringLiteral("%1 → %2").arg(sideText(sides.before), sideText(sides.after));
}

ChangeTableModel::ChangeTableModel(QObject* parent) : LongTableModel(parent) {
    connect(&bytes_, &ChangeBytes::arrived, this, [this](std::size_t place) {
        if (static_cast<int>(place) < rowCount()) {
            const QModelIndex cell = index(static_cast<int>(place), Bytes);
            emit dataChanged(cell, cell);
        }
    });
}

void ChangeTableModel::setList(ChangeList* list) {
    if (list_ != nullptr) {
        list_->disconnect(this);
    }
    list_ = list;
    rows_.clear();
    shown_.reset();
    if (list_ != nullptr) {
        connect(list_, &ChangeList::changed, this, &ChangeTableModel::refresh);
    }
    refresh();
}

std::optional<ChangeRow> ChangeTableModel::rowOf(std::uint64_t number) const {
    return number < total() ? std::optional(list_->listing()->row(number)) : std::nullopt;
}

std::optional<ChangeOrder> ChangeTableModel::orderOf(int column) {
    switch (column) {
    case On:
        return ChangeOrder::State;
    case Offset:
        return ChangeOrder::Offset;
    case Kind:
        return ChangeOrder::Kind;
    case Size:
        return ChangeOrder::Size;
    case Name:
        return ChangeOrder::Name;
    case Step:
    case Time:
        return ChangeOrder::Step;
    default:
        return std::nullopt;
    }
}

std::uint64_t ChangeTableModel::total() const {
    return list_ != nullptr ? list_->listing()->count() : 0;
}

int ChangeTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

void ChangeTableModel::load(std::uint64_t first, int rows) {
    if (list_ == nullptr) {
        return;
    }
    const std::shared_ptr<const ChangeListing>& listing = list_->listing();
    if (listing == shown_ && first == first_ && static_cast<std::size_t>(rows) == rows_.size()) {
        return;
    }
    shown_ = listing;
    first_ = first;
    rows_.clear();
    for (std::uint64_t number = first; number < first + static_cast<std::uint64_t>(rows);
         ++number) {
        rows_.push_back(listing->row(number));
    }
    bytes_.request(list_->document().document(), *listing->all, rows_);
}

QString ChangeTableModel::text(const ChangeRow& row, std::size_t place, int column) const {
    const core::Document& document = list_->document().document();
    switch (column) {
    case On:
        return row.change.isOff ? offWord() : onWord();
    case Offset:
        return offsetText(row.change.now.offset);
    case Kind:
        return row.isKept ? tr("%1, %2").arg(kindText(row.kind()), keptWord())
                          : kindText(row.kind());
    case Bytes:
        return bytes_.sides(place).isKnown ? sidesText(bytes_.sides(place)) : QString();
    case Size:
        return changeSizeText(row);
    case Name:
        return QString::fromStdString(document.changeName(row.change.id));
    case Step:
        return stepText(row.step, document.transaction(row.step));
    case Time:
        return timeText(document.transaction(row.step).timeNs);
    default:
        return {};
    }
}

bool ChangeTableModel::startsStep(std::size_t place) const {
    const std::uint64_t number = first_ + place;
    return list_->sort().by == ChangeOrder::Step && number > 0 &&
           shown_->row(number - 1).step != rows_[place].step;
}

QVariant ChangeTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= rows_.size()) {
        return {};
    }
    const auto place = static_cast<std::size_t>(index.row());
    const ChangeRow& row = rows_[place];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, place, index.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::CheckStateRole:
        return index.column() == On ? QVariant(row.change.isOff ? Qt::Unchecked : Qt::Checked)
                                    : QVariant();
    case StartsStepRole:
        return startsStep(place);
    case SidesRole:
        return index.column() == Bytes ? QVariant::fromValue(bytes_.sides(place)) : QVariant();
    default:
        return {};
    }
}

QVariant ChangeTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case On:
        return tr("On");
    case Offset:
        return tr("Offset");
    case Kind:
        return tr("Kind");
    case Bytes:
        return tr("Before → after");
    case Size:
        return tr("Size");
    case Name:
        return tr("Name");
    case Step:
        return tr("Step");
    case Time:
        return tr("Time");
    default:
        return {};
    }
}

}  // namespace octavo::ui
