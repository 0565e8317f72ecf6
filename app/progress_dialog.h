// How far something is that the window must wait for, with a way to give it up. Keeps the keyboard
// and the mouse from the window meanwhile.
//
// It never goes by itself: its owner hides it and lets it go by deleteLater(), as giving up is told
// from within it.
// Thread rule: GUI thread.
#pragma once

#include "ui/panels/thin_progress_bar.h"

#include <QDialog>

namespace octavo::app {

class ProgressDialog final : public QDialog {
    Q_OBJECT

public:
    ProgressDialog(const QString& title, const QString& text, QWidget* parent);

    void setProgress(core::Offset done, core::Offset total) { bar_->setProgress(done, total); }

signals:
    /// Cancel, Esc, or the window's close button.
    void cancelled();

protected:
    void reject() override { emit cancelled(); }
    void closeEvent(QCloseEvent* event) override;

private:
    ui::ThinProgressBar* bar_;
};

}  // namespace octavo::app
