// What one document tells by itself, in bars: why an edit was not made, what another program did to
// its file, that its edits are not protected, that a write failed - each with what to do about it.
//
// Thread rule: GUI thread.
#pragma once

#include "app/saver.h"
#include "core/base/result.h"
#include "core/document/edit_options.h"
#include "core/file/file_watch.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/outside_review.h"
#include "ui/panels/message_bar.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace octavo::app {

class DocumentNotices final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    DocumentNotices(ui::EditorDocument& editor, Saver& saver, ui::MessageArea& messages,
                    QObject* parent = nullptr);

    /// Says why the file was not read again, and offers it once more.
    void tellNotReloaded(const QString& reason);
    /// What was refused before does not matter any more.
    void dismissRefusals();
    /// Says why the mode stays what it is.
    void tellModeRefused(core::AccessMode mode, const core::Error& error);

signals:
    void noted(const QString& note);
    void reloadWanted();
    void revertWanted();
    void modeWanted(octavo::core::AccessMode mode);
    /// A question is about this place.
    void showWanted(octavo::core::Extent place);
    /// An answer was given, and typing goes on.
    void answered();

private:
    void tellRecovery(const core::SaveRecovery& recovery);
    void tellRefused(const QString& reason);
    void askSwitchedOff(const std::function<void(core::IfSwitchedOff)>& again);
    QString outsideText(core::FileEvent event) const;
    void tellOutside(core::FileEvent event);
    void tellFindings(const ui::OutsideFindings& findings);
    void askWhoseChanges(const ui::OutsideFindings& findings);
    void askWhoseOne(std::size_t number, std::size_t count);
    void keepMine();
    void takeTheirs();
    void connectEditLog(ui::EditLogKeeper& editLog);
    void tellUnprotected(const core::Error& error);
    void tellReferred(core::Offset bytes);
    void tellNotWrittenThrough(const core::Error& error);
    QString name() const;

    ui::EditorDocument& editor_;
    Saver& saver_;
    ui::MessageArea& messages_;
};

}  // namespace octavo::app
