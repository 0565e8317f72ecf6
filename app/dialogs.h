// The questions that must be answered before anything else can happen. Virtual, so that a test
// can answer them.
//
// Thread rule: GUI thread; each call returns when the user has answered. Qt's file dialogs look at
// folders on this thread: the one exception to the rule that the GUI thread touches no file.
#pragma once

#include "core/save/save_options.h"
#include "core/save/save_plan.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

class QWidget;

namespace octavo::app {

enum class CloseAnswer { Save, Discard, Cancel };
enum class PlanAnswer { Write, SaveAs, Cancel };

class Dialogs {
public:
    virtual ~Dialogs() = default;

    /// Files to open, none where the user changed their mind.
    virtual std::vector<std::string> filesToOpen(QWidget* parent);
    /// Where to save to. `suggested` is a path, whose folder must not hang, a bare name, or empty.
    virtual std::optional<std::string> fileToSave(QWidget* parent, const std::string& suggested);
    /// How to save into the file `name`; see SavePlanDialog. What was chosen is added to `options`.
    virtual PlanAnswer howToSave(QWidget* parent, const QString& name,
                                 const std::vector<core::SavePlan>& plans, bool isDevice,
                                 core::SaveOptions& options);
    /// What to do with pending changes when `name` is closed.
    virtual CloseAnswer beforeClosing(QWidget* parent, const QString& name, const QString& pending);
    /// Whether pending changes may go because the file is read again.
    virtual bool mayDiscard(QWidget* parent, const QString& name, const QString& pending);
    /// Whether to leave while the file is being written.
    virtual bool mayLeaveWriting(QWidget* parent, const QString& name);
};

}  // namespace octavo::app
