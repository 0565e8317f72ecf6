// Keeps a HexModel filled with what is shown of a document, plus a screen ahead and behind.
//
// Edits move cells at once and mark what must be read again; reading itself is put off to the
// next feed(), which the view calls just before it paints, so any number of edits in a row costs
// one request. Bytes that were in memory are there when feed() returns; the others arrive later
// and are told by the model's dataChanged().
//
// Thread rule: GUI thread. Never reads a byte itself.
#pragma once

#include "ui/bridge/editor_document.h"
#include "ui/bridge/row_fetcher.h"
#include "ui/hex/hex_model.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <memory>

namespace octavo::ui {

class HexFeed final : public QObject {
    Q_OBJECT

public:
    /// How long a frame may wait for bytes that are in memory.
    static constexpr std::chrono::milliseconds kFrameWait{4};

    /// Both must outlive the feed.
    explicit HexFeed(HexModel& model, QObject* parent = nullptr);

    /// nullptr: an empty model.
    void setDocument(EditorDocument* document);
    void setBytesPerRow(int bytes);
    /// What is seen. Moves the model's window along; fetches nothing yet.
    void show(core::Offset firstRow, core::Offset rows);
    /// Asks for what is missing and waits a moment for what is seen.
    void feed();
    /// True where no visible byte is missing.
    bool isComplete() const;

signals:
    /// After bytes came and after each feed(): more may be complete than before.
    void progressed();

private:
    void applyEdit(const core::DocumentEvent& event);
    void fetchAgain();
    void take(const FetchedBytes& result);
    void updateChanges();
    core::Extent extentOfRows(core::Offset firstRow, core::Offset rows) const;

    HexModel& model_;
    EditorDocument* document_ = nullptr;
    std::unique_ptr<RowFetcher> fetcher_;
    QTimer soon_;
    core::Offset firstRow_ = 0;
    core::Offset rows_ = 1;
    bool changesOutdated_ = false;
    std::uint64_t generation_ = 0;  // grows whenever offsets or bytes lose their meaning
    std::uint64_t requestedGeneration_ = 0;
    core::Extent requested_;
};

}  // namespace octavo::ui
