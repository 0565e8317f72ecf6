#include "app/help_dialogs.h"

#include "ui/style/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace octavo::app {

namespace {

const QString kKeysName = QStringLiteral("keysDialog");

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

QLabel* makeLabel(const QString& text, QPalette::ColorRole role) {
    auto* const label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(role);
    return label;
}

void addHeading(QGridLayout& grid, int row, int column, const QString& text) {
    QLabel* const label = makeLabel(text, QPalette::WindowText);
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    grid.addWidget(label, row, column, 1, 2);
}

void addRow(QGridLayout& grid, int row, int column, const QString& what, const QString& keys) {
    grid.addWidget(makeLabel(what, QPalette::WindowText), row, column);
    grid.addWidget(makeLabel(keys, QPalette::PlaceholderText), row, column + 1);
}

void addActions(QGridLayout& grid, const Actions& actions) {
    using enum ActionId;
    const ActionId shown[] = {
        New,          Open, Flush,   FlushWith, SaveAs,   Close,     Quit,       Undo,     Redo,
        Cut,          Copy, CopyHex, Paste,     PasteHex, Delete,    SelectAll,  Find,     FindNext,
        FindPrevious, GoTo, Changes, ZoomIn,    ZoomOut,  ZoomReset, InsertMode, Inspector};
    addHeading(grid, 0, 0, Words::tr("Commands"));
    int row = 1;
    for (const ActionId id : shown) {
        QString what = actions[id]->text();
        what.remove(QLatin1Char('&')).remove(QChar(0x2026));
        addRow(grid, row++, 0, what, actions[id]->shortcut().toString(QKeySequence::NativeText));
    }
}

void addGridKeys(QGridLayout& grid) {
    const struct {
        const char* what;
        const char* keys;
    } rows[] = {
        {QT_TRANSLATE_NOOP("Help", "Move the caret"), QT_TRANSLATE_NOOP("Help", "Arrow keys")},
        {QT_TRANSLATE_NOOP("Help", "By eight bytes"),
         QT_TRANSLATE_NOOP("Help", "Ctrl+Left, Ctrl+Right")},
        {QT_TRANSLATE_NOOP("Help", "To the row's start or end"),
         QT_TRANSLATE_NOOP("Help", "Home, End")},
        {QT_TRANSLATE_NOOP("Help", "To the file's start or end"),
         QT_TRANSLATE_NOOP("Help", "Ctrl+Home, Ctrl+End")},
        {QT_TRANSLATE_NOOP("Help", "By a screen"), QT_TRANSLATE_NOOP("Help", "Page Up, Page Down")},
        {QT_TRANSLATE_NOOP("Help", "Select"),
         QT_TRANSLATE_NOOP("Help", "Shift with any of these, or drag")},
        {QT_TRANSLATE_NOOP("Help", "Change panes"), QT_TRANSLATE_NOOP("Help", "Tab")},
        {QT_TRANSLATE_NOOP("Help", "Edit a byte"),
         QT_TRANSLATE_NOOP("Help", "Type digits or characters")},
        {QT_TRANSLATE_NOOP("Help", "End the selection"), QT_TRANSLATE_NOOP("Help", "Esc")},
    };
    addHeading(grid, 0, 3, Words::tr("In the grid"));
    int row = 1;
    for (const auto& [what, keys] : rows)
        addRow(grid, row++, 3, Words::tr(what), Words::tr(keys));
}

void addCloseButton(QDialog& dialog, QVBoxLayout& column) {
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setText(Words::tr("&Close"));
    buttons->button(QDialogButtonBox::Close)->setIcon(QIcon());
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    column.addWidget(buttons);
}

}  // namespace

void showKeys(QWidget* parent, const Actions& actions) {
    auto* dialog = parent->findChild<QDialog*>(kKeysName);
    if (dialog == nullptr) {
        dialog = new QDialog(parent);
        dialog->setObjectName(kKeysName);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(Words::tr("Keys"));
        auto* const column = new QVBoxLayout(dialog);
        column->setContentsMargins(24, 20, 24, 16);
        column->setSpacing(16);
        auto* const grid = new QGridLayout;
        grid->setHorizontalSpacing(24);
        grid->setVerticalSpacing(4);
        grid->setColumnMinimumWidth(2, 24);
        addActions(*grid, actions);
        addGridKeys(*grid);
        column->addLayout(grid);
        addCloseButton(*dialog, *column);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void showAbout(QWidget* parent) {
    QDialog dialog(parent);
    dialog.setWindowTitle(Words::tr("About Octavo"));
    auto* const sign = new QLabel;
    sign->setPixmap(ui::programIcon().pixmap(QSize(64, 64), dialog.devicePixelRatio()));
    QLabel* const name = makeLabel(Words::tr("Octavo"), QPalette::WindowText);
    QFont large = name->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    name->setFont(large);

    auto* const words = new QVBoxLayout;
    words->setSpacing(6);
    words->addWidget(name);
    words->addWidget(makeLabel(Words::tr("Version %1").arg(QCoreApplication::applicationVersion()),
                               QPalette::PlaceholderText));
    words->addWidget(makeLabel(Words::tr("A hex editor on memory mapping, for files of any size."),
                               QPalette::WindowText));
    words->addWidget(
        makeLabel(Words::tr("Free software under the MIT licence."), QPalette::PlaceholderText));
    auto* const row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(sign, 0, Qt::AlignTop);
    row->addLayout(words);

    auto* const column = new QVBoxLayout(&dialog);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(20);
    column->setSizeConstraint(QLayout::SetFixedSize);
    column->addLayout(row);
    addCloseButton(dialog, *column);
    dialog.exec();
}

}  // namespace octavo::app
