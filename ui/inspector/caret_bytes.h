// The bytes from the caret of a grid on, kept up to date while the caret moves, the document is
// edited and its file changes.
//
// What the grid has on the screen is taken from there; the rest is read by a job, one at a time.
// While it takes no longer than a blink the former bytes stay, so that nothing flickers when one
// leafs through a file; then they are unknown.
//
// Thread rule: GUI thread; it never reads a document itself.
#pragma once

#include "core/base/types.h"
#include "ui/bridge/job.h"
#include "ui/hex/hex_view.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <cstdint>
#include <optional>

namespace octavo::ui {

class CaretBytes final : public QObject {
    Q_OBJECT

public:
    struct Known {
        core::Offset offset = 0;
        core::Bytes bytes;          ///< as many as can be read, at most ValueKind::kMostBytes
        bool isUnreadable = false;  ///< the byte behind them is there and cannot be read
        std::uint64_t revision = 0;
    };

    explicit CaretBytes(QObject* parent = nullptr);
    ~CaretBytes() override;

    /// A view with its document, or nothing. May go while it is watched.
    void setView(HexView* view);
    HexView* view() const { return view_; }
    /// Nothing is read while it is not active, as at first.
    void setActive(bool active);

    /// Nothing before they are known.
    const std::optional<Known>& known() const { return known_; }
    /// True where known() is what stands at the caret now.
    bool isCurrent() const;

signals:
    void changed();

private:
    void refresh();
    void read(core::Extent extent);
    void set(const Known& known);
    void forget();
    core::Extent wanted() const;

    QPointer<HexView> view_;
    QPointer<EditorDocument> document_;
    QPointer<Job> job_;
    QTimer soon_;
    QTimer late_;
    std::optional<Known> known_;
    bool isActive_ = false;
    /// The file has changed, and the grid may not have noticed yet.
    bool distrustsGrid_ = false;
};

}  // namespace octavo::ui
