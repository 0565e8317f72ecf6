#include "core/document/document.h"

#include "core/content/pattern_source.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

Document::Document()
    : sources_(std::make_shared<SourceTable>()), added_(std::make_shared<AddBuffer>()) {
    addedId_ = sources_->add(added_);
}

Document::~Document() = default;

Result<std::unique_ptr<Document>> Document::open(FileSystem& fileSystem, const std::string& path,
                                                 AccessMode mode, Progress* progress) {
    MappedFile::Options options;
    options.progress = progress;
    Result<std::shared_ptr<MappedFile>> file = MappedFile::open(fileSystem, path, options);
    if (!file)
        return std::move(file).error();
    std::unique_ptr<Document> document(new Document);
    document->fileSystem_ = &fileSystem;
    document->mode_ = mode;
    document->adopt(std::make_shared<FileVersion>(*file));
    if (document->baseLength_ > 0)
        document->tree_ = PieceTree(document->basePiece());
    return document;
}

std::unique_ptr<Document> Document::untitled() {
    std::unique_ptr<Document> document(new Document);
    document->fileSystem_ = &systemFileSystem();
    return document;
}

std::shared_ptr<const MappedFile> Document::file() const {
    return base_ ? base_->file() : nullptr;
}

Snapshot Document::snapshot() const {
    return {tree_, sources_, baseId_, baseLength_, revision_};
}

Status Document::setAccessMode(AccessMode mode) {
    if (mode == AccessMode::ReadOnly && isModified())
        return Error{ErrorCode::InvalidArgument, "switch to read-only", path_, 0,
                     "there are pending changes: flush or revert them first"};
    mode_ = mode;
    history_.endTyping();
    return {};
}

Status Document::checkEdit(const char* operation, Extent extent, Offset newLength) const {
    if (mode_ == AccessMode::ReadOnly)
        return Error{ErrorCode::ReadOnly, operation, path_, 0, "the document is open read-only"};
    if (!extent.isValid() || extent.end() > length())
        return Error{ErrorCode::InvalidArgument, operation, path_, 0,
                     "the range passes the end of the document"};
    if (newLength > kMaxLength - (length() - extent.length))
        return Error{ErrorCode::TooLarge, operation, path_, 0,
                     "the document would be longer than 2^63 - 1 bytes"};
    return {};
}

Status Document::overwrite(Offset at, ByteSpan bytes, EditStyle style) {
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status allowed = checkEdit("overwrite", {at, count}, count); !allowed)
        return allowed;
    return replaceChecked({at, count}, bytes, style);
}

Status Document::insert(Offset at, ByteSpan bytes, EditStyle style) {
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status allowed = checkEdit("insert", {at, 0}, count); !allowed)
        return allowed;
    return replaceChecked({at, 0}, bytes, style);
}

Status Document::erase(Extent extent) {
    if (const Status allowed = checkEdit("delete", extent, 0); !allowed)
        return allowed;
    return replaceChecked(extent, {}, EditStyle::Step);
}

Status Document::replace(Extent extent, ByteSpan bytes, EditStyle style) {
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status allowed = checkEdit("replace", extent, count); !allowed)
        return allowed;
    return replaceChecked(extent, bytes, style);
}

Status Document::replaceChecked(Extent extent, ByteSpan bytes, EditStyle style) {
    if (extent.isEmpty() && bytes.empty())
        return {};
    const Piece piece{added_->append(bytes), static_cast<Offset>(bytes.size()), addedId_};
    edit(extent, {&piece, bytes.empty() ? 0U : 1U}, style);
    return {};
}

Status Document::fill(Extent extent, ByteSpan pattern) {
    if (const Status allowed = checkEdit("fill", extent, extent.length); !allowed)
        return allowed;
    if (pattern.empty())
        return Error::invalid("fill", "the pattern is empty");
    if (extent.isEmpty())
        return {};
    const Piece piece{0, extent.length, patternSource(pattern)};
    edit(extent, {&piece, 1}, EditStyle::Step);
    return {};
}

SourceId Document::patternSource(ByteSpan pattern) {
    const auto [entry, isNew] = patterns_.try_emplace(Bytes(pattern.begin(), pattern.end()));
    if (isNew)
        entry->second = sources_->add(std::make_shared<PatternSource>(pattern));
    return entry->second;
}

Status Document::revert() {
    if (const Status allowed = checkEdit("revert", {0, length()}, baseLength_); !allowed)
        return allowed;
    if (!isModified())
        return {};
    const Piece piece = basePiece();
    edit({0, length()}, {&piece, baseLength_ > 0 ? 1U : 0U}, EditStyle::Step);
    return {};
}

void Document::edit(Extent extent, std::span<const Piece> pieces, EditStyle style) {
    History::Step step;
    step.offset = extent.offset;
    step.removed = tree_.pieces(extent);
    step.removedLength = extent.length;
    step.inserted.assign(pieces.begin(), pieces.end());
    for (const Piece& piece : pieces)
        step.insertedLength += piece.length;
    step.typing = style == EditStyle::Typing;
    history_.record(std::move(step));
    apply(extent, pieces);
}

void Document::apply(Extent extent, std::span<const Piece> pieces) {
    tree_.replace(extent, pieces);
    ++revision_;
    pending_.reset();
    Offset newLength = 0;
    for (const Piece& piece : pieces)
        newLength += piece.length;
    notify(extent, newLength);
}

void Document::notify(Extent replaced, Offset newLength) {
    if (listener_)
        listener_({replaced, newLength});
}

Result<std::optional<Extent>> Document::undo() {
    if (const Status allowed = checkEdit("undo", {0, 0}, 0); !allowed)
        return allowed.error();
    if (!canUndo())
        return std::optional<Extent>();
    const History::Step& step = history_.takeUndo();
    apply({step.offset, step.insertedLength}, normalised(step.removed));
    return std::optional<Extent>({step.offset, step.removedLength});
}

Result<std::optional<Extent>> Document::redo() {
    if (const Status allowed = checkEdit("redo", {0, 0}, 0); !allowed)
        return allowed.error();
    if (!canRedo())
        return std::optional<Extent>();
    const History::Step& step = history_.takeRedo();
    apply({step.offset, step.removedLength}, normalised(step.inserted));
    return std::optional<Extent>({step.offset, step.insertedLength});
}

bool Document::isModified() const {
    if (length() != baseLength_)
        return true;
    return length() > 0 && PieceTree::Cursor(tree_, 0).piece() != basePiece();
}

const Document::Pending& Document::pending() const {
    if (!pending_) {
        Pending pending;
        for (const Change& change : changes()) {
            ++pending.changes;
            pending.bytes += std::max(change.before.length, change.now.length);
        }
        pending.lengthDifference = length() - baseLength_;
        pending_ = pending;
    }
    return *pending_;
}

Result<std::shared_ptr<PatchSave>> Document::prepareFlush(PatchSave::Options options) {
    if (isUntitled())
        return Error::invalid("flush", "the document has no file yet");
    if (flushing_)
        return Error{ErrorCode::InvalidArgument, "flush", path_, 0, "a flush is running already"};
    if (!base_->file()->isWritableInPlace())
        return Error{ErrorCode::UnsupportedFile, "flush", path_, 0,
                     "its content is made while it is read and cannot be written in its place; "
                     "save it as a new file"};
    std::vector<Change> changes = this->changes();
    for (const Change& change : changes) {
        if (change.kind() != ChangeKind::Overwritten)
            return Error{ErrorCode::LengthChanged, "flush", path_, 0,
                         "bytes were inserted or deleted, and only changes that keep every other "
                         "byte in its place can be written into the file; save it as a new file"};
    }
    flushing_ = true;
    return std::make_shared<PatchSave>(*fileSystem_, path_, baseInfo_, snapshot(), base_,
                                       std::move(changes), options);
}

void Document::finishFlush(const PatchSave& save) {
    assert(flushing_);
    flushing_ = false;
    if (save.version() != base_) {
        adopt(save.version());
        rebase(save.succeeded() ? std::optional(save.snapshot()) : std::nullopt);
    }
    // A failed flush has put the old bytes back, which is a new time of change too.
    baseInfo_ = save.info();
    if (save.succeeded()) {
        outsideEvent_ = FileEvent::None;
    }
    history_.endTyping();
    notify({0, length()}, length());
}

void Document::noteOutsideEvent(FileEvent event) {
    outsideEvent_ = std::max(outsideEvent_, event);
}

void Document::finishCopy(std::shared_ptr<const MappedFile> file, const Snapshot& saved) {
    assert(!flushing_);
    outsideEvent_ = FileEvent::None;
    adopt(std::make_shared<FileVersion>(std::move(file)));
    rebase(saved);
    history_.endTyping();
    notify({0, length()}, length());
}

void Document::adopt(std::shared_ptr<const FileVersion> version) {
    base_ = std::move(version);
    path_ = base_->file()->path();
    baseInfo_ = base_->file()->openedInfo();
    baseLength_ = base_->file()->length();
    baseId_ = sources_->add(base_);
    versions_[baseId_] = base_;
}

/// Makes the tree's pieces speak of the base that was just adopted: bytes that `saved` brought
/// into the file are the file now, the rest keeps its content.
void Document::rebase(const std::optional<Snapshot>& saved) {
    ++revision_;
    pending_.reset();
    const bool comparable = saved && saved->length() == length() && length() == baseLength_;
    if (comparable && saved->revision() + 1 == revision_) {
        tree_ = length() > 0 ? PieceTree(basePiece()) : PieceTree();
        return;
    }
    std::vector<Piece> pieces;
    for (PieceTree::Cursor now(tree_, 0); !now.atEnd(); now.next()) {
        const Piece& piece = now.piece();
        Offset at = 0;
        while (at < piece.length) {
            Offset count = piece.length - at;
            bool isSaved = false;
            if (comparable) {
                const Offset offset = now.offset() + at;
                const PieceTree::Cursor then(saved->tree(), offset);
                const Offset inThen = offset - then.offset();
                count = std::min(count, then.piece().length - inThen);
                isSaved = then.piece().part(inThen, count) == piece.part(at, count);
                if (isSaved)
                    pieces.push_back({offset, count, baseId_});
            }
            if (!isSaved)
                normalise(piece.part(at, count), pieces);
            at += count;
        }
    }
    tree_ = PieceTree();
    tree_.replace({0, 0}, pieces);
}

std::vector<Piece> Document::normalised(std::span<const Piece> pieces) const {
    std::vector<Piece> out;
    for (const Piece& piece : pieces)
        normalise(piece, out);
    return out;
}

/// A piece of an older version of the file is, as far as no flush has overwritten it, a piece of
/// the file as it is now; the rest stays what it is and reads the bytes that were kept.
void Document::normalise(const Piece& piece, std::vector<Piece>& out) const {
    const auto entry = versions_.find(piece.source);
    if (entry == versions_.end() || entry->second == base_ ||
        entry->second->file() != base_->file()) {
        out.push_back(piece);
        return;
    }
    const Offset end = piece.start + piece.length;
    for (Offset at = piece.start; at < end;) {
        // How far from `at` the same flush decides, and whether any has overwritten the byte.
        Offset to = end;
        bool isKept = false;
        for (const FileVersion* version = entry->second.get(); version != base_.get() && !isKept;
             version = version->successor().get()) {
            if (version->isRestored())
                continue;
            const FileExtent kept = version->kept().next({at});
            isKept = kept.offset.value <= at;
            to = std::min(to, isKept ? kept.end().value : kept.offset.value);
        }
        out.push_back({at, to - at, isKept ? piece.source : baseId_});
        at = to;
    }
}

}  // namespace octavo::core
