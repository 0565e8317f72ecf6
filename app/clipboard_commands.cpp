#include "app/clipboard_commands.h"

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

QString textOf(const QByteArray& raw, ClipboardCommands::Form form, core::Offset offset) {
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
    return QString::fromLatin1(raw);
}

}  // namespace

struct ClipboardCommands::Copied {
    QByteArray raw;
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
    return views_.active().activePane() == ui::HexView::Pane::Hex ? Form::Hex : Form::Text;
}

void ClipboardCommands::copy(Form form) {
    start(form, false);
}

void ClipboardCommands::cut() {
    if (editor_.document().accessMode() == core::AccessMode::ReadOnly)
        return editor_.refuse(tr("The document is open read-only."));
    start(Form::OfPane, true);
}

void ClipboardCommands::start(Form form, bool thenErase) {
    const core::Extent extent = views_.active().selection();
    if (extent.isEmpty())
        return;
    messages_.dismiss(kMessage);
    if (extent.length > kMostBytes)
        return tell(tr("%1 are too many for the clipboard, which takes up to %2.")
                        .arg(ui::byteCountText(extent.length), ui::sizeText(kMostBytes)));
    // A copy that is asked for again is the one that counts.
    delete job_.data();
    const auto read = [snapshot = editor_.document().snapshot(), extent,
                       form = inPane(form)](core::Progress& progress) {
        constexpr core::Offset kStep = core::Offset{1} << 20;
        Copied result;
        result.raw.resize(extent.length);
        auto* const bytes = reinterpret_cast<core::Byte*>(result.raw.data());
        progress.setTotal(extent.length);
        result.complete = true;
        for (core::Offset at = 0; at < extent.length; at += kStep) {
            const core::Offset count = std::min(kStep, extent.length - at);
            const core::Unreadable unreadable =
                snapshot.read(extent.offset + at, {bytes + at, static_cast<std::size_t>(count)});
            result.complete = result.complete && unreadable.isEmpty();
            progress.setDone(at + count);
            if (progress.isCancelled()) {
                result.cancelled = true;
                return result;
            }
        }
        result.text = textOf(result.raw, form, extent.offset);
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
    auto* const data = new QMimeData;
    data->setText(copied.text);
    data->setData(kRawType, copied.raw);
    QGuiApplication::clipboard()->setMimeData(data);
    emit noted(tr("Copied: %1").arg(ui::byteCountText(extent.length)));
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
    if (form == Form::OfPane && data->hasFormat(kRawType)) {
        const QByteArray raw = data->data(kRawType);
        return views_.active().pasteBytes(spanOf(raw));
    }
    if (!data->hasText())
        return tell(tr("There is no text on the clipboard."));
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
    const bool fits = std::all_of(text.begin(), text.end(),
                                  [](QChar character) { return character.unicode() <= 0xFF; });
    if (!fits)
        return tell(tr("The text on the clipboard has characters that Latin-1 does not know."),
                    {{tr("Paste as UTF-8"),
                      [this, utf8 = text.toUtf8()] { views_.active().pasteBytes(spanOf(utf8)); }}});
    const QByteArray bytes = text.toLatin1();
    views_.active().pasteBytes(spanOf(bytes));
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
