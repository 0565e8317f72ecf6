// Asks how a file is to be saved: the ways that apply, what each of them does, and the others with
// the reason why they do not.
//
// Thread rule: GUI thread.
#pragma once

#include "core/save/save_options.h"
#include "core/save/save_plan.h"

#include <QDialog>
#include <QString>

#include <vector>

class QButtonGroup;
class QCheckBox;

namespace octavo::app {

class SavePlanDialog final : public QDialog {
    Q_OBJECT

public:
    /// The answers of exec(), besides Rejected.
    enum Answer { Write = Accepted, SaveAs = 2 };

    /// `plans`: the one that is proposed first. `name`: of the file.
    SavePlanDialog(const QString& name, const std::vector<core::SavePlan>& plans, bool isDevice,
                   QWidget* parent = nullptr);

    /// What was chosen, added to `options`.
    core::SaveOptions chosen(core::SaveOptions options) const;

private:
    static QString questionFor(const QString& name, bool isDevice, bool canWrite);
    void addPlan(const core::SavePlan& plan, int index);

    std::vector<core::SavePlan> plans_;
    QButtonGroup* ways_;
    QCheckBox* backup_;
};

}  // namespace octavo::app
