// Does one thing to many changes of a document, as one undo step.
//
// A few are done on the spot. Of more a slice is done between two looks at the event loop, behind a
// dialog that keeps the window from editing meanwhile and can stop it: what was done until then
// stays, and undo takes it back as one step.
//
// Thread rule: GUI thread.
#pragma once

#include "app/progress_dialog.h"
#include "core/base/result.h"
#include "ui/bridge/editor_document.h"
#include "ui/changes/change_rows.h"
#include "ui/results/row_selection.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace octavo::app {

class ChangeRun final : public QObject {
    Q_OBJECT

public:
    /// So many changes are done on the spot: a few milliseconds.
    static constexpr std::uint64_t kAtOnce = 1000;

    using Ids = std::span<const core::ChangeId>;
    using Act = std::function<core::Result<std::vector<core::ChangeId>>(core::Document&, Ids)>;
    struct Outcome {
        std::size_t done = 0;        ///< changes that are another now
        std::size_t takenAlong = 0;  ///< of them, those that were not asked for; of a few only
        bool isStopped = false;      ///< by the user, halfway
        std::optional<core::Error> error;
    };
    using Done = std::function<void(const Outcome&)>;

    /// `editor` must outlive it. Dialogs stand on `window`.
    ChangeRun(ui::EditorDocument& editor, QWidget* window, QObject* parent);
    ~ChangeRun() override;

    bool isRunning() const { return act_ != nullptr; }
    /// `act` is called with some of the changes in `rows` at a time, until it fails. `title` is for
    /// the user, and the name of the step. Not while it is running.
    void start(const QString& title, std::shared_ptr<const ui::ChangeListing> listing,
               const ui::RowSelection& rows, Act act, Done done);

private:
    std::vector<core::ChangeId> take(std::size_t most);
    void doAtOnce();
    void doSome();
    bool doIds(Ids ids);
    void endStep();
    void end();

    ui::EditorDocument& editor_;
    QWidget* window_;
    std::shared_ptr<const ui::ChangeListing> listing_;
    std::vector<ui::RowRange> rows_;  ///< what is to be done
    std::size_t range_ = 0;           ///< of them, the one at work
    std::uint64_t next_ = 0;          ///< the row in it
    core::Offset passed_ = 0;
    core::Offset total_ = 0;
    Act act_;
    Done done_;
    Outcome outcome_;
    QTimer slice_;
    QPointer<ProgressDialog> dialog_;
    bool isInStep_ = false;
};

}  // namespace octavo::app
