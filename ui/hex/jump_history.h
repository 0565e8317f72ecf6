// Where the caret stood before it jumped far: back and forward through these places, as in a
// browser. The places follow the document's edits.
//
// Thread rule: GUI thread.
#pragma once

#include "core/document/tracked_positions.h"
#include "ui/bridge/editor_document.h"

#include <QObject>

#include <optional>
#include <vector>

namespace octavo::ui {

class JumpHistory final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 100;

    explicit JumpHistory(QObject* parent = nullptr) : QObject(parent) {}
    ~JumpHistory() override { setDocument(nullptr); }

    /// Forgets all places. The document before must still be whole.
    void setDocument(EditorDocument* document);

    /// The caret is about to leave `from` for somewhere far: there is nothing forward any more.
    void note(core::Offset from);
    bool canGoBack() const { return !back_.empty(); }
    bool canGoForward() const { return !forward_.empty(); }
    /// Where to go from `now`; nothing where there is no such place.
    std::optional<core::Offset> goBack(core::Offset now);
    std::optional<core::Offset> goForward(core::Offset now);

signals:
    /// canGoBack() or canGoForward() may be others.
    void changed();

private:
    using Places = std::vector<core::PositionId>;  // the nearest last

    std::optional<core::Offset> go(Places& from, Places& to, core::Offset now);
    void push(Places& places, core::Offset offset);
    void clear(Places& places);
    core::TrackedPositions& positions() const { return document_->document().positions(); }

    EditorDocument* document_ = nullptr;
    Places back_;
    Places forward_;
};

}  // namespace octavo::ui
