// Carries out what a ReplaceAll has found, as one step of the document: in slices, so that the
// window stays alive, with a dialog that keeps the keyboard from the document meanwhile and
// cancels.
//
// All or nothing: cancelled, or where the document refuses an edit or something else has changed it
// between two slices, what was replaced is undone.
// Thread rule: GUI thread. Cost: some microseconds an edit, in turns of kSlice.
#pragma once

#include "app/progress_dialog.h"
#include "core/base/result.h"
#include "core/document/document.h"
#include "core/search/replace_all.h"
#include "ui/bridge/editor_document.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

class QWidget;

namespace octavo::app {

class ReplaceRun final : public QObject {
    Q_OBJECT

public:
    /// How long a turn takes before others get theirs.
    static constexpr std::chrono::milliseconds kSlice{8};
    /// Fewer edits than these are made at once, without a dialog.
    static constexpr std::size_t kAtOnce = 2000;

    using Done = std::function<void(const core::Status&)>;

    /// `found` was run over the document as it is. Deletes itself; `done` is called before, unless
    /// the document goes first.
    static void start(ui::EditorDocument& editor, std::shared_ptr<const core::ReplaceAll> found,
                      core::IfSwitchedOff answer, QWidget* window, Done done);
    ~ReplaceRun() override;

private:
    ReplaceRun(ui::EditorDocument& editor, std::shared_ptr<const core::ReplaceAll> found,
               core::IfSwitchedOff answer, QWidget* window, Done done);

    core::Status replaceSome(std::size_t most);
    void turn();
    void closeDialog();
    void takeBack(const core::Status& status);
    void tell(const core::Status& status);
    void finish(const core::Status& status);

    ui::EditorDocument& editor_;
    std::shared_ptr<const core::ReplaceAll> found_;
    std::size_t left_;  // those that are not replaced yet, the first ones
    core::IfSwitchedOff answer_;
    core::StepId before_;
    Done done_;
    QPointer<ProgressDialog> dialog_;
    std::uint64_t revision_;  // behind the last slice
    QTimer timer_;
    bool isOver_ = false;
};

}  // namespace octavo::app
