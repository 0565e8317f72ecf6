// Runs what the replace bar asks for: shows what a match would become, replaces one after the
// other, or all of them as one step.
//
// Thread rule: GUI thread; searching and reading are jobs.
#pragma once

#include "app/find_controller.h"
#include "app/open_document.h"
#include "core/search/replace_all.h"
#include "ui/bridge/job.h"
#include "ui/panels/find_bar.h"
#include "ui/panels/replace_bar.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace octavo::app {

class ReplaceController final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    ReplaceController(ui::ReplaceBar& bar, ui::FindBar& findBar, FindController& finder,
                      QObject* parent = nullptr);

    /// Nothing where no document is open.
    void setDocument(OpenDocument* document);
    void showBar();
    /// The match that is shown, and on to the next; without one only that.
    void replaceOne();
    void replaceAll();
    bool isRunning() const { return job_ != nullptr; }

private:
    using Replacing = std::shared_ptr<core::ReplaceAll>;
    /// Nothing, with a word in the bar, where the replacement is none.
    Replacing prepare(core::Extent range, const core::FindOptions& options, std::uint64_t most);
    void preview();
    void replaceMatch(core::Extent match);
    void found(const Replacing& replacing, std::uint64_t revision);
    void putInPlace(core::Extent match, const Replacing& replacing, core::IfSwitchedOff answer);
    void replaceFound(const Replacing& replacing, core::IfSwitchedOff answer);
    /// Where what is to be replaced belongs to a change that is off, the user is asked, and `again`
    /// called with the answer; else false.
    bool asksSwitchedOff(const core::Error& error, std::function<void(core::IfSwitchedOff)> again);
    void tellReplaced(const Replacing& replacing);
    void stop();
    bool mayEdit();

    ui::ReplaceBar& bar_;
    ui::FindBar& findBar_;
    FindController& finder_;
    QPointer<OpenDocument> document_;
    QPointer<ui::Job> job_;
    QPointer<ui::Job> preview_;
    std::uint64_t replaced_ = 0;  // one after the other, for counters
};

}  // namespace octavo::app
