// The pending changes of a document as a sorted and filtered list that follows its edits.
//
// The list that is shown is a value of one revision; after an edit it stays until the next one is
// ready. Changes are walked, sorted and filtered by jobs. What only the document's thread knows of
// them - step, marks, name - is asked in slices of a few milliseconds, so that a million changes
// hold up nobody. While an edit follows the other, no more than half of the time goes into lists.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"
#include "ui/changes/change_order.h"
#include "ui/changes/change_rows.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <cstddef>
#include <memory>

namespace octavo::ui {

class ChangeList final : public QObject {
    Q_OBJECT

public:
    /// Begins to list. `document` must outlive it.
    explicit ChangeList(EditorDocument& document, QObject* parent = nullptr);
    ~ChangeList() override;

    EditorDocument& document() const { return document_; }
    /// Never nothing.
    const std::shared_ptr<const ChangeListing>& listing() const { return listing_; }
    /// The one before it, when changed() is told.
    const std::shared_ptr<const ChangeListing>& before() const { return before_; }

    const ChangeSort& sort() const { return sort_; }
    void setSort(const ChangeSort& sort);
    /// See ChangeFilter.
    void setFilter(const QString& text);
    const QString& filter() const { return filter_; }
    /// After what the document does not tell of: names.
    void relist() { want(Wanted::Rows); }
    /// While paused the list stays as it is; afterwards it is brought up to date once.
    void setPaused(bool paused);
    /// False where the list is of the document as it is.
    bool isWorking() const { return isRunning_ || wanted_ != Wanted::Nothing; }

signals:
    /// Another listing, or only another state of the same changes in the same order.
    void changed(bool sameChanges);
    /// isWorking() may be another.
    void workingChanged();

private:
    enum class Wanted { Nothing, Order, Rows };
    struct Arranged;

    void want(Wanted what);
    void start();
    void walk();
    void askSome();
    void arrangeRows(std::shared_ptr<ChangeRows> fresh);
    void publish(const Arranged& arranged);

    EditorDocument& document_;
    std::shared_ptr<const ChangeListing> listing_;
    std::shared_ptr<const ChangeListing> before_;
    std::shared_ptr<ChangeRows> asked_;  ///< rows about which the document is being asked
    std::size_t askedCount_ = 0;
    ChangeSort sort_;
    QString filter_;
    Wanted wanted_ = Wanted::Nothing;
    bool isRunning_ = false;
    bool isPaused_ = false;
    QTimer soon_;
    QTimer slice_;
    QElapsedTimer sinceStart_;
};

}  // namespace octavo::ui
