// Cut, copy and paste for one document. The bytes of a selection are read in a job.
//
// Copied bytes go to the clipboard as text and as they are under "application/octet-stream", for
// other programs up to kMostBytes; for Octavo itself a copy is a reference and has no limit, so
// that every byte survives and a terabyte costs nothing.
// Thread rule: GUI thread.
#pragma once

#include "app/document_views.h"
#include "core/base/types.h"
#include "ui/bridge/editor_document.h"
#include "ui/panels/job_indicator.h"
#include "ui/panels/message_bar.h"

#include <QObject>
#include <QPointer>

namespace octavo::app {

class ClipboardCommands final : public QObject {
    Q_OBJECT

public:
    /// More than this does not fit another program's clipboard well.
    static constexpr core::Offset kMostBytes = core::Offset{64} << 20;

    enum class Form {
        OfPane,  ///< hexadecimal in the hex pane, text in the text pane
        Hex,
        Text,  ///< in the encoding of the text pane
        CArray,
        Python,
        Base64,
        Dump,
    };

    /// All must outlive it.
    ClipboardCommands(ui::EditorDocument& editor, DocumentViews& views, ui::MessageArea& messages,
                      ui::JobIndicator& jobs, QObject* parent = nullptr);

    void copy(Form form);
    /// Erases what was copied once the clipboard has it.
    void cut();
    void paste(Form form);

signals:
    void noted(const QString& note);

private:
    struct Copied;

    Form inPane(Form form) const;
    void start(Form form, bool thenErase);
    void copied(const Copied& copied, core::Extent extent, bool thenErase, std::uint64_t revision);
    void pasteHex(const QString& text);
    void pasteText(const QString& text);
    void pasteBase64(const QString& text);
    void tell(const QString& text, std::vector<ui::Message::Link> links = {});

    ui::EditorDocument& editor_;
    DocumentViews& views_;
    ui::MessageArea& messages_;
    ui::JobIndicator& jobs_;
    QPointer<ui::Job> job_;
};

}  // namespace octavo::app
