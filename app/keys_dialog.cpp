#include "app/keys_dialog.h"

#include "app/small_dialog.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <span>
#include <vector>

namespace octavo::app {

namespace {

const QString kName = QStringLiteral("keysDialog");
constexpr int kColumns = 3;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

struct Row {
    QString what;
    QString keys;
};

struct Section {
    QString heading;
    std::vector<Row> rows;
};

/// As it stands in a menu, without what makes it an entry of one.
QString plainText(QString text) {
    return text.remove(QLatin1Char('&')).remove(QChar(0x2026));
}

void addRows(const QMenu& menu, std::vector<Row>& rows) {
    for (const QAction* const action : menu.actions()) {
        if (action->menu() != nullptr)
            addRows(*action->menu(), rows);
        else if (!action->shortcut().isEmpty())
            rows.push_back(
                {plainText(action->text()),
                 QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)
                     .replace(QLatin1String("; "), QLatin1String(", "))});
    }
}

std::vector<Section> sectionsOf(const QMenuBar& menus) {
    std::vector<Section> sections;
    for (const QAction* const action : menus.actions()) {
        Section section{plainText(action->text()), {}};
        if (action->menu() != nullptr)
            addRows(*action->menu(), section.rows);
        if (!section.rows.empty())
            sections.push_back(std::move(section));
    }
    return sections;
}

struct FixedRow {
    const char* what;
    const char* keys;
};

const FixedRow kGridRows[] = {
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
    {QT_TRANSLATE_NOOP("Help", "Select a group, a row"),
     QT_TRANSLATE_NOOP("Help", "Double click, triple click")},
    {QT_TRANSLATE_NOOP("Help", "Change panes"), QT_TRANSLATE_NOOP("Help", "Tab")},
    {QT_TRANSLATE_NOOP("Help", "Edit a byte"),
     QT_TRANSLATE_NOOP("Help", "Type digits or characters")},
    {QT_TRANSLATE_NOOP("Help", "Change a value"), QT_TRANSLATE_NOOP("Help", "Return")},
    {QT_TRANSLATE_NOOP("Help", "Erase backwards, by a digit"),
     QT_TRANSLATE_NOOP("Help", "Backspace, Ctrl+Backspace")},
    {QT_TRANSLATE_NOOP("Help", "Zoom"), QT_TRANSLATE_NOOP("Help", "Ctrl with the wheel")},
    {QT_TRANSLATE_NOOP("Help", "Row by row, in any file"),
     QT_TRANSLATE_NOOP("Help", "Drag the scroll bar with Shift")},
    {QT_TRANSLATE_NOOP("Help", "End the selection"), QT_TRANSLATE_NOOP("Help", "Esc")},
};

const FixedRow kListRows[] = {
    {QT_TRANSLATE_NOOP("Help", "Look at a row's place"), QT_TRANSLATE_NOOP("Help", "Arrow keys")},
    {QT_TRANSLATE_NOOP("Help", "Go there"), QT_TRANSLATE_NOOP("Help", "Return, double click")},
    {QT_TRANSLATE_NOOP("Help", "Choose several"),
     QT_TRANSLATE_NOOP("Help", "Shift, Ctrl+Space, Ctrl+A")},
    {QT_TRANSLATE_NOOP("Help", "Switch a change off or on"), QT_TRANSLATE_NOOP("Help", "Space")},
    {QT_TRANSLATE_NOOP("Help", "Keep a change"), QT_TRANSLATE_NOOP("Help", "K")},
    {QT_TRANSLATE_NOOP("Help", "Revert a change, remove a bookmark"),
     QT_TRANSLATE_NOOP("Help", "Del")},
    {QT_TRANSLATE_NOOP("Help", "Name"), QT_TRANSLATE_NOOP("Help", "F2")},
    {QT_TRANSLATE_NOOP("Help", "Close"), QT_TRANSLATE_NOOP("Help", "Esc")},
};

const FixedRow kBarRows[] = {
    {QT_TRANSLATE_NOOP("Help", "Next match, previous"),
     QT_TRANSLATE_NOOP("Help", "Return, Shift+Return")},
    {QT_TRANSLATE_NOOP("Help", "Replace all"), QT_TRANSLATE_NOOP("Help", "Ctrl+Return")},
    {QT_TRANSLATE_NOOP("Help", "Select up to an offset"),
     QT_TRANSLATE_NOOP("Help", "Shift+Return")},
    {QT_TRANSLATE_NOOP("Help", "What was typed before"), QT_TRANSLATE_NOOP("Help", "Up, Down")},
    {QT_TRANSLATE_NOOP("Help", "Close"), QT_TRANSLATE_NOOP("Help", "Esc")},
};

Section fixedSection(const QString& heading, std::span<const FixedRow> rows) {
    Section section{heading, {}};
    for (const auto& [what, keys] : rows)
        section.rows.push_back({Words::tr(what), Words::tr(keys)});
    return section;
}

int addSection(QGridLayout& grid, int row, const Section& section) {
    QLabel* const heading = makeLabel(section.heading, QPalette::WindowText);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    if (row > 0)
        grid.setRowMinimumHeight(row++, 8);
    grid.addWidget(heading, row++, 0, 1, 2);
    for (const auto& [what, keys] : section.rows) {
        grid.addWidget(makeLabel(what, QPalette::WindowText), row, 0);
        grid.addWidget(makeLabel(keys, QPalette::PlaceholderText), row++, 1);
    }
    return row;
}

/// Sections in their order, in columns of about the same length.
QWidget* makeColumns(const std::vector<Section>& sections) {
    std::size_t all = 0;
    for (const Section& section : sections)
        all += section.rows.size() + 2;
    auto* const columns = new QWidget;
    auto* const line = new QHBoxLayout(columns);
    line->setContentsMargins(24, 20, 24, 8);
    line->setSpacing(40);
    QGridLayout* grid = nullptr;
    int row = 0;
    int made = 0;
    std::size_t placed = 0;
    for (const Section& section : sections) {
        // The middle of a section tells where it belongs.
        const std::size_t middle = placed + (section.rows.size() + 2) / 2;
        if (grid == nullptr || (made < kColumns && middle * kColumns > all * std::size_t(made))) {
            grid = new QGridLayout;
            grid->setHorizontalSpacing(20);
            grid->setVerticalSpacing(4);
            auto* const column = new QVBoxLayout;
            column->addLayout(grid);
            column->addStretch();
            line->addLayout(column);
            row = 0;
            ++made;
        }
        row = addSection(*grid, row, section);
        placed += section.rows.size() + 2;
    }
    return columns;
}

}  // namespace

void showKeys(QWidget* parent, const QMenuBar& menus) {
    auto* dialog = parent->findChild<QDialog*>(kName);
    if (dialog == nullptr) {
        dialog = new QDialog(parent);
        dialog->setObjectName(kName);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(Words::tr("Keys"));
        std::vector<Section> sections = sectionsOf(menus);
        sections.push_back(fixedSection(Words::tr("In the grid"), kGridRows));
        sections.push_back(fixedSection(Words::tr("In lists"), kListRows));
        sections.push_back(fixedSection(Words::tr("In the bars"), kBarRows));
        auto* const area = new QScrollArea;
        area->setFrameShape(QFrame::NoFrame);
        area->setWidget(makeColumns(sections));
        area->setWidgetResizable(true);
        area->setAccessibleName(Words::tr("Keys"));
        auto* const column = new QVBoxLayout(dialog);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        column->addWidget(area);
        auto* const below = new QVBoxLayout;
        below->setContentsMargins(24, 8, 24, 16);
        addCloseButton(*dialog, *below);
        column->addLayout(below);
        // All of it where the screen has room.
        const QSize wanted = area->widget()->sizeHint() +
                             QSize(area->verticalScrollBar()->sizeHint().width(),
                                   dialog->sizeHint().height() - area->sizeHint().height());
        dialog->resize(wanted.boundedTo(parent->screen()->availableSize() - QSize(40, 60)));
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

}  // namespace octavo::app
