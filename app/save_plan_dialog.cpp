#include "app/save_plan_dialog.h"

#include "app/save_plan_text.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace octavo::app {

namespace {

constexpr int kTextWidth = 440;
constexpr int kIndent = 24;

}  // namespace

SavePlanDialog::SavePlanDialog(const QString& name, const std::vector<core::SavePlan>& plans,
                               bool isDevice, QWidget* parent)
    : QDialog(parent)
    , plans_(plans)
    , ways_(new QButtonGroup(this))
    , backup_(new QCheckBox(tr("Keep the old content as %1").arg(name + QLatin1Char('~')))) {
    setWindowTitle(tr("Write %1").arg(name));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(4);
    const bool canWrite = std::ranges::any_of(plans_, &core::SavePlan::applies);
    auto* const question = new QLabel(questionFor(name, isDevice, canWrite));
    question->setTextFormat(Qt::PlainText);
    question->setWordWrap(true);
    question->setFixedWidth(kTextWidth + kIndent);
    QFont strong = question->font();
    strong.setWeight(QFont::DemiBold);
    question->setFont(strong);
    column->addWidget(question);
    column->addSpacing(8);
    for (std::size_t i = 0; i < plans_.size(); ++i)
        addPlan(plans_[i], static_cast<int>(i));
    backup_->setVisible(canWrite && !isDevice);
    column->addWidget(backup_);
    column->addSpacing(12);

    auto* const write = new QPushButton(tr("&Write"));
    auto* const saveAs = new QPushButton(tr("&Save as…"));
    auto* const cancel = new QPushButton(tr("&Cancel"));
    write->setObjectName(QStringLiteral("write"));
    write->setEnabled(canWrite);
    (canWrite ? write : saveAs)->setDefault(true);
    connect(write, &QPushButton::clicked, this, [this] { done(Write); });
    connect(saveAs, &QPushButton::clicked, this, [this] { done(SaveAs); });
    connect(cancel, &QPushButton::clicked, this, [this] { done(Rejected); });
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    for (QPushButton* const button : {write, saveAs, cancel}) {
        button->setMinimumWidth(88);
        buttons->addWidget(button);
    }
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);
    if (QAbstractButton* const proposed = ways_->checkedButton())
        proposed->setFocus();
    else
        saveAs->setFocus();
}

QString SavePlanDialog::questionFor(const QString& name, bool isDevice, bool canWrite) {
    if (!canWrite)
        return tr("%1 cannot be written where it is. Save it as another file?").arg(name);
    if (isDevice)
        return tr("%1 is a device: what is written there cannot be undone by closing it. How is it "
                  "to be written?")
            .arg(name);
    return tr("How is %1 to be written?").arg(name);
}

void SavePlanDialog::addPlan(const core::SavePlan& plan, int index) {
    auto* const way = new QRadioButton(planTitle(plan));
    const QString details = planDetails(plan);
    way->setAccessibleDescription(details);
    way->setEnabled(plan.applies());
    ways_->addButton(way, index);
    if (plan.applies() && ways_->checkedButton() == nullptr)
        way->setChecked(true);
    auto* const words = new QLabel(details);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    words->setFixedWidth(kTextWidth);
    auto* const indented = new QHBoxLayout;
    indented->setContentsMargins(kIndent, 0, 0, 8);
    indented->addWidget(words);
    auto* const column = static_cast<QVBoxLayout*>(layout());
    column->addWidget(way);
    column->addLayout(indented);
}

core::SaveOptions SavePlanDialog::chosen(core::SaveOptions options) const {
    const int index = ways_->checkedId();
    if (index < 0)
        return options;
    const core::SavePlan& plan = plans_[static_cast<std::size_t>(index)];
    options.strategy = plan.strategy;
    options.keepBackup = backup_->isChecked() && !backup_->isHidden();
    // It was read, and chosen.
    options.evenIfDetached = options.evenIfDetached || !plan.losses.empty();
    return options;
}

}  // namespace octavo::app
