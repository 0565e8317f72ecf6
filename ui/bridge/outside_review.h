// Finds out what another program's write into the file means for a document: takes over what was
// appended, and has the changes compared with what the file holds by now.
//
// Where no change of ours is touched the document goes on with the file as it is. Where one is, or
// it cannot be told, the user decides: keep mine or take theirs. Until then a flush asks.
//
// Thread rule: GUI thread; looking is a job.
#pragma once

#include "core/base/result.h"
#include "core/document/document.h"
#include "core/file/file_watch.h"

#include <QObject>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace octavo::ui {

struct OutsideFindings {
    core::FileEvent event = core::FileEvent::None;
    /// The document goes on with the file as it is: nothing of ours is touched.
    bool isSettled = false;
    core::Offset added = 0;               ///< bytes that are part of the document now
    std::size_t changes = 0;              ///< of ours, on or off
    std::vector<core::ChangeId> touched;  ///< those that are touched, or of which nobody can tell
    bool isCertain = false;               ///< of one of them at least it is known
};

class OutsideReview final : public QObject {
    Q_OBJECT

public:
    /// `document` must outlive it.
    explicit OutsideReview(core::Document& document, QObject* parent = nullptr);

    /// To be told what a FileWatch saw. Files that were cut, replaced or removed are nothing for
    /// it.
    void look(core::FileEvent event);
    /// After the document has finished a flush or a copy.
    void noteSaved();

    /// Those that were found touched, are pending still, and have no answer yet.
    std::vector<core::ChangeId> unanswered() const;
    /// The answer for all of them, or for one. Ours stand, and are what a flush writes over theirs
    /// without asking again; or ours are given up. With the last answer the file is known as it is.
    void keepMine();
    void keepMine(core::ChangeId change);
    core::Status takeTheirs();
    core::Status takeTheirs(core::ChangeId change);

signals:
    void found(const octavo::ui::OutsideFindings& findings);

private:
    struct Look;
    struct Seen;

    void start();
    static Seen see(const core::MappedFile& file, core::ChangeReview& review,
                    core::Progress& progress);
    void saw(const Look& look, const Seen& seen);
    core::Offset settle(const core::FileInfo& info);
    core::Status answer(std::span<const core::ChangeId> changes, bool mine);

    core::Document& document_;
    std::optional<core::FileEvent> wanted_;  ///< to be looked at when nothing stands against it
    bool isRunning_ = false;
    /// What waits for the user's answer.
    struct Question {
        core::FileInfo info;
        std::vector<core::ChangeId> touched;
    };
    std::optional<Question> question_;
};

}  // namespace octavo::ui
