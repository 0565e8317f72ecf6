// The side of HexModel that Qt asks: roles, headers and flags.
#include "ui/hex/hex_model.h"

#include <QLocale>

namespace octavo::ui {

using core::Offset;

namespace {

QString hexNumber(qulonglong value, int digits) {
    return QString::number(value, 16).toUpper().rightJustified(digits, QLatin1Char('0'));
}

}  // namespace

int HexModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_);
}

int HexModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : bytesPerRow_;
}

Offset HexModel::offsetAt(const QModelIndex& index) const {
    const Offset rowStart = (firstRow_ + index.row()) * bytesPerRow_;
    // The last row of 2^63 - 1 bytes has cells whose offset would be no number any more.
    return core::checkedSum(rowStart, index.column()).value_or(core::kMaxLength);
}

QVariant HexModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !checkIndex(index)) {
        return {};
    }
    const Offset offset = offsetAt(index);
    const auto cell =
        static_cast<std::size_t>(index.row()) * static_cast<std::size_t>(bytesPerRow_) +
        static_cast<std::size_t>(index.column());
    const bool inside = offset < length_;
    const bool known = inside && (flags_[cell] & (CellLoading | CellUnreadable)) == 0;
    switch (role) {
    case Qt::DisplayRole:
        return known ? hexNumber(bytes_[cell], 2) : QString();
    case ByteRole:
        return known ? QVariant(int{bytes_[cell]}) : QVariant();
    case StateRole:
        return int{flags_[cell]} & (inside ? 0xFF : int{kChangeFlags});
    case OffsetRole:
        return QVariant::fromValue<qlonglong>(offset);
    case Qt::AccessibleTextRole:
        return known ? hexNumber(bytes_[cell], 2) : stateText(index);
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::AccessibleDescriptionRole:
        return description(index, 1, hexNumber(static_cast<qulonglong>(offsetAt(index)), 8));
    default:
        return {};
    }
}

QString HexModel::toolTip(const QModelIndex& index) const {
    const auto offset = static_cast<qulonglong>(offsetAt(index));
    const QLocale locale;
    QString text = tr("Offset 0x%1 (%2)").arg(hexNumber(offset, 4), locale.toString(offset));
    const QVariant byte = data(index, ByteRole);
    if (byte.isValid()) {
        const auto value = static_cast<core::Byte>(byte.toInt());
        const QString bits =
            QString::number(value, 2).rightJustified(8, QLatin1Char('0')).insert(4, u' ');
        text += QLatin1Char('\n') + tr("0x%1, decimal %2, signed %3, octal %4, binary %5")
                                        .arg(hexNumber(value, 2), locale.toString(value),
                                             locale.toString(static_cast<signed char>(value)),
                                             QString::number(value, 8), bits);
    }
    return text + QLatin1Char('\n') + stateText(index);
}

QString HexModel::description(const QModelIndex& first, int bytes, const QString& offset) const {
    QString text = tr("offset %1, %2").arg(offset, stateText(first, bytes));
    const int state = flagsOf(first, bytes);
    if ((state & CellDeletedBefore) != 0) {
        text = tr("%1, bytes removed here").arg(text);
    }
    return (state & CellMatched) != 0 ? tr("%1, found").arg(text) : text;
}

int HexModel::flagsOf(const QModelIndex& first, int bytes) const {
    int state = 0;
    for (int i = 0; i < bytes; ++i) {
        state |= data(first.siblingAtColumn(first.column() + i), StateRole).toInt();
    }
    return state;
}

QString HexModel::stateText(const QModelIndex& first, int bytes) const {
    const int state = flagsOf(first, bytes);
    if (offsetAt(first) >= length_) {
        return tr("end of document");
    }
    if ((state & CellLoading) != 0) {
        return tr("loading");
    }
    if ((state & CellUnreadable) != 0) {
        return tr("unreadable");
    }
    if ((state & CellInserted) != 0) {
        return isOriginal_ ? tr("deleted") : tr("inserted");
    }
    if ((state & CellChanged) != 0) {
        return tr("changed");
    }
    return (state & CellHole) != 0 ? tr("hole") : tr("unchanged");
}

Qt::ItemFlags HexModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || !checkIndex(index)) {
        return Qt::NoItemFlags;
    }
    const Offset rowStart = (firstRow_ + index.row()) * bytesPerRow_;
    const bool reachable = index.column() <= length_ - rowStart;
    return reachable ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                     : Qt::ItemNeverHasChildren;
}

}  // namespace octavo::ui
