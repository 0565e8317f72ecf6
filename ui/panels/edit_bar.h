// Where one says what is to become of the selected bytes, or what is to be put in: filling,
// arithmetic on bytes and bits, their order, inserting, the size. The bar reads and checks it; the
// edit is its owner's.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/document/byte_transform.h"
#include "ui/panels/panel_bar.h"

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace octavo::ui {

class NoteLabel;

class EditBar final : public PanelBar {
    Q_OBJECT

public:
    enum class Operation { Fill, Transform, Insert, SetSize };

    /// What is wanted, ready to be carried out.
    struct Wish {
        Operation operation = Operation::Fill;
        core::ByteTransform transform = {};
        core::Bytes pattern = {};  ///< of Fill and Insert
        core::Offset amount = 0;   ///< bytes of Insert and SetSize
    };

    explicit EditBar(QWidget* parent = nullptr);

    /// Shows the bar with the first operation of this kind, unless one of it is chosen already.
    void activate(Operation operation);
    /// What is selected, and how long the document is.
    void setPlace(core::Extent selection, core::Offset length);
    /// An error that says what is missing.
    core::Result<Wish> wish() const;

    void showNote(const QString& note);
    void showFault(const QString& fault);

signals:
    void applyWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addOperation(const QString& name, Operation operation,
                      std::optional<core::ByteTransform::Kind> kind = std::nullopt);
    Operation operation() const;
    core::ByteTransform::Kind kind() const;
    bool needsPattern() const;
    bool needsNumber() const;
    void showFields();
    void describe();

    QComboBox* operation_;
    QLineEdit* number_;
    QLabel* unit_;
    QLineEdit* pattern_;
    NoteLabel* note_;
    QToolButton* apply_ = nullptr;
    core::Extent selection_;
    core::Offset length_ = 0;
};

}  // namespace octavo::ui
