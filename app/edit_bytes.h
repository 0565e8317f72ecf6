// Carries out what the edit bar asks for, each time as one step of the document.
//
// Thread rule: GUI thread; reading what is to be changed is a job.
#pragma once

#include "app/open_document.h"
#include "core/base/result.h"
#include "core/document/edit_options.h"
#include "ui/bridge/job.h"
#include "ui/panels/edit_bar.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace octavo::app {

class EditBytes final : public QObject {
    Q_OBJECT

public:
    /// More than these are not changed by arithmetic: they would have to be held twice in memory.
    /// Filling, inserting and the size know no such limit.
    static constexpr core::Offset kMostBytes = core::Offset{64} << 20;

    /// `bar` must outlive it.
    explicit EditBytes(ui::EditBar& bar, QObject* parent = nullptr);

    /// Nothing where no document is open.
    void setDocument(OpenDocument* document);
    void apply();
    bool isRunning() const { return job_ != nullptr; }

private:
    using Edit = std::function<core::Status(core::IfSwitchedOff)>;

    void refreshPlace();
    void carryOut(const Edit& edit, core::Extent result, core::IfSwitchedOff answer);
    void transform(const core::ByteTransform& transform, core::Extent extent);

    ui::EditBar& bar_;
    QPointer<OpenDocument> document_;
    QPointer<ui::Job> job_;
};

}  // namespace octavo::app
