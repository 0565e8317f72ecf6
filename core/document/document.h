// One open file with its pending edits, or an untitled document that has no file yet.
//
// Edits never read or write the file: they change the piece tree, the history and the revision,
// and tell the listener. A flush has three steps: prepareFlush() here, PatchSave::run() on a
// worker, finishFlush() here; the document may be edited meanwhile. Saving to a new name is
// CopySave::run() on a worker with a snapshot, then finishCopy().
//
// Thread rule: one thread, the one that edits. open() may be called on a worker and its result
// handed over. Snapshots go to any thread.
// Errors: an edit that is out of range, refused by the access mode or too large is an Error and
// changes nothing.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/content/add_buffer.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/document/access_mode.h"
#include "core/document/history.h"
#include "core/file/file_watch.h"
#include "core/save/patch_save.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace octavo::core {

/// How an edit joins the history.
enum class EditStyle {
    Step,    ///< an undo step of its own
    Typing,  ///< joins the typing before it where it goes on there
};

/// What an edit, undo, revert or flush did to the content or to what is pending.
struct DocumentEvent {
    Extent replaced;       ///< in the document before
    Offset newLength = 0;  ///< of what stands there now
};

class Document {
public:
    using Listener = std::function<void(const DocumentEvent&)>;

    /// Opens `path`. Waits for the disk: not for the GUI thread. `progress` cancels where a file
    /// has to be read to be opened.
    static Result<std::unique_ptr<Document>> open(FileSystem& fileSystem, const std::string& path,
                                                  AccessMode mode = AccessMode::Preview,
                                                  Progress* progress = nullptr);
    static std::unique_ptr<Document> untitled();

    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;
    ~Document();

    /// Empty where the document is untitled.
    const std::string& path() const { return path_; }
    bool isUntitled() const { return path_.empty(); }
    /// The file under the document; nothing where it is untitled.
    std::shared_ptr<const MappedFile> file() const;

    Offset length() const { return tree_.length(); }
    Snapshot snapshot() const;
    std::uint64_t revision() const { return revision_; }
    /// Called after each change, on the same thread.
    void setListener(Listener listener) { listener_ = std::move(listener); }

    AccessMode accessMode() const { return mode_; }
    /// Read-only with pending edits is an error: flush or revert first.
    Status setAccessMode(AccessMode mode);

    /// `bytes` in place of as many from `at` on; they must lie within the document.
    Status overwrite(Offset at, ByteSpan bytes, EditStyle style = EditStyle::Step);
    Status insert(Offset at, ByteSpan bytes, EditStyle style = EditStyle::Step);
    Status erase(Extent extent);
    /// `pattern` repeated over the extent; the length stays.
    Status fill(Extent extent, ByteSpan pattern);
    /// `bytes` in place of `extent`, whatever their lengths.
    Status replace(Extent extent, ByteSpan bytes, EditStyle style = EditStyle::Step);
    /// The next typing begins a step of its own (the caret was moved, another pane entered).
    void endTyping() { history_.endTyping(); }

    bool canUndo() const { return history_.canUndo(); }
    bool canRedo() const { return history_.canRedo(); }
    /// Undoes one step and returns where; nothing where there is none to undo.
    Result<std::optional<Extent>> undo();
    Result<std::optional<Extent>> redo();
    /// Back to the file's content, as one undo step. An untitled document becomes empty.
    Status revert();

    /// True where anything is pending. O(1).
    bool isModified() const;
    /// Number of changes and of their bytes (the larger of before and now of each). Time follows
    /// the number of pieces; kept until the next change of content.
    struct Pending {
        std::size_t changes = 0;
        Offset bytes = 0;
        Offset lengthDifference = 0;  ///< length now less length of the file
    };
    const Pending& pending() const;
    std::vector<Change> changes() const { return snapshot().changes(); }

    /// The save of everything pending, to be run on a worker. LengthChanged where bytes were
    /// inserted or deleted, InvalidArgument where the document is untitled or a flush is running.
    Result<std::shared_ptr<PatchSave>> prepareFlush(PatchSave::Options options = {});
    /// Takes over what `save` did, once run() has returned, whether it worked or not.
    void finishFlush(const PatchSave& save);
    bool isFlushing() const { return flushing_; }

    /// To be told what a FileWatch saw. The content is not touched; views read it again.
    void noteOutsideEvent(FileEvent event);
    /// The gravest thing that other programs did to the file since it was opened, or since the
    /// last flush; a flush compares for itself.
    FileEvent outsideEvent() const { return outsideEvent_; }

    /// The document was written whole to another file, which is `file` now: from here on that is
    /// the file under the document. `saved` is the snapshot that was written. Not during a flush.
    void finishCopy(std::shared_ptr<const MappedFile> file, const Snapshot& saved);

private:
    Document();
    Piece basePiece() const { return {0, baseLength_, baseId_}; }
    Status checkEdit(const char* operation, Extent extent, Offset newLength) const;
    Status replaceChecked(Extent extent, ByteSpan bytes, EditStyle style);
    void edit(Extent extent, std::span<const Piece> pieces, EditStyle style);
    void apply(Extent extent, std::span<const Piece> pieces);
    void notify(Extent replaced, Offset newLength);
    SourceId patternSource(ByteSpan pattern);
    void adopt(std::shared_ptr<const FileVersion> version);
    void rebase(const std::optional<Snapshot>& saved);
    std::vector<Piece> normalised(std::span<const Piece> pieces) const;
    void normalise(const Piece& piece, std::vector<Piece>& out) const;

    FileSystem* fileSystem_ = nullptr;
    std::string path_;
    AccessMode mode_ = AccessMode::Preview;
    std::shared_ptr<SourceTable> sources_;
    std::shared_ptr<AddBuffer> added_;
    SourceId addedId_ = 0;
    std::shared_ptr<const FileVersion> base_;  // nothing while untitled
    std::map<SourceId, std::shared_ptr<const FileVersion>> versions_;
    SourceId baseId_ = kNoSource;
    Offset baseLength_ = 0;
    FileInfo baseInfo_;
    std::map<Bytes, SourceId> patterns_;
    PieceTree tree_;
    std::uint64_t revision_ = 1;
    History history_;
    bool flushing_ = false;
    FileEvent outsideEvent_ = FileEvent::None;
    Listener listener_;
    mutable std::optional<Pending> pending_;
};

}  // namespace octavo::core
