// Draws a cell of an InspectorModel, and lets a value be written in its place.
//
// While one writes, what is wrong with the text is told; Return writes it where nothing is, Esc and
// a click elsewhere leave the value as it was.
// Thread rule: GUI thread.
#pragma once

#include <QLineEdit>
#include <QPointer>
#include <QStyledItemDelegate>

namespace octavo::ui {

class InspectorDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit InspectorDelegate(QObject* parent = nullptr);

    bool isEditing() const { return editor_ != nullptr; }
    /// Ends the edit and leaves the value as it was.
    void cancel();

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model,
                      const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

signals:
    /// Why what stands in the editor cannot be written; empty where it can.
    void faultFound(const QString& fault) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString faultOf(const QString& text, const QModelIndex& index) const;

    // Made by the const functions that Qt calls.
    mutable QPointer<QLineEdit> editor_;
    mutable QPersistentModelIndex edited_;
};

}  // namespace octavo::ui
