#include "app/about_dialog.h"

#include "app/small_dialog.h"
#include "ui/style/icons.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

}  // namespace

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
