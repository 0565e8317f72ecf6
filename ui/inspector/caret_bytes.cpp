#include "ui/inspector/caret_bytes.h"

#include "ui/inspector/value_kind.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

constexpr int kBlinkMs = 120;

CaretBytes::Known readFrom(const core::Snapshot& snapshot, Extent extent) {
    CaretBytes::Known known{extent.offset, core::Bytes(static_cast<std::size_t>(extent.length)),
                            false, snapshot.revision()};
    const core::Unreadable unreadable = snapshot.read(extent.offset, known.bytes);
    if (!unreadable.isEmpty()) {
        known.bytes.resize(
            static_cast<std::size_t>(unreadable.extents().front().offset - extent.offset));
        known.isUnreadable = true;
    }
    return known;
}

}  // namespace

CaretBytes::CaretBytes(QObject* parent) : QObject(parent) {
    // An edit moves the caret and changes the content: looked at once.
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    late_.setInterval(kBlinkMs);
    connect(&soon_, &QTimer::timeout, this, &CaretBytes::refresh);
    // A job that a stopped disk holds up is not joined by others: the grid may come to know the
    // bytes meanwhile, and is asked again.
    connect(&late_, &QTimer::timeout, this, [this] {
        forget();
        refresh();
    });
}

CaretBytes::~CaretBytes() = default;

void CaretBytes::setView(HexView* view) {
    if (view_ != nullptr) {
        view_->disconnect(this);
        view_->disconnect(&soon_);
    }
    if (document_ != nullptr) {
        document_->disconnect(this);
        document_->disconnect(&soon_);
    }
    delete job_.data();
    view_ = view;
    document_ = view != nullptr ? view->document() : nullptr;
    distrustsGrid_ = false;
    late_.stop();
    forget();
    if (document_ == nullptr) {
        return;
    }
    const auto start = qOverload<>(&QTimer::start);
    connect(view, &HexView::caretMoved, &soon_, start);
    connect(document_, &EditorDocument::contentChanged, &soon_, start);
    connect(document_, &EditorDocument::fileChangedOutside, this, [this] {
        distrustsGrid_ = true;
        soon_.start();
    });
    connect(document_, &EditorDocument::aboutToClose, this, [this] { setView(nullptr); });
    soon_.start();
}

void CaretBytes::setActive(bool active) {
    isActive_ = active;
    late_.stop();
    if (active) {
        soon_.start();
    }
}

Extent CaretBytes::wanted() const {
    const Offset caret = view_->caret();
    const Offset rest = std::max<Offset>(document_->document().length() - caret, 0);
    return {caret, std::min<Offset>(rest, ValueKind::kMostBytes)};
}

bool CaretBytes::isCurrent() const {
    return known_ && view_ != nullptr && document_ != nullptr && known_->offset == view_->caret() &&
           known_->revision == document_->document().revision();
}

void CaretBytes::refresh() {
    if (!isActive_ || view_ == nullptr || document_ == nullptr) {
        return;
    }
    const Extent extent = wanted();
    const std::optional<core::Bytes> onScreen =
        distrustsGrid_ ? std::nullopt : view_->knownBytes(extent);
    if (extent.isEmpty() || onScreen) {
        set(Known{extent.offset, onScreen.value_or(core::Bytes()), false,
                  document_->document().revision()});
    } else {
        if (!late_.isActive()) {
            late_.start();
        }
        if (job_ == nullptr) {
            read(extent);
        }
    }
}

void CaretBytes::read(Extent extent) {
    distrustsGrid_ = false;
    job_ = Job::start(
        tr("Reading the bytes at the caret"),
        [extent, snapshot = document_->document().snapshot()](core::Progress&) {
            return readFrom(snapshot, extent);
        },
        this,
        [this](const Known& known) {
            job_ = nullptr;
            if (view_ == nullptr || document_ == nullptr) {
                return;
            }
            const bool isStillWanted = known.offset == view_->caret() &&
                                       known.revision == document_->document().revision();
            if (isStillWanted && !distrustsGrid_) {
                set(known);
            } else {
                refresh();
            }
        });
}

void CaretBytes::set(const Known& known) {
    late_.stop();
    known_ = known;
    emit changed();
}

void CaretBytes::forget() {
    if (known_) {
        known_.reset();
        emit changed();
    }
}

}  // namespace octavo::ui
