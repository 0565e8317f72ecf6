// Bytes of a document on the clipboard by reference, whatever their number: for a paste within this
// program. They stay what they were when they were copied, after edits, saves and the end of their
// document.
//
// It may be the last to hold a file: that is closed in the background.
//
// Thread rule: GUI thread.
#pragma once

#include "core/content/content.h"
#include "ui/bridge/background_free.h"

#include <QMimeData>

#include <memory>
#include <utility>

namespace octavo::app {

class ContentMime final : public QMimeData {
    Q_OBJECT

public:
    explicit ContentMime(core::Content content)
        : content_(ui::freedInBackground(std::move(content))) {}

    const core::Content& content() const { return *content_; }

private:
    std::shared_ptr<core::Content> content_;
};

}  // namespace octavo::app
