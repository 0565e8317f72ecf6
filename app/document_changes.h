// The pending changes of one document: the panel below its grid, made when it is first wanted, and
// what its rows and buttons do.
//
// Thread rule: GUI thread.
#pragma once

#include "app/change_run.h"
#include "app/document_views.h"
#include "app/saver.h"
#include "core/base/types.h"
#include "ui/bridge/editor_document.h"
#include "ui/changes/change_rows.h"
#include "ui/panels/job_indicator.h"
#include "ui/panels/message_bar.h"
#include "ui/results/row_selection.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QSplitter;

namespace octavo::ui {
class ChangesPanel;
}

namespace octavo::app {

class DocumentChanges final : public QObject {
    Q_OBJECT

public:
    /// A flush of a part finds each of its changes on the window's thread: of so many in a fraction
    /// of a second.
    static constexpr std::uint64_t kMostFlushed = 100'000;
    /// What fits a clipboard.
    static constexpr std::uint64_t kMostCopied = 10'000;
    static constexpr core::Offset kMostCopiedBytes = core::Offset{1} << 20;

    /// All must outlive it; the panel is put into `splitter`, below the view.
    DocumentChanges(ui::EditorDocument& editor, DocumentViews& views, Saver& saver,
                    ui::MessageArea& messages, ui::JobIndicator& jobs, QSplitter& splitter,
                    QWidget* window, QObject* parent = nullptr);
    ~DocumentChanges() override;

    /// Nothing before it was first shown.
    ui::ChangesPanel* panel() const { return panel_; }
    bool isShown() const;
    /// With the keyboard in the list.
    void show();
    void close();

signals:
    void noted(const QString& note);
    /// isShown() is another.
    void shownChanged();
    /// The panel was closed: the grid wants the keyboard.
    void closed();

private:
    void makePanel();
    void connectCommands();
    void showChange(const ui::ChangeRow& row);
    void switchChanges(const ui::RowSelection& rows, bool on);
    void keep(const ui::RowSelection& rows, bool kept);
    void revert(const ui::RowSelection& rows);
    void run(const QString& title, const ui::RowSelection& rows, ChangeRun::Act act,
             const std::function<QString(const ChangeRun::Outcome&)>& note);
    void flush(const ui::RowSelection& rows);
    void copy(const ui::RowSelection& rows);
    void rename(core::ChangeId change, const QString& name);
    void tell(const QString& text);

    ui::EditorDocument& editor_;
    DocumentViews& views_;
    Saver& saver_;
    ui::MessageArea& messages_;
    ui::JobIndicator& jobs_;
    QSplitter& splitter_;
    ChangeRun run_;
    ui::ChangesPanel* panel_ = nullptr;
    QPointer<ui::Job> copying_;
    std::optional<core::Extent> shown_;  ///< the change that was chosen last
};

}  // namespace octavo::app
