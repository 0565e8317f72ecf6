// Offers, in a bar, the edits of one document that a run left behind which ended without saving
// them.
//
// What fits the file as it is can be restored, what nobody can tell only by a choice of its own,
// and what does not fit is said with its number. What was offered and not answered is offered the
// next time again.
//
// Thread rule: GUI thread; reading and comparing are jobs.
#pragma once

#include "app/environment.h"
#include "app/left_behind.h"
#include "core/base/types.h"
#include "core/content/snapshot.h"
#include "ui/bridge/editor_document.h"
#include "ui/panels/message_bar.h"

#include <QObject>
#include <QString>

#include <memory>

namespace octavo::app {

class RecoveryOffer final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    RecoveryOffer(ui::EditorDocument& editor, Environment& environment, ui::MessageArea& messages,
                  QObject* parent = nullptr);

    /// Looks for what was left behind of the document's file.
    void look();
    /// For a document without a file, which was made for what was left behind.
    void restoreInto(std::shared_ptr<const LeftBehind> left);

signals:
    void noted(const QString& note);
    /// The first place that is not as in the file again.
    void restored(octavo::core::Offset offset);

private:
    /// What was found, and the document that it was compared with.
    struct Offer {
        std::shared_ptr<const LeftBehind> left;
        core::Snapshot document;
        std::shared_ptr<const core::FileVersion> version;
    };

    void tell(const Offer& offer);
    QString text(const LeftBehind& left) const;
    std::vector<ui::Message::Link> links(const Offer& offer);
    void restore(const Offer& offer, bool withDoubtful);
    void lookAgain(const Offer& offer);
    void discard(const std::shared_ptr<const LeftBehind>& left);

    ui::EditorDocument& editor_;
    Environment& environment_;
    ui::MessageArea& messages_;
};

}  // namespace octavo::app
