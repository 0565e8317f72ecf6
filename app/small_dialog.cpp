#include "app/small_dialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace octavo::app {

QLabel* makeLabel(const QString& text, QPalette::ColorRole role) {
    auto* const label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(role);
    return label;
}

void addCloseButton(QDialog& dialog, QVBoxLayout& column) {
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* const close = buttons->button(QDialogButtonBox::Close);
    close->setText(QCoreApplication::translate("Help", "&Close"));
    close->setIcon(QIcon());
    close->setDefault(true);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    column.addWidget(buttons);
}

}  // namespace octavo::app
