#include "ui/history/history_table_model.h"

#include "ui/changes/change_text.h"
#include "ui/panels/number_text.h"

#include <algorithm>
#include <string>

namespace octavo::ui {

using core::History;
using core::kFirstStep;
using core::StepId;

namespace {

bool isRightAligned(int column) {
    return column == HistoryTableModel::Offset || column == HistoryTableModel::Edits;
}

int alignmentOf(int column) {
    return int(isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
}

}  // namespace

void HistoryTableModel::setDocument(EditorDocument* document) {
    if (document_ != nullptr) {
        document_->disconnect(this);
    }
    document_ = document;
    rows_ = {};
    if (document_ != nullptr) {
        connect(document_, &EditorDocument::stateChanged, this, &HistoryTableModel::follow);
        rows_.follow(document_->document().history());
    }
    refresh();
    emit moved();
}

void HistoryTableModel::follow() {
    const bool isAnother = rows_.follow(document_->document().history());
    // Also where no step is another: a name, or what was saved.
    refresh();
    if (isAnother) {
        emit moved();
    }
}

/// A row is told from the history itself.
void HistoryTableModel::load(std::uint64_t /*first*/, int /*rows*/) {}

int HistoryTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryTableModel::stateText(StepId step) const {
    QStringList words;
    switch (rows_.place(step)) {
    case StepPlace::Current:
        words << tr("shown now");
        break;
    case StepPlace::Undone:
        words << tr("undone");
        break;
    case StepPlace::Elsewhere:
        words << tr("other branch");
        break;
    case StepPlace::Done:
        break;
    }
    if (document_->document().savedStep() == step && !document_->document().isUntitled()) {
        words << tr("as in the file");
    }
    return words.join(QStringLiteral(", "));
}

QString HistoryTableModel::text(StepId step, int column) const {
    if (column == Branch) {
        return groupedNumber(core::Offset{rows_.branch(step)} + 1);
    }
    if (column == State) {
        return stateText(step);
    }
    if (step == kFirstStep) {
        return column == Step ? tr("The beginning") : QString();
    }
    const History::Step made = document_->document().history().step(step);
    switch (column) {
    case Step: {
        const QString what =
            stepText(made.transaction, {made.kind, made.timeNs, std::string(made.name)});
        if (!rows_.isApart(step)) {
            return what;
        }
        return made.parent == kFirstStep
                   ? tr("%1 – from the beginning").arg(what)
                   : tr("%1 – from %2", "a step, and the number of the one it was made on")
                         .arg(what,
                              groupedNumber(
                                  document_->document().history().step(made.parent).transaction));
    }
    case Edits:
        return groupedNumber(static_cast<core::Offset>(made.splices));
    case Offset:
        return made.splices == 0 ? QString() : offsetText(made.offset);
    case Time:
        return timeText(made.timeNs);
    default:
        return {};
    }
}

QVariant HistoryTableModel::data(const QModelIndex& index, int role) const {
    const std::uint64_t number = first() + static_cast<std::uint64_t>(std::max(index.row(), 0));
    if (!index.isValid() || number >= total()) {
        return {};
    }
    const auto step = static_cast<StepId>(number);
    switch (role) {
    case Qt::DisplayRole:
        return text(step, index.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case PlaceRole:
        return int(rows_.place(step));
    case BranchRole:
        return rows_.branch(step);
    case FollowsRole:
        return step != kFirstStep && !rows_.isApart(step);
    case IsFollowedRole:
        return number + 1 < total() && !rows_.isApart(step + 1);
    default:
        return {};
    }
}

QVariant HistoryTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Branch:
        return tr("Branch");
    case Step:
        return tr("Step");
    case State:
        return tr("State");
    case Edits:
        return tr("Edits");
    case Offset:
        return tr("Offset");
    case Time:
        return tr("Time");
    default:
        return {};
    }
}

}  // namespace octavo::ui
