// Has the changes of a document looked at by a worker when the typing pauses: those that equal the
// file end, of the others is noted what they replace.
//
// Thread rule: GUI thread.
#pragma once

#include "core/document/document.h"

#include <QObject>
#include <QTimer>

namespace octavo::ui {

class ChangeReviewer final : public QObject {
    Q_OBJECT

public:
    static constexpr int kPauseMs = 200;

    /// `document` must outlive it.
    explicit ChangeReviewer(core::Document& document, QObject* parent = nullptr);

    void noteEdit() { pause_.start(); }

signals:
    /// Something was found out; changes may have ended.
    void reviewed();

private:
    void review();

    core::Document& document_;
    QTimer pause_;
    bool isRunning_ = false;
};

}  // namespace octavo::ui
