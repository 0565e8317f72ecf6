// What the dialogs of the Help menu are made of.
//
// Thread rule: GUI thread.
#pragma once

#include <QPalette>
#include <QString>

class QDialog;
class QLabel;
class QVBoxLayout;

namespace octavo::app {

/// Its text is plain.
QLabel* makeLabel(const QString& text, QPalette::ColorRole role);
/// At the end of `column`, which is in the dialog; Esc does the same.
void addCloseButton(QDialog& dialog, QVBoxLayout& column);

}  // namespace octavo::app
