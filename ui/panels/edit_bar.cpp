#include "ui/panels/edit_bar.h"

#include "ui/panels/go_to_expression.h"
#include "ui/panels/hex_text.h"
#include "ui/panels/note_label.h"
#include "ui/panels/number_text.h"
#include "ui/style/fixed_font.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octavo::ui {

using Kind = core::ByteTransform::Kind;

namespace {

constexpr int kNumberWidth = 110;
constexpr int kLeastFieldWidth = 110;
constexpr int kFieldWidth = 320;
constexpr int kKindRole = Qt::UserRole + 1;

}  // namespace

EditBar::EditBar(QWidget* parent)
    : PanelBar(parent)
    , operation_(new QComboBox(this))
    , number_(new QLineEdit(this))
    , unit_(new QLabel(this))
    , pattern_(new QLineEdit(this))
    , note_(new NoteLabel(this)) {
    using enum Operation;
    addOperation(tr("Fill with"), Fill);
    addOperation(tr("Random bytes"), Transform, Kind::Random);
    addOperation(tr("XOR with"), Transform, Kind::Xor);
    addOperation(tr("AND with"), Transform, Kind::And);
    addOperation(tr("OR with"), Transform, Kind::Or);
    addOperation(tr("Invert all bits"), Transform, Kind::Not);
    addOperation(tr("Shift left by"), Transform, Kind::ShiftLeft);
    addOperation(tr("Shift right by"), Transform, Kind::ShiftRight);
    addOperation(tr("Rotate left by"), Transform, Kind::RotateLeft);
    addOperation(tr("Rotate right by"), Transform, Kind::RotateRight);
    addOperation(tr("Swap bytes in units of"), Transform, Kind::Swap);
    addOperation(tr("Reverse all bytes"), Transform, Kind::Reverse);
    addOperation(tr("Insert"), Insert);
    addOperation(tr("Set size to"), SetSize);
    operation_->setAccessibleName(tr("What to do"));
    operation_->view()->setAccessibleName(operation_->accessibleName());
    number_->setFixedWidth(kNumberWidth);
    number_->setAccessibleName(tr("How many"));
    pattern_->setMinimumWidth(kLeastFieldWidth);
    pattern_->setMaximumWidth(kFieldWidth);
    pattern_->setPlaceholderText(QStringLiteral("DE AD BE EF"));
    pattern_->setAccessibleName(tr("Bytes, as hexadecimal digits"));
    number_->setFont(fixedFont(font()));
    pattern_->setFont(fixedFont(font()));
    for (QWidget* const widget : std::initializer_list<QWidget*>{operation_, number_, unit_})
        row()->addWidget(widget);
    row()->addWidget(pattern_, 2);
    row()->addWidget(note_, 3);
    apply_ = addButton(tr("Apply"), tr("One step, which Undo takes back (Return)"));
    addCloseButton();

    connect(operation_, &QComboBox::currentIndexChanged, this, &EditBar::showFields);
    connect(number_, &QLineEdit::textChanged, this, &EditBar::describe);
    connect(pattern_, &QLineEdit::textChanged, this, &EditBar::describe);
    connect(apply_, &QToolButton::clicked, this, &EditBar::applyWanted);
    showFields();
}

void EditBar::addOperation(const QString& name, Operation operation, std::optional<Kind> kind) {
    operation_->addItem(name, int(operation));
    if (kind)
        operation_->setItemData(operation_->count() - 1, int(*kind), kKindRole);
}

EditBar::Operation EditBar::operation() const {
    return static_cast<Operation>(operation_->currentData().toInt());
}

Kind EditBar::kind() const {
    return static_cast<Kind>(operation_->currentData(kKindRole).toInt());
}

bool EditBar::needsPattern() const {
    if (operation() == Operation::Transform)
        return kind() == Kind::Xor || kind() == Kind::And || kind() == Kind::Or;
    return operation() != Operation::SetSize;
}

bool EditBar::needsNumber() const {
    if (operation() != Operation::Transform)
        return operation() != Operation::Fill;
    return !needsPattern() && kind() != Kind::Random && kind() != Kind::Not &&
           kind() != Kind::Reverse;
}

void EditBar::activate(Operation wanted) {
    const bool changes = wanted == Operation::Fill || wanted == Operation::Transform;
    const bool isThere =
        operation() == wanted ||
        (changes && (operation() == Operation::Fill || operation() == Operation::Transform));
    if (!isThere)
        operation_->setCurrentIndex(operation_->findData(int(wanted)));
    show();
    operation_->setFocus(Qt::ShortcutFocusReason);
    if (wanted == Operation::Insert || wanted == Operation::SetSize) {
        number_->setFocus(Qt::ShortcutFocusReason);
        number_->selectAll();
    }
}

void EditBar::setPlace(core::Extent selection, core::Offset length) {
    if (selection == selection_ && length == length_)
        return;
    selection_ = selection;
    length_ = length;
    describe();
}

void EditBar::showFields() {
    pattern_->setVisible(needsPattern());
    number_->setVisible(needsNumber());
    unit_->setVisible(needsNumber());
    const bool areBits = operation() == Operation::Transform && kind() != Kind::Swap;
    unit_->setText(areBits ? tr("bits") : tr("bytes"));
    describe();
}

core::Result<EditBar::Wish> EditBar::wish() const {
    Wish wish;
    wish.operation = operation();
    const auto wrong = [](const QString& reason) {
        return core::Error::invalid("change", reason.toStdString());
    };
    if (needsPattern()) {
        const ParsedHex parsed = parseHex(pattern_->text());
        if (!parsed.fault.isEmpty())
            return wrong(tr("not a hexadecimal byte: %1").arg(parsed.fault));
        wish.pattern = parsed.bytes;
    }
    if (needsNumber()) {
        const std::optional<core::Offset> number = parseNumber(number_->text());
        if (!number)
            return wrong(tr("write a number as 1234 or 0x4D2"));
        wish.amount = *number;
    }
    if (wish.operation == Operation::Transform) {
        wish.transform = {kind(), wish.pattern, wish.amount};
        if (const core::Status checked = wish.transform.check(selection_.length); !checked)
            return checked.error();
    } else if (needsPattern() && wish.pattern.empty()) {
        return wrong(tr("write the bytes as hexadecimal digits"));
    }
    if (wish.operation == Operation::Fill || wish.operation == Operation::Transform) {
        if (selection_.isEmpty())
            return wrong(tr("nothing is selected"));
    }
    return wish;
}

void EditBar::describe() {
    const core::Result<Wish> read = wish();
    if (!read)
        return note_->tell(QString::fromStdString(read.error().reason));
    switch (read->operation) {
    case Operation::Fill:
    case Operation::Transform:
        return note_->tell(byteCountText(selection_.length));
    case Operation::Insert:
        return note_->tell(tr("at the caret"));
    case Operation::SetSize:
        break;
    }
    const core::Offset more = read->amount - length_;
    note_->tell(more < 0 ? tr("%1 less than now").arg(byteCountText(-more))
                         : tr("%1 more than now, zeros").arg(byteCountText(more)));
}

void EditBar::showNote(const QString& note) {
    note_->tell(note);
}

void EditBar::showFault(const QString& fault) {
    note_->tellFault(fault);
}

void EditBar::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && qobject_cast<QAbstractButton*>(focusWidget()) == nullptr)
        emit applyWanted();
    else
        PanelBar::keyPressEvent(event);
}

}  // namespace octavo::ui
