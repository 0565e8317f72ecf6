// The bookmarks of one document: places with a name, a colour and a comment, that follow its
// edits. In order of their places; at most one stands at a byte unless an erasure puts several
// there.
//
// Thread rule: GUI thread; nothing here waits. next() and previous() go round.
#pragma once

#include "core/document/tracked_positions.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/bookmark_source.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace octavo::ui {

struct Bookmark {
    core::Offset offset = 0;
    QString name;
    int color = 0;  ///< below kBookmarkColors
    QString comment;
    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

class BookmarkList final : public QObject, public BookmarkSource {
    Q_OBJECT

public:
    /// `document` must outlive it.
    explicit BookmarkList(EditorDocument& document, QObject* parent = nullptr);
    ~BookmarkList() override;

    std::size_t count() const { return entries_.size(); }
    Bookmark at(std::size_t index) const;
    std::vector<Bookmark> all() const;
    /// Names a bookmark while others come and go; may be given again after it went.
    core::PositionId idAt(std::size_t index) const { return entries_[index].place; }
    std::optional<std::size_t> indexOf(core::PositionId id) const;

    /// Sets one there, or takes away those that stand there; true where one was set.
    bool toggle(core::Offset offset);
    /// Those beyond the end of the document are left out.
    void add(const std::vector<Bookmark>& bookmarks);
    void remove(std::size_t index);
    void setName(std::size_t index, const QString& name);
    void setColor(std::size_t index, int color);
    void setComment(std::size_t index, const QString& comment);

    /// The index of the first behind `offset`, or before it; nothing where there is none at all.
    std::optional<std::size_t> next(core::Offset offset) const;
    std::optional<std::size_t> previous(core::Offset offset) const;

    std::vector<ShownBookmark> bookmarksIn(core::Extent extent) const override;
    std::optional<core::Offset> nextBookmark(core::Offset offset) const override;

signals:
    /// The user's doing: there are others, or they are called otherwise.
    void changed();
    /// An edit has moved some.
    void moved();

private:
    struct Entry {
        core::PositionId place = 0;
        QString name;
        int color = 0;
        QString comment;
    };

    void insert(const Bookmark& bookmark);
    core::Offset offsetOf(const Entry& entry) const;
    /// The first at `offset` or behind it.
    std::size_t firstFrom(core::Offset offset) const;
    core::TrackedPositions& positions() const { return document_.document().positions(); }

    EditorDocument& document_;
    std::vector<Entry> entries_;
};

}  // namespace octavo::ui
