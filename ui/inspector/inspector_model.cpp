#include "ui/inspector/inspector_model.h"

#include <algorithm>

namespace octavo::ui {

using State = ValueReading::State;

namespace {

const ValueKind& kindOf(int row) {
    return valueKinds()[static_cast<std::size_t>(row)];
}

}  // namespace

InspectorModel::InspectorModel(QObject* parent) : QAbstractTableModel(parent) {
    readAll();
}

void InspectorModel::setBytes(const std::optional<CaretBytes::Known>& known) {
    known_ = known;
    readAll();
}

void InspectorModel::setOrder(core::ByteOrder order) {
    order_ = order;
    readAll();
}

void InspectorModel::readAll() {
    const core::ByteSpan bytes = known_ ? core::ByteSpan(known_->bytes) : core::ByteSpan();
    readings_.clear();
    for (const ValueKind& kind : valueKinds()) {
        readings_.push_back(readValue(kind, bytes, order_));
    }
    emit dataChanged(index(0, Value), index(rowCount() - 1, Value));
}

QString InspectorModel::faultOf(int row, const QString& text) const {
    const core::ByteSpan bytes = known_ ? core::ByteSpan(known_->bytes) : core::ByteSpan();
    return writeValue(kindOf(row), text, bytes, order_).fault;
}

int InspectorModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(valueKinds().size());
}

int InspectorModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int{ColumnCount};
}

QString InspectorModel::shown(int row) const {
    const ValueReading& value = reading(row);
    if (!known_) {
        return QStringLiteral("…");
    }
    if (value.state != State::TooFewBytes) {
        return value.text;
    }
    return known_->isUnreadable ? tr("unreadable") : QStringLiteral("—");
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == Name ? kindOf(row).name : shown(row);
    case Qt::EditRole:
        return index.column() == Name ? QVariant() : reading(row).plain;
    case Qt::AccessibleTextRole:
        return index.column() == Name ? kindOf(row).name
                                      : tr("%1: %2").arg(kindOf(row).name, shown(row));
    default:
        return {};
    }
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Kind") : tr("Value");
}

Qt::ItemFlags InspectorModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const bool isEditable = index.isValid() && index.column() == Value &&
                            reading(index.row()).state != State::TooFewBytes;
    return isEditable ? flags | Qt::ItemIsEditable : flags;
}

bool InspectorModel::setData(const QModelIndex& index, const QVariant& text, int role) {
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable)) {
        return false;
    }
    const ValueBytes written =
        writeValue(kindOf(index.row()), text.toString(), known_->bytes, order_);
    if (!written.fault.isEmpty()) {
        return false;
    }
    const core::ByteSpan standing = core::ByteSpan(known_->bytes).first(written.bytes.size());
    if (!std::ranges::equal(standing, written.bytes)) {
        emit writeWanted(known_->offset, written.bytes);
    }
    return true;
}

}  // namespace octavo::ui
