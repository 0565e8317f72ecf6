// The rows of the inspector: a kind of value each, and what the bytes at the caret are as such.
//
// Writing a cell checks the text and emits writeWanted(); the document is not the model's.
// Thread rule: GUI thread.
#pragma once

#include "ui/inspector/caret_bytes.h"
#include "ui/inspector/value_kind.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace octavo::ui {

class InspectorModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    explicit InspectorModel(QObject* parent = nullptr);

    /// Nothing while they are not known.
    void setBytes(const std::optional<CaretBytes::Known>& known);
    const std::optional<CaretBytes::Known>& bytes() const { return known_; }
    void setOrder(core::ByteOrder order);
    core::ByteOrder order() const { return order_; }

    const ValueReading& reading(int row) const { return readings_[static_cast<std::size_t>(row)]; }
    /// Why `text` cannot be written there; empty where it can.
    QString faultOf(int row, const QString& text) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// False where the text is none of that kind. Bytes that stand there already are not written.
    bool setData(const QModelIndex& index, const QVariant& text, int role) override;

signals:
    void writeWanted(octavo::core::Offset offset, const octavo::core::Bytes& bytes);

private:
    void readAll();
    QString shown(int row) const;

    std::optional<CaretBytes::Known> known_;
    core::ByteOrder order_ = core::ByteOrder::Little;
    std::vector<ValueReading> readings_;
};

}  // namespace octavo::ui
