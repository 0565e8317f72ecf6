#include "app/dialogs.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace octavo::app {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Dialogs", text);
}

std::string systemPath(const QString& name) {
    return QFile::encodeName(name).toStdString();
}

/// A box without a sound and without an icon: the words say it.
void prepare(QMessageBox& box, const QString& text, const QString& explanation) {
    box.setWindowTitle(translated("Octavo"));
    box.setTextFormat(Qt::PlainText);
    box.setText(text);
    box.setInformativeText(explanation);
}

}  // namespace

std::vector<std::string> Dialogs::filesToOpen(QWidget* parent) {
    const QStringList names = QFileDialog::getOpenFileNames(parent, translated("Open files"));
    std::vector<std::string> paths;
    paths.reserve(static_cast<std::size_t>(names.size()));
    for (const QString& name : names)
        paths.push_back(systemPath(name));
    return paths;
}

std::optional<std::string> Dialogs::fileToSave(QWidget* parent, const std::string& suggested) {
    const QString name = QFileDialog::getSaveFileName(
        parent, translated("Save as"), QFile::decodeName(QByteArray::fromStdString(suggested)));
    if (name.isEmpty())
        return std::nullopt;
    return systemPath(name);
}

CloseAnswer Dialogs::beforeClosing(QWidget* parent, const QString& name, const QString& pending) {
    QMessageBox box(parent);
    prepare(box, translated("Write the changes to %1 before closing?").arg(name), pending);
    QPushButton* const save = box.addButton(translated("&Save"), QMessageBox::AcceptRole);
    QPushButton* const discard =
        box.addButton(translated("&Discard"), QMessageBox::DestructiveRole);
    QPushButton* const cancel = box.addButton(translated("&Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.setEscapeButton(cancel);
    box.exec();
    if (box.clickedButton() == save)
        return CloseAnswer::Save;
    return box.clickedButton() == discard ? CloseAnswer::Discard : CloseAnswer::Cancel;
}

bool Dialogs::mayDiscard(QWidget* parent, const QString& name, const QString& pending) {
    QMessageBox box(parent);
    prepare(box, translated("Read %1 again and lose the changes?").arg(name), pending);
    QPushButton* const reload = box.addButton(translated("&Reload"), QMessageBox::DestructiveRole);
    QPushButton* const cancel = box.addButton(translated("&Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(cancel);
    box.setEscapeButton(cancel);
    box.exec();
    return box.clickedButton() == reload;
}

bool Dialogs::mayLeaveWriting(QWidget* parent, const QString& name) {
    QMessageBox box(parent);
    prepare(box, translated("%1 is still being written.").arg(name),
            translated("Leaving now may leave a part of the changes in the file."));
    QPushButton* const leave = box.addButton(translated("&Leave"), QMessageBox::DestructiveRole);
    QPushButton* const wait = box.addButton(translated("&Wait"), QMessageBox::RejectRole);
    box.setDefaultButton(wait);
    box.setEscapeButton(wait);
    box.exec();
    return box.clickedButton() == leave;
}

}  // namespace octavo::app
