// What was written in a field before, for Up and Down to bring back: up to older texts, down to
// newer ones and at last to what was being written.
//
// Thread rule: GUI thread.
#pragma once

#include <QObject>
#include <QStringList>

class QLineEdit;

namespace octavo::ui {

class FieldHistory final : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype kMost = 20;

    /// Listens to the keys of `field`, which owns it.
    explicit FieldHistory(QLineEdit& field);

    /// Latest first; each once.
    const QStringList& entries() const { return entries_; }
    void setEntries(const QStringList& entries);
    /// What was carried out becomes the latest; blanks do not.
    void add(const QString& text);

signals:
    void added();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(qsizetype place);

    QLineEdit& field_;
    QStringList entries_;
    qsizetype place_ = -1;  ///< in entries_; -1 is the draft
    QString draft_;
};

}  // namespace octavo::ui
