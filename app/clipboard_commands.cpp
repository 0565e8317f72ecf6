#include "app/clipboard_commands.h"

#include "app/content_mime.h"
#include "ui/bridge/job.h"
#include "ui/panels/byte_text.h"
#include "ui/panels/hex_text.h"
#include "ui/panels/number_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <algorithm>
#include <optional>

namespace octavo::app {

namespace {

const QString kMessage = QStringLiteral("clipboard");
const QString kRawType = QStringLiteral("application/octet-stream");

core::ByteSpan spanOf(const QByteArray& bytes) {
    return {reinterpret_cast<const core::Byte*>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

QString textOf(const QByteArray& raw, ClipboardCommands::Form form, core::Offset offset,
               const ui::TextCodec& codec) {
    using Form = ClipboardCommands::Form;
    switch (form) {
    case Form::Hex:
        return ui::formatHex(spanOf(raw));
    case Form::CArray:
        return ui::formatCArray(spanOf(raw));
    case Form::Python:
        return ui::formatPython(spanOf(raw));
    case Form::Base64:
        return ui::formatBase64(spanOf(raw));
    case Form::Dump:
        return ui::formatDump(spanOf(raw), offset);
    case Form::OfPane:
    case Form::Text:
        break;
    }
    return codec.decode(spanOf(raw));
}

/// False where some could not be read; what a cancelled one has read means nothing.
bool readBytes(const core::Snapshot& snapshot, core::Extent extent, QByteArray& out,
               core::Progress& progress) {
    constexpr core::Offset kStep = core::Offset{1} << 20;
    out.resize(extent.length);
    auto* const bytes = reinterpret_cast<core::Byte*>(out.data());
    progress.setTotal(extent.length);
    bool complete = true;
    for (core::Offset at = 0; at < extent.length && !progress.isCancelled(); at += kStep) {
        const core::Offset count = std::min(kStep, extent.length - at);
        complete &= snapshot.read(extent.offset + at, {bytes + at, static_cast<std::size_t>(count)})
                        .isEmpty();
        progress.setDone(at + count);
    }
    return complete;
}

}  // namespace

struct ClipboardCommands::Copied {
    core::Content content;
    QByteArray raw;  ///< nothing where it is too much for other programs
    QString text;
    bool complete = false;
    bool cancelled = false;
};

ClipboardCommands::ClipboardCommands(ui::EditorDocument& editor, DocumentViews& views,
                                     ui::MessageArea& messages, ui::JobIndicator& jobs,
                                     QObject* parent)
    : QObject(parent), editor_(editor), views_(views), messages_(messages), jobs_(jobs) {}

/// What the form of the active pane is.
ClipboardCommands::Form ClipboardCommands::inPane(Form form) const {
    if (form != Form::OfPane)
        return form;
    return views_.focused().activePane() == ui::HexView::Pane::Hex ? Form::Hex : Form::Text;
}

void ClipboardCommands::copy(Form form) {
    start(form, false);
}

void ClipboardCommands::cut() {
    if (editor_.document().accessMode() == core::AccessMode::ReadOnly)
        return editor_.refuse(editor_.whyReadOnly());
    start(Form::OfPane, true);
}

void ClipboardCommands::start(Form form, bool thenErase) {
    const ui::HexView& source = views_.focused();
    const core::Extent extent = source.selection();
    if (extent.isEmpty())
        return;
    messages_.dismiss(kMessage);
    const Form wanted = inPane(form);
    const bool forOthers = extent.length <= kMostBytes;
    if (!forOthers && form != Form::OfPane)
        return tell(tr("%1 are too many for a text; up to %2 can be copied so. A plain copy has no "
                       "limit, but can be pasted in Octavo only.")
                        .arg(ui::byteCountText(extent.length), ui::sizeText(kMostBytes)),
                    {{tr("Copy for Octavo"), [this] { copy(Form::OfPane); }}});
    // A copy that is asked for again is the one that counts.
    delete job_.data();
    const auto read = [snapshot = source.document()->document().snapshot(), extent, wanted,
                       forOthers, codec = source.codec()](core::Progress& progress) {
        Copied result;
        result.content = core::Content::of(snapshot, extent);
        result.complete = !forOthers || readBytes(snapshot, extent, result.raw, progress);
        result.cancelled = progress.isCancelled();
        if (forOthers && result.complete && !result.cancelled)
            result.text = textOf(result.raw, wanted, extent.offset, codec);
        return result;
    };
    job_ =
        ui::Job::start(tr("Copying"), read, this,
                       [this, extent, thenErase, revision = editor_.document().revision()](
                           const Copied& result) { copied(result, extent, thenErase, revision); });
    jobs_.watch(job_);
}

void ClipboardCommands::copied(const Copied& copied, core::Extent extent, bool thenErase,
                               std::uint64_t revision) {
    if (copied.cancelled)
        return emit noted(tr("Stopped; the clipboard is as it was"));
    if (!copied.complete)
        return tell(tr("Some of the bytes could not be read, so nothing was copied."));
    const bool forOthers = copied.raw.size() == extent.length;
    auto* const data = new ContentMime(copied.content);
    if (forOthers) {
        data->setText(copied.text);
        data->setData(kRawType, copied.raw);
    }
    QGuiApplication::clipboard()->setMimeData(data);
    emit noted((forOthers ? tr("Copied: %1") : tr("Copied: %1, for a paste in Octavo only"))
                   .arg(ui::byteCountText(extent.length)));
    if (!thenErase)
        return;
    if (editor_.document().revision() != revision)
        return tell(tr("The document was changed meanwhile, so the bytes were copied but not "
                       "removed."));
    views_.active().setSelection(extent);
    views_.active().eraseSelection();
}

void ClipboardCommands::paste(Form form) {
    messages_.dismiss(kMessage);
    const QMimeData* const data = QGuiApplication::clipboard()->mimeData();
    if (data == nullptr)
        return;
    const auto* const own = qobject_cast<const ContentMime*>(data);
    if (form == Form::OfPane && own != nullptr)
        return views_.active().pasteContent(own->content());
    if (form == Form::OfPane && data->hasFormat(kRawType)) {
        const QByteArray raw = data->data(kRawType);
        return views_.active().pasteBytes(spanOf(raw));
    }
    if (!data->hasText())
        return tell(own == nullptr ? tr("There is no text on the clipboard.")
                                   : tr("What was copied is too large to be a text."),
                    own == nullptr ? std::vector<ui::Message::Link>()
                                   : std::vector<ui::Message::Link>{
                                         {tr("Paste the bytes"), [this] { paste(Form::OfPane); }}});
    switch (inPane(form)) {
    case Form::Hex:
        return pasteHex(data->text());
    case Form::Base64:
        return pasteBase64(data->text());
    default:
        return pasteText(data->text());
    }
}

void ClipboardCommands::pasteHex(const QString& text) {
    const ui::ParsedHex parsed = ui::parseHex(text);
    if (!parsed.fault.isEmpty())
        return tell(
            tr("The clipboard holds no hexadecimal bytes: \"%1\" is not one.").arg(parsed.fault),
            {{tr("Paste as text"), [this] { paste(Form::Text); }}});
    views_.active().pasteBytes(parsed.bytes);
}

void ClipboardCommands::pasteText(const QString& text) {
    const ui::TextCodec& codec = views_.active().codec();
    const std::optional<core::Bytes> bytes = codec.encode(text);
    if (!bytes)
        return tell(tr("The text on the clipboard has characters that %1 does not know.")
                        .arg(codec.label()),
                    {{tr("Paste as UTF-8"),
                      [this, utf8 = text.toUtf8()] { views_.active().pasteBytes(spanOf(utf8)); }}});
    views_.active().pasteBytes(*bytes);
}

void ClipboardCommands::pasteBase64(const QString& text) {
    const std::optional<core::Bytes> bytes = ui::parseBase64(text);
    if (!bytes)
        return tell(tr("The text on the clipboard is no base64."),
                    {{tr("Paste as text"), [this] { paste(Form::Text); }}});
    views_.active().pasteBytes(*bytes);
}

void ClipboardCommands::tell(const QString& text, std::vector<ui::Message::Link> links) {
    messages_.tell(kMessage, {ui::Message::Kind::Notice, text, std::move(links)});
}

}  // namespace octavo::app
