// At a start without a file: offers, in bars, to open the files that a run left edits of behind
// which ended without saving them.
//
// A few bars at a time; where one is answered the next appears. A file's edits themselves are
// offered when it is open (RecoveryOffer).
//
// Thread rule: GUI thread; reading is a job.
#pragma once

#include "app/environment.h"
#include "app/left_behind.h"
#include "ui/panels/message_bar.h"

#include <QObject>
#include <QString>

#include <deque>
#include <memory>
#include <set>
#include <string>

namespace octavo::app {

class StartOffers final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kMostBars = 3;

    /// Both must outlive it.
    StartOffers(Environment& environment, ui::MessageArea& messages, QObject* parent = nullptr);

    void look();

signals:
    void openWanted(const std::string& path);
    /// Of a document that had no file.
    void restoreWanted(std::shared_ptr<const octavo::app::LeftBehind> left);

private:
    struct Offer {
        core::FoundLog log;  ///< not claimed
        std::size_t changes = 0;
        core::Offset length = 0;
        QString fault;  ///< why it cannot be read
    };

    static std::optional<Offer> summarise(core::FileSystem& fileSystem, core::FoundLog log);
    void read(const core::FoundLog& log);
    void showMore();
    void tell(const Offer& offer);
    void restore(const core::FoundLog& log);
    void discard(const core::FoundLog& log);

    Environment& environment_;
    ui::MessageArea& messages_;
    std::deque<Offer> waiting_;
    std::set<QString> shown_;
};

}  // namespace octavo::app
