#include "ui/hex/hex_feed.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;
using core::Offset;

HexFeed::HexFeed(HexModel& model, QObject* parent) : QObject(parent), model_(model) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &HexFeed::feed);
}

void HexFeed::setDocument(EditorDocument* document) {
    if (document_ != nullptr) {
        document_->disconnect(this);
    }
    document_ = document;
    // A fetcher that hangs on the old document's disk is left behind.
    fetcher_ = nullptr;
    ++generation_;
    model_.setDocument(document != nullptr ? document->document().length() : 0,
                       document != nullptr && document->isOriginal());
    if (document == nullptr) {
        soon_.stop();
        return;
    }
    fetcher_ = std::make_unique<RowFetcher>();
    connect(fetcher_.get(), &RowFetcher::fetched, this, &HexFeed::take);
    connect(document, &EditorDocument::contentChanged, this, &HexFeed::applyEdit);
    connect(document, &EditorDocument::fileChangedOutside, this, &HexFeed::fetchAgain);
    changesOutdated_ = true;
    soon_.start();
}

void HexFeed::setBytesPerRow(int bytes) {
    model_.setBytesPerRow(bytes);
    changesOutdated_ = document_ != nullptr;
}

void HexFeed::show(Offset firstRow, Offset rows) {
    firstRow_ = firstRow;
    rows_ = rows;
    if (model_.showRows(firstRow, rows)) {
        changesOutdated_ = true;
    }
    if (document_ != nullptr) {
        soon_.start();
    }
}

void HexFeed::applyEdit(const core::DocumentEvent& event) {
    ++generation_;
    model_.splice(event.replaced, event.newLength);
    changesOutdated_ = true;
    soon_.start();
}

void HexFeed::fetchAgain() {
    ++generation_;
    model_.setStale();
    soon_.start();
}

Extent HexFeed::extentOfRows(Offset firstRow, Offset rows) const {
    const Offset from = std::max<Offset>(0, firstRow) * model_.bytesPerRow();
    const Offset rest = std::max<Offset>(0, model_.length() - from);
    return {std::min(from, model_.length()), std::min(rest, rows * model_.bytesPerRow())};
}

bool HexFeed::isComplete() const {
    return !changesOutdated_ && model_.missing(extentOfRows(firstRow_, rows_)).empty();
}

void HexFeed::updateChanges() {
    if (changesOutdated_) {
        changesOutdated_ = false;
        model_.setChanges(document_->marksIn(model_.windowExtent()));
    }
}

void HexFeed::feed() {
    soon_.stop();
    if (document_ == nullptr) {
        return;
    }
    updateChanges();
    const Extent seen = extentOfRows(firstRow_, rows_);
    // Compared before it is added: the end may be the largest number.
    const Offset ahead = seen.end() + std::min(seen.length, model_.length() - seen.end());
    const Offset behind = std::max<Offset>(0, seen.offset - seen.length);
    const Extent wanted{behind, ahead - behind};
    if (generation_ == requestedGeneration_ && wanted == requested_ && fetcher_->isBusy()) {
        return;
    }
    const std::vector<Extent> urgent = model_.missing(seen);
    std::vector<Extent> later = model_.missing({seen.end(), ahead - seen.end()});
    const std::vector<Extent> before = model_.missing({behind, seen.offset - behind});
    later.insert(later.end(), before.begin(), before.end());
    if (!urgent.empty() || !later.empty()) {
        requestedGeneration_ = generation_;
        requested_ = wanted;
        fetcher_->request(document_->document().snapshot(), urgent, later, generation_);
    }
    if (!urgent.empty()) {
        fetcher_->waitForUrgent(kFrameWait);
    }
    emit progressed();
}

void HexFeed::take(const FetchedBytes& result) {
    if (result.generation == generation_) {
        model_.fill(result.extent, result.bytes, result.unreadable, result.holes);
        emit progressed();
    }
}

}  // namespace octavo::ui
