#include "app/reloader.h"

#include "app/document_text.h"

#include <QPointer>

#include <utility>

namespace octavo::app {

Reloader::Reloader(Opener& opener, Environment& environment, QWidget* window, Replace replace,
                   Failed failed)
    : QObject(window)
    , opener_(opener)
    , environment_(environment)
    , window_(window)
    , replace_(std::move(replace))
    , failed_(std::move(failed)) {}

void Reloader::reload(OpenDocument& document) {
    const QPointer<OpenDocument> asked(&document);
    if (asked->document().isUntitled())
        return;
    if (asked->saver().isRunning())
        return asked->notices().tellNotReloaded(tr("it is being written"));
    if (asked->document().hasChanges() &&
        !environment_.dialogs.mayDiscard(window_, nameOf(asked->document()),
                                         pendingText(asked->document())))
        return;
    if (!asked)
        return;
    const OpenRequest request{
        asked->document().path(), {}, asked->document().accessMode() == core::AccessMode::ReadOnly};
    const std::uint64_t revision = asked->document().revision();
    opener_.open(request, [this, asked, revision, path = request.path](Opener::Opened result) {
        if (!result && result.error().code != core::ErrorCode::Cancelled)
            failed_(path, result.error());
        if (!result || !asked)
            return;
        if (asked->saver().isRunning())
            return asked->notices().tellNotReloaded(tr("it is being written"));
        if (asked->document().revision() != revision)
            return asked->notices().tellNotReloaded(tr("it was changed here meanwhile"));
        replace_(*asked, *std::move(result));
    });
}

}  // namespace octavo::app
