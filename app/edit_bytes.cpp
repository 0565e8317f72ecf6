#include "app/edit_bytes.h"

#include "app/error_text.h"
#include "core/content/content.h"
#include "ui/panels/number_text.h"

#include <memory>
#include <utility>

namespace octavo::app {

using core::Extent;
using core::IfSwitchedOff;
using Operation = ui::EditBar::Operation;

namespace {

struct Changed {
    core::Bytes bytes;
    bool isComplete = false;
};

}  // namespace

EditBytes::EditBytes(ui::EditBar& bar, QObject* parent) : QObject(parent), bar_(bar) {
    connect(&bar_, &ui::EditBar::applyWanted, this, &EditBytes::apply);
    connect(&bar_, &ui::EditBar::closed, this, [this] { delete job_.data(); });
}

void EditBytes::setDocument(OpenDocument* document) {
    delete job_.data();
    if (document_)
        disconnect(document_, nullptr, this, nullptr);
    document_ = document;
    bar_.setEnabled(document != nullptr);
    if (document != nullptr) {
        connect(document, &OpenDocument::changed, this, &EditBytes::refreshPlace);
        refreshPlace();
    }
}

void EditBytes::refreshPlace() {
    if (document_)
        bar_.setPlace(document_->view().selection(), document_->document().length());
}

void EditBytes::apply() {
    if (!document_ || job_)
        return;
    const core::Result<ui::EditBar::Wish> wish = bar_.wish();
    if (!wish)
        return bar_.showFault(QString::fromStdString(wish.error().reason));
    core::Document& document = document_->document();
    const Extent selection = document_->view().selection();
    switch (wish->operation) {
    case Operation::Fill:
        return carryOut(
            [&document, selection, pattern = wish->pattern](IfSwitchedOff answer) {
                return document.fill(selection, pattern, answer);
            },
            selection, IfSwitchedOff::Ask);
    case Operation::Insert: {
        const Extent inserted{document_->view().caret(), wish->amount};
        if (!inserted.isValid() || wish->amount > core::kMaxLength - document.length())
            return bar_.showFault(tr("That is more than a document can hold"));
        return carryOut(
            [&document, inserted, pattern = wish->pattern](IfSwitchedOff answer) {
                return document.replace({inserted.offset, 0},
                                        core::Content::repeated(pattern, inserted.length), answer);
            },
            inserted, IfSwitchedOff::Ask);
    }
    case Operation::SetSize:
        return carryOut([&document, length = wish->amount](
                            IfSwitchedOff answer) { return document.setLength(length, answer); },
                        {std::min(document_->view().caret(), wish->amount), 0}, IfSwitchedOff::Ask);
    case Operation::Transform:
        return transform(wish->transform, selection);
    }
}

/// `edit` lives as long as the document does, and selects `result` afterwards.
void EditBytes::carryOut(const Edit& edit, Extent result, IfSwitchedOff answer) {
    const core::Status status = edit(answer);
    if (status) {
        document_->view().setSelection(result);
        return bar_.showNote(tr("Done; Undo takes it back"));
    }
    if (status.error().code != core::ErrorCode::SwitchedOff || answer != IfSwitchedOff::Ask)
        return bar_.showFault(reasonText(status.error()));
    document_->editor().askSwitchedOff([self = QPointer(this), edit, result](IfSwitchedOff given) {
        if (self && self->document_)
            self->carryOut(edit, result, given);
    });
}

void EditBytes::transform(const core::ByteTransform& transform, Extent extent) {
    if (extent.length > kMostBytes)
        return bar_.showFault(tr("%1 are too many to be changed at once; up to %2 are possible")
                                  .arg(ui::byteCountText(extent.length), ui::sizeText(kMostBytes)));
    if (document_->document().accessMode() == core::AccessMode::ReadOnly)
        return bar_.showFault(tr("The document is open read-only; switch to Preview to edit"));
    job_ = ui::Job::start(
        tr("Changing bytes"),
        [transform, extent, snapshot = document_->document().snapshot()](core::Progress&) {
            Changed changed{core::Bytes(static_cast<std::size_t>(extent.length))};
            changed.isComplete = snapshot.read(extent.offset, changed.bytes).isEmpty();
            transform.apply(changed.bytes);
            return changed;
        },
        this,
        [this, extent, revision = document_->document().revision()](const Changed& changed) {
            job_ = nullptr;
            if (!document_)
                return;
            if (!changed.isComplete)
                return bar_.showFault(
                    tr("Some of the bytes could not be read, so nothing was changed"));
            if (document_->document().revision() != revision)
                return bar_.showFault(
                    tr("The document was edited meanwhile, so nothing was changed; do it again"));
            core::Document& document = document_->document();
            const auto bytes = std::make_shared<const core::Bytes>(changed.bytes);
            carryOut(
                [&document, extent, bytes](IfSwitchedOff answer) {
                    return document.overwrite(extent.offset, *bytes, answer);
                },
                extent, IfSwitchedOff::Ask);
        });
}

}  // namespace octavo::app
