// Bytes of a document on the clipboard by reference, whatever their number: for a paste within this
// program. They stay what they were when they were copied, after edits, saves and the end of their
// document.
//
// Thread rule: GUI thread.
#pragma once

#include "core/content/content.h"

#include <QMimeData>

#include <utility>

namespace octavo::app {

class ContentMime final : public QMimeData {
    Q_OBJECT

public:
    explicit ContentMime(core::Content content) : content_(std::move(content)) {}

    const core::Content& content() const { return content_; }

private:
    core::Content content_;
};

}  // namespace octavo::app
