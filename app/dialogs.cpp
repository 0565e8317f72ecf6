#include "app/dialogs.h"

#include "app/save_plan_dialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <initializer_list>
#include <utility>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Dialogs)
};

std::string systemPath(const QString& name) {
    return QFile::encodeName(name).toStdString();
}

struct Choice {
    const char* text;
    int answer;
};

constexpr int kNo = 0;

QLabel* makeWords(const QString& text, QPalette::ColorRole role) {
    auto* const label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(role);
    label->setWordWrap(true);
    return label;
}

/// Asks with one button for each choice; the first is the default one. Esc and closing mean kNo.
int ask(QWidget* parent, const QString& question, const QString& explanation,
        std::initializer_list<Choice> choices) {
    QDialog dialog(parent);
    dialog.setWindowTitle(Words::tr("Octavo"));
    dialog.setAccessibleDescription(question + QLatin1Char(' ') + explanation);
    auto* const words = makeWords(question, QPalette::WindowText);
    QFont strong = words->font();
    strong.setWeight(QFont::DemiBold);
    words->setFont(strong);
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    bool isFirst = true;
    for (const auto& [text, answer] : choices) {
        auto* const button = new QPushButton(Words::tr(text));
        button->setMinimumWidth(88);
        button->setDefault(std::exchange(isFirst, false));
        QObject::connect(button, &QPushButton::clicked, &dialog,
                         [&dialog, given = answer] { dialog.done(given); });
        buttons->addWidget(button);
    }
    auto* const column = new QVBoxLayout(&dialog);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(8);
    column->addWidget(words);
    column->addWidget(makeWords(explanation, QPalette::PlaceholderText));
    column->addSpacing(12);
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);
    return dialog.exec();
}

}  // namespace

std::vector<std::string> Dialogs::filesToOpen(QWidget* parent) {
    const QStringList names = QFileDialog::getOpenFileNames(parent, Words::tr("Open files"));
    std::vector<std::string> paths;
    paths.reserve(static_cast<std::size_t>(names.size()));
    for (const QString& name : names)
        paths.push_back(systemPath(name));
    return paths;
}

std::optional<std::string> Dialogs::fileToSave(QWidget* parent, const std::string& suggested) {
    QString start = QFile::decodeName(QByteArray::fromStdString(suggested));
    if (!start.contains(QLatin1Char('/')))
        start = QDir::home().filePath(start);
    const QString name = QFileDialog::getSaveFileName(parent, Words::tr("Save as"), start);
    if (name.isEmpty())
        return std::nullopt;
    return systemPath(name);
}

PlanAnswer Dialogs::howToSave(QWidget* parent, const QString& name,
                              const std::vector<core::SavePlan>& plans, bool isDevice,
                              core::SaveOptions& options) {
    SavePlanDialog dialog(name, plans, isDevice, parent);
    const int answer = dialog.exec();
    if (answer == SavePlanDialog::SaveAs)
        return PlanAnswer::SaveAs;
    if (answer != SavePlanDialog::Write)
        return PlanAnswer::Cancel;
    options = dialog.chosen(options);
    return PlanAnswer::Write;
}

CloseAnswer Dialogs::beforeClosing(QWidget* parent, const QString& name, const QString& pending) {
    constexpr int kSave = 1;
    constexpr int kDiscard = 2;
    switch (ask(parent, Words::tr("Write the changes to %1 before closing?").arg(name), pending,
                {{QT_TRANSLATE_NOOP("Dialogs", "&Save"), kSave},
                 {QT_TRANSLATE_NOOP("Dialogs", "&Discard"), kDiscard},
                 {QT_TRANSLATE_NOOP("Dialogs", "&Cancel"), kNo}})) {
    case kSave:
        return CloseAnswer::Save;
    case kDiscard:
        return CloseAnswer::Discard;
    default:
        return CloseAnswer::Cancel;
    }
}

bool Dialogs::mayDiscard(QWidget* parent, const QString& name, const QString& pending) {
    return ask(parent, Words::tr("Read %1 again and lose the changes?").arg(name), pending,
               {{QT_TRANSLATE_NOOP("Dialogs", "&Keep the changes"), kNo},
                {QT_TRANSLATE_NOOP("Dialogs", "&Reload"), 1}}) != kNo;
}

bool Dialogs::mayLeaveWriting(QWidget* parent, const QString& name) {
    return ask(parent, Words::tr("%1 is still being written.").arg(name),
               Words::tr("Leaving now may leave a part of the changes in the file."),
               {{QT_TRANSLATE_NOOP("Dialogs", "&Wait"), kNo},
                {QT_TRANSLATE_NOOP("Dialogs", "&Leave"), 1}}) != kNo;
}

}  // namespace octavo::app
