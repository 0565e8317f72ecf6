// What a document does with its pieces and its edit log, and no more: random edits of all kinds
// over a file, told to a feed. For tests of the log.
#pragma once

#include "core/content/add_buffer.h"
#include "core/content/file_version.h"
#include "core/content/pattern_source.h"
#include "core/content/snapshot.h"
#include "core/document/edit_log_feed.h"
#include "core/document/edited_tree.h"
#include "core/document/logged_edits.h"
#include "core/document/sampled_hash.h"

#include <QByteArray>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace octavo::test {

class LoggedDocument {
public:
    /// Of the file at `path`, which exists; empty: untitled.
    explicit LoggedDocument(const std::string& path) {
        addedId_ = sources_->add(added_);
        if (!path.empty())
            adopt(
                core::FileVersion::first(*core::MappedFile::open(core::systemFileSystem(), path)));
        edited_.reset();
        resetLog();
    }

    core::EditLogFeed& feed() { return feed_; }
    core::EditedTree& edited() { return edited_; }
    const core::EditedTree& edited() const { return edited_; }
    const std::shared_ptr<const core::FileVersion>& version() const { return version_; }
    const std::shared_ptr<core::SourceTable>& sources() { return sources_; }
    core::Snapshot snapshot() const { return {edited_.tree(), sources_, 1}; }
    core::EditLogBatch take() { return *feed_.take(snapshot()); }

    void adopt(std::shared_ptr<const core::FileVersion> version) {
        version_ = std::move(version);
        edited_.setBase(sources_->add(version_), version_->file()->length());
    }
    /// As after a flush: the log is to begin anew with the document as it is.
    void resetLog() {
        core::EditLogEntry::Base base;
        if (version_) {
            base.file.path = version_->file()->path();
            base.file.info = version_->file()->openedInfo();
            base.file.length = edited_.baseLength();
            base.source = edited_.base();
        }
        feed_.reset(base, edited_.tree(), edited_.changes());
    }

    core::SourceId addSource(std::shared_ptr<const core::Source> source) {
        return sources_->add(std::move(source));
    }
    core::Piece typed(const QByteArray& bytes) {
        const core::ByteSpan span{reinterpret_cast<const core::Byte*>(bytes.constData()),
                                  static_cast<std::size_t>(bytes.size())};
        return {added_->append(span), static_cast<core::Offset>(bytes.size()), 0, addedId_, {}};
    }

    /// `content` in place of `extent`, as a change of its own or of the one it lies in. Nothing,
    /// and false, where a change lies there that is off.
    bool replace(core::Extent extent, const std::vector<core::Piece>& content) {
        const core::EditedTree::Range range = edited_.range(extent);
        if (!edited_.switchedOff(range).empty())
            return false;
        std::vector<core::Piece> removed;
        const core::EditedTree::Neighbours neighbours = edited_.look(range, removed);
        const core::FileOffset at{range.from.fileOffset};
        std::vector<core::Piece> inserted;
        edited_.lay(content, at, range.to.fileOffset - at.value, tagFor(removed, neighbours, at),
                    inserted);
        commit({range.from, removed, inserted}, neighbours);
        return true;
    }
    core::ChangeId lastChange() const { return edited_.changes().lastChange(); }

    /// Gives a change back to the file, or switches it.
    void revert(core::ChangeId id) { exchange(id, false, false); }
    void switchChange(core::ChangeId id, bool on) { exchange(id, true, on); }
    /// Takes the last splice back where it is still the last thing that happened to its place.
    void undo() {
        if (done_.empty())
            return;
        const core::SpliceLogEntry last = done_.back();
        done_.pop_back();
        const core::SpliceView inverse = last.view().inverse();
        const core::Border to = inverse.removedEnd();
        const core::ChangeId mark = inverse.removesMark() ? inverse.removed[0].tag.id() : 0;
        const bool isThere = mark != 0 ? edited_.hasMark(inverse.from, mark)
                                       : to.offset <= edited_.length() &&
                                             edited_.admits(inverse.from) && edited_.admits(to);
        std::vector<core::Piece> removed;
        if (isThere)
            neighbours_ = edited_.look({inverse.from, to}, removed, mark);
        if (!isThere || removed != last.inserted) {
            done_.clear();
            return;
        }
        commit({inverse.from, removed, inverse.inserted}, neighbours_);
        done_.pop_back();
    }

    /// Any edit. `others` are sources to paste from, of so many bytes each.
    void editAtRandom(std::mt19937_64& engine,
                      const std::vector<std::pair<core::SourceId, core::Offset>>& others = {}) {
        const auto below = [&](core::Offset limit) {
            return static_cast<core::Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        switch (below(12)) {
        case 0:
            if (lastChange() > 0)
                switchChange(someChange(engine), false);
            return;
        case 1:
            if (lastChange() > 0)
                switchChange(someChange(engine), true);
            return;
        case 2:
            if (lastChange() > 0)
                revert(someChange(engine));
            return;
        case 3:
            undo();
            return;
        case 4:
            if (lastChange() > 0)
                describeAtRandom(someChange(engine), engine);
            return;
        default:
            break;
        }
        const core::Offset length = edited_.length();
        core::Extent extent{below(length + 1), 0};
        extent.length = std::min(below(3) == 0 ? 0 : below(20), length - extent.offset);
        std::vector<core::Piece> content;
        if (below(4) != 0)
            content.push_back(contentAtRandom(engine, others, extent.length));
        replace(extent, content);
    }

    /// Changes everything that is known of a change.
    void describeAtRandom(core::ChangeId id, std::mt19937_64& engine) {
        core::ChangeSet& changes = edited_.changes();
        const std::string name = engine() % 4 == 0 ? "" : "name " + std::to_string(engine() % 99);
        changes.setName(id, name);
        feed_.named(id, name);
        changes.record(id).kept = engine() % 2 == 0;
        feed_.kept(id, changes.record(id).kept);
        const core::Fingerprint print{{{core::Offset(engine() % 500)}, core::Offset(engine() % 50)},
                                      engine(),
                                      3,
                                      4,
                                      engine() % 2 == 0};
        changes.setFingerprint(id, print);
        feed_.fingerprint(id, print);
    }

private:
    core::ChangeTag tagFor(const std::vector<core::Piece>& removed,
                           const core::EditedTree::Neighbours& neighbours, core::FileOffset at) {
        if (removed.empty()) {
            if (neighbours.left && neighbours.left->isChanged() &&
                neighbours.leftTag() == neighbours.rightTag())
                return neighbours.leftTag();
        } else if (removed.front().isChanged() &&
                   std::ranges::all_of(removed, [&](const core::Piece& piece) {
                       return piece.tag == removed.front().tag;
                   })) {
            return removed.front().tag;
        }
        core::ChangeSet& changes = edited_.changes();
        const core::TransactionId transaction =
            changes.addTransaction(core::EditKind::Replace, "", ++time_);
        const core::ChangeId id = changes.addChange(transaction, at);
        for (const core::Piece& piece : removed) {
            if (piece.isChanged())
                changes.addNeed(id, piece.tag.id());
        }
        return core::ChangeTag::on(id);
    }

    void commit(const core::SpliceView& splice, const core::EditedTree::Neighbours& neighbours) {
        core::SpliceLogEntry entry;
        entry.from = splice.from;
        entry.removed.assign(splice.removed.begin(), splice.removed.end());
        entry.inserted.assign(splice.inserted.begin(), splice.inserted.end());
        done_.push_back(entry);
        edited_.put(done_.back().view(), neighbours);
        feed_.spliced(done_.back().view());
    }

    void exchange(core::ChangeId id, bool isSwitch, bool on) {
        const std::optional<core::EditedTree::Found> found = edited_.find(id);
        if (!found || edited_.changes().runs(id) != 1 || (isSwitch && found->isOff() != on))
            return;
        core::Border to = found->from;
        for (const core::Piece& piece : found->pieces) {
            to.offset += piece.length;
            to.fileOffset += piece.fileLength;
        }
        std::vector<core::Piece> removed;
        const core::ChangeId mark = found->pieces.front().isMark() ? id : core::kNoChange;
        const core::EditedTree::Neighbours neighbours =
            edited_.look({found->from, to}, removed, mark);
        const core::Offset length = to.fileOffset - found->from.fileOffset;
        core::Piece file = core::Piece::inPlace(found->from.fileOffset, length, edited_.base());
        std::vector<core::Piece> inserted{file};
        if (isSwitch && !on)
            inserted.front().tag = core::ChangeTag::off(id);
        else if (isSwitch)
            inserted = *edited_.changes().switchedOff(id);
        else if (length == 0)
            inserted.clear();
        commit({found->from, removed, inserted}, neighbours);
    }

    core::ChangeId someChange(std::mt19937_64& engine) const {
        return static_cast<core::ChangeId>(1 + engine() % lastChange());
    }

    core::Piece contentAtRandom(std::mt19937_64& engine,
                                const std::vector<std::pair<core::SourceId, core::Offset>>& others,
                                core::Offset replaced) {
        const auto below = [&](core::Offset limit) {
            return static_cast<core::Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        const core::Offset length =
            below(3) == 0 ? std::max<core::Offset>(replaced, 1) : 1 + below(30);
        const core::Offset kind = below(8);
        if (kind == 0) {
            const std::uint64_t word = engine();
            const core::ByteSpan pattern{reinterpret_cast<const core::Byte*>(&word),
                                         1 + engine() % 8};
            return {0,
                    length * 1000,
                    0,
                    sources_->add(std::make_shared<core::PatternSource>(pattern)),
                    {}};
        }
        if (kind == 1 && edited_.baseLength() > length)
            return {below(edited_.baseLength() - length), length, 0, edited_.base(), {}};
        if (kind < 4 && !others.empty()) {
            const auto& [id, size] = others[engine() % others.size()];
            return {below(size - length), length, 0, id, {}};
        }
        QByteArray bytes(length, Qt::Uninitialized);
        for (char& byte : bytes)
            byte = static_cast<char>(engine());
        return typed(bytes);
    }

    std::shared_ptr<core::SourceTable> sources_ = std::make_shared<core::SourceTable>();
    std::shared_ptr<core::AddBuffer> added_ = std::make_shared<core::AddBuffer>();
    core::SourceId addedId_ = 0;
    std::shared_ptr<const core::FileVersion> version_;
    core::EditedTree edited_;
    core::EditLogFeed feed_;
    std::vector<core::SpliceLogEntry> done_;
    core::EditedTree::Neighbours neighbours_;
    std::int64_t time_ = 1'000'000;
};

/// What `snapshot` shows; "(unreadable)" where a part cannot be read.
inline QByteArray contentOf(const core::Snapshot& snapshot) {
    QByteArray out(snapshot.length(), '\xEE');
    const core::Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<core::Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

}  // namespace octavo::test
